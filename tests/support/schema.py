"""Holds what our server says, answers, notices and questions, against the checked-in schemas."""

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


class _Validator(Protocol):
    def iter_errors(self, instance: JsonValue) -> Iterator[Exception]: ...


def mismatches(transcript: Sequence[Entry]) -> list[str]:
    """What the server sent that its own schemas do not allow, as sentences."""
    return list(_mismatches(transcript))


def _mismatches(transcript: Sequence[Entry]) -> Iterator[str]:
    asked: dict[str, str] = {}
    for entry in transcript:
        message = entry.message
        method, key = message.get("method"), json.dumps(message.get("id"))
        if entry.way == "out":
            if isinstance(method, str):
                asked[key] = method
        elif isinstance(method, str):
            union = "ServerRequest" if "id" in message else "ServerNotification"
            yield from _check(_branches(union).get(method), method, message)
        elif "result" in message and asked.get(key) in CLIENT_REQUESTS:
            yield from _check(_result(asked[key]), f"the answer to {asked[key]}", message["result"])


def _check(validator: _Validator | None, what: str, value: JsonValue) -> Iterator[str]:
    if validator is None:
        yield f"{what} is in no schema"
        return
    for error in validator.iter_errors(value):
        yield f"{what}: {str(error)[:300]}"


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
def _result(method: str) -> _Validator:
    name = CLIENT_REQUESTS[method].result.rpartition(":")[2]
    paths = [SCHEMAS / folder / f"{name}.json" for folder in ("v2", "v1", ".")]
    return _validator(_load(next((path for path in paths if path.exists()), paths[0])))


def _load(path: Path) -> JsonObject:
    return json.loads(path.read_text(encoding="utf-8"))


def _validator(schema: JsonObject) -> _Validator:
    return jsonschema_rs.validator_for(schema)
