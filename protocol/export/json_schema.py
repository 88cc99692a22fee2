"""The wire as JSON Schema (draft-07), in the folders and files of the reference (connection.md §13)."""

from pathlib import Path
from typing import Any, cast

import orjson

from protocol.export.catalogue import (
    Definition,
    Mapping,
    Member,
    Named,
    Scalar,
    Sequence,
    Type,
    Union,
    Words,
    catalogue,
    tag_of,
    tagged_members,
)
from protocol.export.envelopes import (
    CLIENT_NOTIFICATION,
    ENVELOPES,
    client_request,
    namespaced,
    server_notification,
    server_request,
)
from protocol.export.layout import closure, folder_of, is_root, method_types, shown_members

Schema = dict[str, Any]

_DRAFT = {"$schema": "http://json-schema.org/draft-07/schema#"}
_SCALARS: dict[str, Schema] = {
    "string": {"type": "string"},
    "boolean": {"type": "boolean"},
    "double": {"format": "double", "type": "number"},
    "json": {},
    "object": {"additionalProperties": True, "type": "object"},
    **{kind: {"format": kind, "type": "integer"} for kind in ("int32", "int64")},
    **{
        kind: {"format": kind, "minimum": 0.0, "type": "integer"}
        for kind in ("uint", "uint16", "uint32", "uint64")
    },
}


def write_json_schema(out: Path, experimental: bool) -> None:
    """Write the schemas into a folder, which is created; without `experimental` what is gated is left out.

    Raises OSError.
    """
    for name, schema in json_schema_files(experimental=experimental).items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(schema)


def json_schema_files(*, experimental: bool) -> dict[str, bytes]:
    """The files by their path in the folder, the same at every run."""
    writer = _Writer(experimental=experimental)
    schemas: dict[str, Schema] = {}
    messages = {
        "ClientRequest": client_request(experimental=experimental),
        "ServerRequest": server_request(),
        "ServerNotification": server_notification(),
        "ClientNotification": CLIENT_NOTIFICATION,
    }
    for name in method_types(experimental=experimental):
        schemas[f"{folder_of(name)}/{name}.json".lstrip("/")] = writer.file(name)
    for name, schema in {**messages, **ENVELOPES, "RequestId": writer.definition("RequestId")}.items():
        if name != "W3cTraceContext":
            schemas[f"{name}.json"] = writer.with_definitions(name, schema)
    everything = closure([*method_types(experimental=experimental), "RequestId"], experimental=experimental)
    schemas["codex_app_server_protocol.schemas.json"] = writer.bundle(everything, messages)
    schemas["codex_app_server_protocol.v2.schemas.json"] = writer.flat_bundle(everything, messages)
    options = orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE
    return {name: orjson.dumps(schema, option=options) for name, schema in sorted(schemas.items())}


class _Writer:
    """Turns definitions into schemas."""

    def __init__(self, *, experimental: bool) -> None:
        self._experimental = experimental
        self._with_file = set(method_types(experimental=experimental))

    def file(self, name: str) -> Schema:
        """A type with all that it refers to."""
        return self.with_definitions(name, self.definition(name))

    def with_definitions(self, name: str, schema: Schema) -> Schema:
        envelopes = _envelopes_in(schema)
        used = {found for part in (schema, *map(ENVELOPES.get, envelopes)) for found in _references(part)}
        own = closure(sorted(used - ENVELOPES.keys()), experimental=self._experimental)
        definitions: Schema = {found: self.definition(found) for found in own}
        definitions |= {found: ENVELOPES[found] for found in envelopes if found != name}
        made: Schema = {**_DRAFT, **schema, "title": name}
        return {**made, "definitions": definitions} if definitions else made

    def bundle(self, names: list[str], messages: dict[str, Schema]) -> Schema:
        """All types, the newer ones under `v2`."""
        root: Schema = {name: self._titled(name) for name in names if is_root(name)}
        root |= {
            name: {**_DRAFT, **schema, "title": name} for name, schema in {**ENVELOPES, **messages}.items()
        }
        newer: Schema = {name: self._titled(name) for name in names if not is_root(name)}
        return {
            **_DRAFT,
            "title": "CodexAppServerProtocol",
            "type": "object",
            "definitions": {**namespaced(root), "v2": namespaced(newer)},
        }

    def flat_bundle(self, names: list[str], messages: dict[str, Schema]) -> Schema:
        """The newer types, and what their messages are made of, in one namespace."""
        shown = {
            "ClientRequest": messages["ClientRequest"],
            "ServerNotification": messages["ServerNotification"],
        }
        used = {found for schema in shown.values() for found in _references(schema)}
        roots = [name for name in names if not is_root(name)]
        wanted = closure(sorted({*used, *roots}), experimental=self._experimental)
        definitions: Schema = {name: self._titled(name) for name in wanted}
        definitions |= {name: {**_DRAFT, **schema, "title": name} for name, schema in shown.items()}
        return {**_DRAFT, "title": "CodexAppServerProtocolV2", "type": "object", "definitions": definitions}

    def _titled(self, name: str) -> Schema:
        schema = self.definition(name)
        return {**_DRAFT, **schema, "title": name} if name in self._with_file else schema

    def definition(self, name: str) -> Schema:
        """The schema of a named type."""
        definition = catalogue()[name]
        described: Schema = {"description": definition.text} if definition.text else {}
        variants = tagged_members(definition)
        if variants:
            return {**described, "oneOf": [self._variant(catalogue()[variant.name]) for variant in variants]}
        if definition.alias is not None:
            return {**self._type(definition.alias), **described}
        return {**self._object(definition), **described}

    def _variant(self, definition: Definition) -> Schema:
        described: Schema = {"description": definition.text} if definition.text else {}
        return {**self._object(definition), **described, "title": definition.name}

    def _object(self, definition: Definition) -> Schema:
        members = shown_members(definition, experimental=self._experimental)
        tag = tag_of(definition)
        made: Schema = {"type": "object"}
        if members:
            made["properties"] = {member.key: self._member(member, definition) for member in members}
        required = [member.key for member in members if member.required or member == tag]
        if required:
            made["required"] = required
        if definition.unknown != "ignore":
            made["additionalProperties"] = definition.unknown == "allow"
        return made

    def _member(self, member: Member, owner: Definition) -> Schema | bool:
        if member == tag_of(owner):
            return {
                **self._type(member.type),
                "title": f"{owner.name}{member.key[0].upper()}{member.key[1:]}",
            }
        made = self._type(member.type)
        extra: Schema = {"description": member.text} if member.text else {}
        if member.default is not None and not member.omitted:
            extra["default"] = member.default
        if extra and "$ref" in made:
            made = {"allOf": [made]}
        return {**made, **extra} or True

    def _type(self, part: Type) -> Schema:
        made: Schema
        match part:
            case Scalar(kind):
                made = _SCALARS[kind]
            case Words(words):
                made = {"enum": list(words), "type": "string"}
            case Sequence(item):
                made = {"items": self._type(item) or True, "type": "array"}
            case Mapping(value):
                made = {"additionalProperties": self._type(value) or True, "type": "object"}
            case Named(name):
                definition = catalogue()[name]
                made = (
                    self._in_place(definition) if definition.in_place else {"$ref": f"#/definitions/{name}"}
                )
            case Union():
                made = self._union(part)
        return made

    def _in_place(self, definition: Definition) -> Schema:
        made = self._object(definition)
        return {**made, "title": definition.name} if definition.unknown == "forbid" else made

    def _union(self, union: Union) -> Schema:
        if len(union.members) == 1:
            return _nullable(self._type(union.members[0]))
        words = any(isinstance(member, Words) for member in union.members)
        choices = [self._type(member) for member in union.members]
        if union.nullable:
            choices.append({"type": "null"})
        return {"oneOf" if words else "anyOf": choices}


def _nullable(schema: Schema) -> Schema:
    if not schema:
        return schema
    if set(schema) & {"$ref", "anyOf", "oneOf", "enum"}:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def _references(schema: Any) -> set[str]:  # noqa: ANN401 - any part of a schema
    if isinstance(schema, list):
        return {name for part in cast("list[Any]", schema) for name in _references(part)}
    if not isinstance(schema, dict):
        return set()
    parts = cast("Schema", schema)
    found = {name for key, part in parts.items() if key != "$ref" for name in _references(part)}
    if "$ref" in parts:
        found.add(parts["$ref"].removeprefix("#/definitions/"))
    return found


def _envelopes_in(schema: Schema) -> list[str]:
    found: set[str] = set()
    waiting = [name for name in _references(schema) if name in ENVELOPES]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(part for part in _references(ENVELOPES[name]) if part in ENVELOPES)
    return sorted(found)
