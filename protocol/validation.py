"""From the declared types to validators of pydantic-core, each built when it is first used.

Only the engine of pydantic is taken: to import the rest of it and build its classes would cost more than a
whole first turn.
"""

import types
from functools import cache
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic_core import CoreConfig, CoreSchema, SchemaValidator

from protocol.wire import Checked, Range, Read, Tag, WireModel, WireType

Kind = Any  # a type expression: a class, a union, Annotated…; such have no static type
Schema = dict[str, Any]

_SCALARS: dict[Kind, Schema] = {
    str: {"type": "str"},
    int: {"type": "int"},
    bool: {"type": "bool"},
    float: {"type": "float"},
    Any: {"type": "any"},
    object: {"type": "any"},
    type(None): {"type": "none"},
}
_CONFIG: CoreConfig = {"strict": True, "validate_by_alias": True, "validate_by_name": True}


@cache
def validator_of(kind: Kind) -> SchemaValidator:
    """The validator of a class of the wire, or of any type that its fields may have."""
    return SchemaValidator(cast("CoreSchema", _schema(kind)), _CONFIG)


@cache
def _schema(kind: Kind) -> Schema:
    kind = getattr(kind, "__value__", kind)  # an alias that is an object
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, WireType):
        return _object(kind)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Union or origin is types.UnionType:
        return _union(args)
    if origin is Annotated:
        return _noted(args[0], args[1:])
    return _container(origin, args)


def _container(origin: Kind, args: tuple[Kind, ...]) -> Schema:
    if origin is Literal:
        return {"type": "literal", "expected": list(args)}
    if origin is list:
        return {"type": "list", "items_schema": _schema(args[0])}
    if origin is dict:
        return {"type": "dict", "keys_schema": _schema(args[0]), "values_schema": _schema(args[1])}
    raise TypeError(f"no type of the wire: {origin!r}")


def _object(kind: WireType) -> Schema:
    hints = _hints(kind)
    fields = {
        name: {
            "type": "typed-dict-field",
            "schema": _schema(hints[name]),
            "required": field.is_required(),
            "validation_alias": field.alias,
        }
        for name, field in kind.shape.fields.items()
    }

    def adopt(values: dict[str, Any]) -> WireModel:
        made = cast("WireModel", object.__new__(kind))
        object.__setattr__(made, "__dict__", values)
        return made

    # An object takes no configuration from what it is part of.
    members = {
        "type": "typed-dict",
        "fields": fields,
        "extra_behavior": kind.shape.unknown,
        "config": _CONFIG,
    }
    return _with("function-after", adopt, members)


def _with(when: str, function: Kind, schema: Schema) -> Schema:
    return {"type": when, "function": {"type": "no-info", "function": function}, "schema": schema}


def _hints(kind: type) -> dict[str, Kind]:
    """The declared types, those of the bases first; annotations are objects in this package, never text."""
    found: dict[str, Kind] = {}
    for base in reversed(kind.__mro__):
        found |= vars(base).get("__annotations__", {})
    return found


def _union(members: tuple[Kind, ...]) -> Schema:
    some = [member for member in members if member is not type(None)]
    inner = _schema(some[0]) if len(some) == 1 else {"type": "union", "choices": [_schema(m) for m in some]}
    return inner if len(some) == len(members) else {"type": "nullable", "schema": inner}


def _noted(bare: Kind, notes: tuple[object, ...]) -> Schema:
    tag = next((note.discriminator for note in notes if isinstance(note, Tag)), None)
    schema = _schema(bare) if tag is None else _tagged(get_args(bare), tag)
    for note in notes:
        if isinstance(note, Range):
            schema = {**schema, "ge": note.least, "le": note.greatest}
        elif isinstance(note, Checked):
            schema = _with("function-after", note.func, schema)
        elif isinstance(note, Read):
            schema = _with("function-before", note.func, schema)
    return schema


def _tagged(models: tuple[WireType, ...], tag: str) -> Schema:
    choices = {word: _schema(model) for model in models for word in get_args(_hints(model)[tag])}
    key = models[0].shape.fields[tag].alias
    return {"type": "tagged-union", "choices": choices, "discriminator": [[key], [tag]]}
