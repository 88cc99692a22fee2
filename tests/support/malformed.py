"""Requests with one fault each, made from the schemas that a server writes.

For each method a value that its schema allows is made up, and somewhere in it, at any depth, one thing is put
wrong: a value of another type, a word or tag that does not exist, a member that is missing.
"""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast

from pydantic import JsonValue

from support.oracle import JsonObject

JUNK: tuple[JsonValue, ...] = (None, True, 7, -1, 1.5, 2**63, '☃ "x"', "", [], [5], {}, {"zz": 1})

SCALARS = tuple(value for value in JUNK if not isinstance(value, dict | list))


class Malformed(NamedTuple):
    """A request; `fault` says what is wrong, in words for a failure's report."""

    method: str
    params: JsonValue
    fault: str


class _Place(NamedTuple):
    """Where a value stands: its container and key there, and whether it must be there."""

    path: str
    container: "JsonObject | list[JsonValue]"
    key: "str | int"
    required: bool


class Maker:
    """Makes values of the schemas in a folder; the same ones for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        schema = json.loads((folder / "ClientRequest.json").read_text(encoding="utf-8"))
        self._definitions = cast("dict[str, JsonObject]", schema["definitions"])
        self._branches: dict[str, JsonObject] = {
            branch["properties"]["method"]["enum"][0]: branch["properties"] for branch in schema["oneOf"]
        }
        self._random = random.Random(seed)
        self._places: list[_Place] = []

    def methods(self) -> list[str]:
        """Those whose params are an object."""
        return sorted(name for name, branch in self._branches.items() if _has_reference(branch.get("params")))

    def allowed(self, method: str, count: int) -> list[JsonValue]:
        """So many params that the schema allows."""
        return [self._value(self._branches[method]["params"], "", 0) for _ in range(count)]

    def requests(self, method: str, count: int) -> Iterator[Malformed]:
        """So many with a fault; the first has params of a wrong type altogether."""
        yield Malformed(method, self._random.choice(SCALARS), " all of it")
        for _ in range(count - 1):
            self._places = []
            outer: JsonObject = {"params": None}
            outer["params"] = self._value(self._branches[method]["params"], "", 0)
            if self._places:
                place = self._random.choice(self._places)
                yield Malformed(method, outer["params"], self._break(place))

    def _break(self, place: _Place) -> str:
        if place.required and isinstance(place.container, dict) and self._random.random() < 0.25:
            del place.container[str(place.key)]
            return f"{place.path} is missing"
        # The reference takes an array for an object's fields in their order, an accident of its own.
        lists = not isinstance(place.container[place.key], dict)  # pyright: ignore[reportArgumentType, reportCallIssue] - as below
        junk = self._random.choice([one for one in JUNK if lists or not isinstance(one, list)])
        place.container[place.key] = junk  # pyright: ignore[reportArgumentType, reportCallIssue] - of its own kind
        return f"{place.path} = {json.dumps(junk, ensure_ascii=False)}"

    def _value(self, schema: JsonValue, path: str, depth: int) -> JsonValue:
        if not isinstance(schema, dict):
            return 1
        if "$ref" in schema:
            return self._value(self._definitions[str(schema["$ref"]).rpartition("/")[2]], path, depth)
        for combined in ("allOf", "anyOf", "oneOf"):
            if combined in schema:
                return self._one_of(schema, cast("list[JsonValue]", schema[combined]), path, depth)
        if "enum" in schema:
            return self._random.choice(cast("list[JsonValue]", schema["enum"]))
        kinds = schema.get("type")
        kind = next((one for one in kinds if one != "null"), "null") if isinstance(kinds, list) else kinds
        match kind:
            case "object":
                return self._object(schema, path, depth)
            case "array":
                return self._array(schema, path, depth)
            case "string":
                return "/x"
            case "integer":
                return 3
            case "number":
                return 0.5
            case "boolean":
                return True
            case _:
                return None

    def _one_of(self, schema: JsonObject, options: list[JsonValue], path: str, depth: int) -> JsonValue:
        some = [one for one in options if one != {"type": "null"}] or options
        chosen = self._value(self._random.choice(some), path, depth)
        own = self._object(schema, path, depth) if "properties" in schema else None
        return {**own, **chosen} if isinstance(own, dict) and isinstance(chosen, dict) else chosen

    def _object(self, schema: JsonObject, path: str, depth: int) -> JsonObject:
        required = cast("list[str]", schema.get("required", []))
        members = cast("dict[str, JsonValue]", schema.get("properties", {}))
        made: JsonObject = {}
        for name, member in members.items():
            if name in required or (depth < 4 and self._random.random() < 0.5):
                made[name] = self._value(member, f"{path}.{name}", depth + 1)
                self._places.append(_Place(f"{path}.{name}", made, name, name in required))
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict) and depth < 4:
            made["k"] = self._value(extra, f"{path}[k]", depth + 1)
            self._places.append(_Place(f"{path}[k]", made, "k", False))
        return made

    def _array(self, schema: JsonObject, path: str, depth: int) -> list[JsonValue]:
        made: list[JsonValue] = []
        if depth < 5:
            made.append(self._value(schema.get("items"), f"{path}[0]", depth + 1))
            self._places.append(_Place(f"{path}[0]", made, 0, False))
        return made


def _has_reference(schema: JsonValue) -> bool:
    return isinstance(schema, dict) and "$ref" in schema
