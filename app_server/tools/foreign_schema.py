"""Schemas that clients and MCP servers bring along, reduced to what every model endpoint takes (tools.md §5).

A few keywords are kept, a missing type is inferred, and what cannot be expressed becomes a string.
"""

from collections.abc import Callable, Mapping
from typing import Final

from protocol.wire import JsonObject, JsonValue

_TYPES: Final = frozenset({"string", "number", "boolean", "integer", "object", "array", "null"})
_NUMERIC: Final = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"})
_ANYTHING: Final[JsonObject] = {"type": "string"}


class SchemaError(ValueError):
    """A schema that no tool can have; the text says why."""


def reduced(schema: JsonValue) -> JsonObject:
    """The arguments' schema as it is sent. Raises SchemaError."""
    try:
        sent = _reduced(schema)
    except RecursionError:
        raise SchemaError("recursion limit exceeded") from None
    if sent.get("type") == "null":
        raise SchemaError("tool input schema must not be a singleton null type")
    return sent


def _reduced(schema: JsonValue) -> JsonObject:
    if isinstance(schema, bool):
        return dict(_ANYTHING)
    if not isinstance(schema, dict):
        raise SchemaError(f"{_mistaken(schema)}, expected struct JsonSchema")
    found = dict(schema)
    if "const" in found:
        found["enum"] = [found.pop("const")]
    kept = {key: read(found[key]) for key, read in _KEPT.items() if found.get(key) is not None}
    types = _types(kept.pop("type", None))
    if not types:
        if "anyOf" in kept:
            return kept
        types = [_inferred(found)]
    if "object" in types:
        kept.setdefault("properties", {})
    if "array" in types:
        kept.setdefault("items", dict(_ANYTHING))
    kept["type"] = types[0] if len(types) == 1 else list[JsonValue](types)
    return {key: kept[key] for key in _KEPT if key in kept}


def _same(value: JsonValue) -> JsonValue:
    return value


def _properties(value: JsonValue) -> JsonValue:
    if not isinstance(value, dict):
        raise SchemaError(f"{_mistaken(value)}, expected a map")
    return {name: _reduced(member) for name, member in sorted(value.items())}


def _more_properties(value: JsonValue) -> JsonValue:
    return value if isinstance(value, bool) else _reduced(value)


def _choices(value: JsonValue) -> JsonValue:
    return [_reduced(choice) for choice in _sequence(value)]


def _names(value: JsonValue) -> JsonValue:
    return [_word(name) for name in _sequence(value)]


def _sequence(value: JsonValue) -> list[JsonValue]:
    if not isinstance(value, list):
        raise SchemaError(f"{_mistaken(value)}, expected a sequence")
    return value


def _word(value: JsonValue) -> str:
    if not isinstance(value, str):
        raise SchemaError(f"{_mistaken(value)}, expected a string")
    return value


_KEPT: Final[Mapping[str, Callable[[JsonValue], JsonValue]]] = {
    "type": _same,
    "description": _word,
    "enum": _sequence,
    "items": _reduced,
    "properties": _properties,
    "required": _names,
    "additionalProperties": _more_properties,
    "anyOf": _choices,
}
"""What is kept of a schema, in the order in which it is sent, and how it is read."""


def _types(value: JsonValue) -> list[str]:
    """The known types that are named, in their order."""
    named = value if isinstance(value, list) else [value]
    return [kind for kind in named if isinstance(kind, str) and kind in _TYPES]


def _inferred(found: JsonObject) -> str:
    """The type of a schema that does not say one."""
    if found.keys() & {"properties", "required", "additionalProperties"}:
        return "object"
    if found.keys() & {"items", "prefixItems"}:
        return "array"
    if found.keys() & {"enum", "format"}:
        return "string"
    return "number" if found.keys() & _NUMERIC else "string"


def _mistaken(value: JsonValue) -> str:
    from protocol.mismatch import unexpected  # only for a schema that is refused

    return f"invalid type: {unexpected(value)}"
