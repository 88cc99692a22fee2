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

SCHEMAS = Path(__file__).resolve().parents[2] / "schema" / "json"


class Reader:
    """Goes through a transcript that grows."""

    def __init__(self, transcript: Sequence[Entry]) -> None:
        self._transcript = transcript
        self._next = 0
        self._asked: dict[str, JsonObject] = {}

    def mismatches(self) -> list[str]:
        """What the schemas do not allow of the messages since the last call, as sentences."""
        fresh = self._transcript[self._next :]
        self._next += len(fresh)
        return [problem for entry in fresh for problem in self._mismatches(entry)]

    def _mismatches(self, entry: Entry) -> Iterator[str]:
        message = entry.message
        method, key = message.get("method"), json.dumps(message.get("id"))
        if entry.way == "out":
            if isinstance(method, str):
                self._asked[key] = message
        elif isinstance(method, str):
            union = "ServerRequest" if "id" in message else "ServerNotification"
            yield from _check(_branches(union).get(method), method, message)
        elif "error" in message:
            yield from _check(_of_type("JSONRPCError"), "an error", message)
        elif (asked := self._asked.get(key)) is not None:
            yield from _answered(asked, message)


def _answered(asked: JsonObject, answer: JsonObject) -> Iterator[str]:
    method = str(asked["method"])
    row = CLIENT_REQUESTS.get(method)
    if row is None or row.hidden:  # None: it was sent as bytes, of which only the id is known
        return
    yield from _check(_of_type(row.result.rpartition(":")[2]), f"the answer to {method}", answer["result"])
    if row.params is not None:  # the others take an empty object, too
        yield from _check(_branches("ClientRequest").get(method), f"{method}, which was taken,", asked)


def _check(validator: "_Validator | None", what: str, value: JsonValue) -> Iterator[str]:
    if validator is None:
        yield f"{what} is in no schema"
        return
    for error in validator.iter_errors(value):
        yield f"{what}: {str(error)[:300]}"


class _Validator(Protocol):
    def iter_errors(self, instance: JsonValue) -> Iterator[Exception]: ...


@cache
def _branches(union: str) -> dict[str, _Validator]:
    """Method → validator of its whole message."""
    schema = _load(SCHEMAS / f"{union}.json")
    found: dict[str, _Validator] = {}
    for branch in cast("list[JsonObject]", schema["oneOf"]):
        method = cast("list[str]", cast("dict[str, JsonObject]", branch["properties"])["method"]["enum"])[0]
        found[method] = _validator({**branch, "definitions": schema["definitions"]})
    return found


@cache
def _of_type(name: str) -> _Validator:
    paths = [SCHEMAS / folder / f"{name}.json" for folder in ("v2", "v1", ".")]
    return _validator(_load(next((path for path in paths if path.exists()), paths[0])))


def _load(path: Path) -> JsonObject:
    return json.loads(path.read_text(encoding="utf-8"))


def _validator(schema: JsonObject) -> _Validator:
    return jsonschema_rs.validator_for(schema)
