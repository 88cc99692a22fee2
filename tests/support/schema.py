"""Holds what our server says, answers, notices and questions, against the checked-in schemas.

And what it takes: a request that had a result must be one that the schemas allow.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import jsonschema_rs
from pydantic import JsonValue

from protocol.methods import CLIENT_REQUESTS
from support.oracle import Entry, JsonObject

OURS = Path(__file__).resolve().parents[2] / "schema" / "json"

OF_ONE_VERSION = ("on-failure", "max")
"""Words that one of the versions has not. Its clients get them where the user or the provider chose them."""


class Schemas:
    """A folder that `generate-json-schema` wrote.

    `tolerant`: of another version, whose clients pass over messages that they do not know.
    """

    def __init__(self, folder: Path, *, tolerant: bool = False) -> None:
        self._folder = folder
        self.name = folder.name
        self.tolerant = tolerant

    def message(self, union: str, method: str) -> "_Validator | None":
        """What checks whole messages of this method."""
        return self._branches(union).get(method)

    @cache  # noqa: B019 - there are three of them, and they last as long as the tests
    def type(self, name: str) -> "_Validator | None":
        """What checks values of this type."""
        paths = (self._folder / folder / f"{name}.json" for folder in ("v2", "v1", "."))
        found = next((path for path in paths if path.exists()), None)
        return _validator(_load(found)) if found else None

    @cache  # noqa: B019 - as above
    def _branches(self, union: str) -> "dict[str, _Validator]":
        schema = _load(self._folder / f"{union}.json")
        found: dict[str, _Validator] = {}
        for branch in cast("list[JsonObject]", schema["oneOf"]):
            properties = cast("dict[str, JsonObject]", branch["properties"])
            method = cast("list[str]", properties["method"]["enum"])[0]
            found[method] = _validator({**branch, "definitions": schema["definitions"]})
        return found


class Reader:
    """Goes through a transcript that grows."""

    def __init__(self, transcript: Sequence[Entry]) -> None:
        self._transcript = transcript
        self._next = 0
        self._asked: dict[str, JsonObject] = {}

    def mismatches(self, *schemas: Schemas) -> list[str]:
        """What the schemas do not allow of the messages since the last call, as sentences."""
        fresh = self._transcript[self._next :]
        self._next += len(fresh)
        return [problem for entry in fresh for problem in self._mismatches(entry, schemas)]

    def _mismatches(self, entry: Entry, schemas: Sequence[Schemas]) -> Iterator[str]:
        message = entry.message
        method, key = message.get("method"), json.dumps(message.get("id"))
        if entry.way == "out":
            if isinstance(method, str):
                self._asked[key] = message
            return
        asked = self._asked.get(key)
        for one in schemas:
            if isinstance(method, str):
                union = "ServerRequest" if "id" in message else "ServerNotification"
                yield from _check(one, one.message(union, method), method, message)
            elif "error" in message:
                yield from _check(one, one.type("JSONRPCError"), "an error", message)
            elif asked is not None:
                yield from _answered(one, asked, message)


def _answered(schemas: Schemas, asked: JsonObject, answer: JsonObject) -> Iterator[str]:
    method = str(asked["method"])
    row = CLIENT_REQUESTS.get(method)
    if row is None or row.hidden:  # None: it was sent as bytes, of which only the id is known
        return
    result = schemas.type(row.result.rpartition(":")[2])
    yield from _check(schemas, result, f"the answer to {method}", answer["result"])
    if row.params is not None and not schemas.tolerant:  # the others take an empty object, too
        request = schemas.message("ClientRequest", method)
        yield from _check(schemas, request, f"{method}, which was taken,", asked)


def _check(schemas: Schemas, validator: "_Validator | None", what: str, value: JsonValue) -> Iterator[str]:
    if validator is None:
        if not schemas.tolerant:
            yield f"{what} is in no schema"
        return
    of = f" of {schemas.name}" if schemas.tolerant else ""
    for error in validator.iter_errors(value):
        if schemas.tolerant and error.instance in OF_ONE_VERSION:
            continue
        yield f"{what}{of}: {str(error)[:300]}"


class _SchemaError(Protocol):
    @property
    def instance(self) -> object:
        """What is not as it should be."""
        ...


class _Validator(Protocol):
    def iter_errors(self, instance: JsonValue) -> "Iterator[_SchemaError]": ...


def _load(path: Path) -> JsonObject:
    return json.loads(path.read_text(encoding="utf-8"))


def _validator(schema: JsonObject) -> _Validator:
    return jsonschema_rs.validator_for(schema)
