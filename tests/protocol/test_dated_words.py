"""Each word that one version of the reference has and the other has not is noted where it is declared."""

import json
from collections.abc import Iterator
from importlib import import_module
from typing import Any, cast, get_args

import pytest
from pydantic import JsonValue
from support.oracle import JsonObject
from support.schema import Schemas

from protocol.export.catalogue import catalogue
from protocol.notes import Dated
from protocol.table.row import OLD

pytestmark = pytest.mark.peers

TAGS_ELSEWHERE = {
    "HookMetadata",  # 0.131 names the kind in a field of its own, whose words are noted
    "ReviewDecision",  # only clients say it
}


def definitions(schemas: Schemas) -> dict[str, JsonValue]:
    bundle = json.loads((schemas.folder / "codex_app_server_protocol.schemas.json").read_text("utf-8"))
    found: dict[str, JsonValue] = bundle["definitions"]
    return {**found, **cast("JsonObject", found["v2"])}


def parts(value: JsonValue) -> Iterator[JsonObject]:
    """All objects within a schema."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from parts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from parts(inner)


def words(schema: JsonValue) -> set[str]:
    return {str(word) for part in parts(schema) for word in cast("list[str]", part.get("enum", []))}


def told(schemas: Schemas) -> set[str]:
    """The types that servers send, and all that these are made of."""
    known = definitions(schemas)
    waiting = {"ServerNotification", "ServerRequest", *(name for name in known if name.endswith("Response"))}
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in found and name in known:
            found.add(name)
            references = (str(part["$ref"]) for part in parts(known[name]) if "$ref" in part)
            waiting.update(reference.rpartition("/")[2] for reference in references)
    return found


def notes_of(name: str) -> list[Dated]:
    kind: Any = getattr(import_module(f"protocol.{catalogue()[name].module}"), name, None)
    return [note for note in get_args(kind)[1:] if isinstance(note, Dated)]


def test_every_word_of_one_version_is_noted(both_schemas: tuple[Schemas, ...]) -> None:
    old, new = sorted(both_schemas, key=lambda one: one.version != OLD)
    before, after = definitions(old), definitions(new)
    unions = {"ClientRequest", "ServerRequest", "ServerNotification", *TAGS_ELSEWHERE}

    missed: list[str] = []
    for name in sorted((told(old) & after.keys() & catalogue().keys()) - unions):
        notes = notes_of(name)
        for word in words(before[name]) ^ words(after[name]):
            listed = any(note.listed is not None and word in note.listed for note in notes)
            if not listed and all(all(note.versions(word)) for note in notes):
                missed.append(f"{name}: {word}")
    assert missed == []
