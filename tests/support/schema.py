"""Holds what our server says, answers, notices and questions, against the checked-in schemas.

And what it takes: a request that had a result must be one that the schemas allow.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Protocol, cast

import jsonschema_rs
from pydantic import JsonValue

from protocol.decode import DecodeError, decode_params
from protocol.initialize import InitializeParams
from protocol.methods import CLIENT_REQUESTS
from protocol.turn_start import TurnStartParams
from protocol.vocabulary import Vocabulary, version_of
from support.oracle import Entry, JsonObject

OURS = Path(__file__).resolve().parents[2] / "schema" / "json"


class Schemas:
    """A folder that `generate-json-schema` wrote.

    `version`: that of another server, whose clients pass over messages that they do not know.
    """

    def __init__(self, folder: Path, *, version: str | None = None) -> None:
        self.folder = folder
        self.name = folder.name
        self.version = version
        self.tolerant = version is not None

    def message(self, union: str, method: str) -> "_Validator | None":
        """What checks whole messages of this method."""
        return self._branches(union).get(method)

    @cache  # noqa: B019 - there are three of them, and they last as long as the tests
    def type(self, name: str) -> "_Validator | None":
        """What checks values of this type."""
        paths = (self.folder / folder / f"{name}.json" for folder in ("v2", "v1", "."))
        found = next((path for path in paths if path.exists()), None)
        return _validator(_load(found)) if found else None

    @cache  # noqa: B019 - as above
    def _branches(self, union: str) -> "dict[str, _Validator]":
        schema = _load(self.folder / f"{union}.json")
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
        self._vocabulary = Vocabulary()

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
                self._learn(message)
            return
        asked = self._asked.get(key)
        if asked is not None and "result" in message:
            yield from _taken(schemas, asked)
        for one in schemas:
            if one.version is not None and self._vocabulary.version not in (None, one.version):
                continue  # it has shown that it is a client of the other version
            known = self._vocabulary.heard
            if isinstance(method, str):
                union = "ServerRequest" if "id" in message else "ServerNotification"
                yield from _check(one, one.message(union, method), method, message, known)
            elif "error" in message:
                yield from _check(one, one.type("JSONRPCError"), "an error", message)
            elif asked is not None:
                yield from _answered(one, asked, message, known)

    def _learn(self, message: JsonObject) -> None:
        """What the client shows of itself."""
        method, params = str(message["method"]), message.get("params")
        row = CLIENT_REQUESTS.get(method)
        with suppress(DecodeError):
            decoded = None if row is None else decode_params(row, "params" in message, params)
            if isinstance(decoded, InitializeParams) and isinstance(params, dict):
                info, wishes = decoded.client_info, params.get("capabilities")
                named = wishes if isinstance(wishes, dict) else {}
                self._vocabulary = Vocabulary(version_of(info.name, info.version, named))
            elif row is not None:
                self._vocabulary.hear(row.since, decoded)
            if isinstance(decoded, TurnStartParams) and decoded.tool_output is not None:
                self._vocabulary.heard |= {"functionCallOutput"}


def _answered(
    schemas: Schemas, asked: JsonObject, answer: JsonObject, known: frozenset[str]
) -> Iterator[str]:
    method = str(asked["method"])
    row = CLIENT_REQUESTS.get(method)
    if row is None or row.hidden:  # None: it was sent as bytes, of which only the id is known
        return
    result = schemas.type(row.result.rpartition(":")[2])
    yield from _check(schemas, result, f"the answer to {method}", answer["result"], known)


def _taken(schemas: Sequence[Schemas], asked: JsonObject) -> list[str]:
    """What speaks against a request that had a result: it is of no version's schema."""
    method = str(asked["method"])
    row = CLIENT_REQUESTS.get(method)
    if row is None or row.hidden or row.params is None:  # without params an empty object is taken, too
        return []
    what = f"{method}, which was taken,"
    found = [
        list(_check(one, validator, what, asked))
        for one in schemas
        if (validator := one.message("ClientRequest", method)) is not None or not one.tolerant
    ]
    return found[0] if all(found) else []


def _check(
    schemas: Schemas,
    validator: "_Validator | None",
    what: str,
    value: JsonValue,
    known: frozenset[str] = frozenset(),
) -> Iterator[str]:
    """`known`: words that not both versions have, and that the client has used itself."""
    if validator is None:
        if not schemas.tolerant:
            yield f"{what} is in no schema"
        return
    of = f" of {schemas.name}" if schemas.tolerant else ""
    for error in validator.iter_errors(value):
        if schemas.tolerant and known and not known.isdisjoint(_texts(cast("JsonValue", error.instance))):
            continue
        yield f"{what}{of}: {str(error)[:300]}"


def _texts(value: JsonValue) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _texts(item)
        case dict():
            for item in value.values():
                yield from _texts(item)
        case _:
            pass


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
