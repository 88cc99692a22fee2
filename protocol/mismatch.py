"""The first place where a JSON value is not of a type, told the way serde tells it (connection.md §3).

The order is that of a reader: an object's members as they come, then the missing ones as they are declared;
no path is given. The types are those of `protocol`: models, words (`Literal`), lists, maps, and three kinds
of unions: tagged inside (a discriminator), tagged outside (words and objects with one key), and untagged.
"""

import sys
import types
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, BeforeValidator
from pydantic.fields import FieldInfo
from typing_extensions import TypeAliasType

from protocol.wire import Expected, JsonValue, Variants, WireModel

_RANGES = {
    "u16": (0, 2**16 - 1),
    "u32": (0, 2**32 - 1),
    "u64": (0, 2**64 - 1),
    "usize": (0, 2**64 - 1),
    "i32": (-(2**31), 2**31 - 1),
    "i64": (-(2**63), 2**63 - 1),
}

Kind = Any  # a type expression: a class, a union, an alias, Annotated…
Notes = tuple[object, ...]
Normaliser = Callable[[JsonValue], JsonValue]

_ANY_JSON: Kind = JsonValue


def mismatch(kind: Kind, value: JsonValue) -> str | None:
    """What is wrong with the value, or None when nothing is."""
    if kind is _ANY_JSON:
        return None
    bare, notes = _peel(kind)
    if bare is Any or bare is object:
        return None
    for note in notes:
        if isinstance(note, BeforeValidator):
            value = cast("Normaliser", note.func)(value)
    origin = get_origin(bare)
    if origin is Union or origin is types.UnionType:
        problem = _union(bare, notes, value)
    elif origin is Literal:
        problem = _word(_names_of(notes) or get_args(bare), value)
    elif origin is list:
        problem = _sequence(get_args(bare), value)
    elif origin is dict or bare is dict:
        problem = _map(get_args(bare), notes, value)
    elif isinstance(bare, type) and issubclass(bare, WireModel):
        problem = _object(bare, value)
    else:
        problem = _scalar(bare, notes, value)
    return problem or _validators(notes, value)


def unexpected(value: JsonValue) -> str:
    """A value as an error names it: strings in quotes, numbers in backticks, containers by their kind."""
    match value:
        case None:
            return "null"
        case str():
            return f'string "{"".join(map(_escaped, value))}"'
        case list():
            return "sequence"
        case dict():
            return "map"
        case _:
            return _number(value)


def _number(value: bool | float) -> str:
    if isinstance(value, bool):
        return f"boolean `{str(value).lower()}`"
    return f"integer `{value}`" if isinstance(value, int) else f"floating point `{_float(value)}`"


def unknown_variant(name: str, known: tuple[str, ...]) -> str:
    """A word that is none of those known."""
    match known:
        case (only,):
            expected = f"`{only}`"
        case (one, other):
            expected = f"`{one}` or `{other}`"
        case _:
            expected = "one of " + ", ".join(f"`{word}`" for word in known)
    return f"unknown variant `{name}`, expected {expected}"


def _wrong_type(value: JsonValue, expected: str) -> str:
    return f"invalid type: {unexpected(value)}, expected {expected}"


def _float(value: float) -> str:
    text = repr(value)
    mantissa, exponent, power = text.partition("e-")
    if not exponent:
        return text
    if int(power) == 5:  # the shortest form of serde turns to an exponent one digit later than Python's
        sign, digits = ("-", mantissa[1:]) if mantissa.startswith("-") else ("", mantissa)
        return f"{sign}0.0000{digits.replace('.', '')}"
    return f"{mantissa}e-{int(power)}"


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}


def _escaped(char: str) -> str:
    return _ESCAPES.get(char) or (char if char.isprintable() else f"\\u{{{ord(char):x}}}")


def _peel(kind: Kind) -> tuple[Kind, Notes]:
    """The type under its aliases and annotations, and these."""
    notes: Notes = ()
    while True:
        if isinstance(kind, TypeAliasType):
            notes = (kind, *notes)
            kind = kind.__value__
        elif get_origin(kind) is Annotated:
            kind, *found = get_args(kind)
            notes = (*found, *notes)
        else:
            return kind, notes


def _validators(notes: Notes, value: JsonValue) -> str | None:
    for note in notes:
        if isinstance(note, AfterValidator) and value is not None:
            try:
                cast("Normaliser", note.func)(value)
            except ValueError as error:
                return str(error)
    return None


def _expected(notes: Notes) -> str | None:
    return next((note.name for note in notes if isinstance(note, Expected)), None)


def _scalar(bare: Kind, notes: Notes, value: JsonValue) -> str | None:
    expected = _expected(notes)
    if bare is type(None):
        return None if value is None else _wrong_type(value, "unit")
    if bare is bool:
        return None if isinstance(value, bool) else _wrong_type(value, "a boolean")
    if bare is str:
        return None if isinstance(value, str) else _wrong_type(value, expected or "a string")
    if bare is float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return None if number else _wrong_type(value, "f64")
    if bare is int:
        return _integer(expected or "i64", value)
    return None


def _integer(expected: str, value: JsonValue) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong_type(value, expected)
    low, high = _RANGES[expected]
    return None if low <= value <= high else f"invalid value: {unexpected(value)}, expected {expected}"


def _sequence(args: tuple[Kind, ...], value: JsonValue) -> str | None:
    if not isinstance(value, list):
        return _wrong_type(value, "a sequence")
    return next(_problems((args[0], item) for item in value), None)


def _map(args: tuple[Kind, ...], notes: Notes, value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        return _wrong_type(value, _expected(notes) or "a map")
    return next(_problems((args[1], item) for item in value.values()), None) if args else None


def _problems(pairs: Iterator[tuple[Kind, JsonValue]]) -> Iterator[str]:
    for kind, value in pairs:
        if problem := mismatch(kind, value):
            yield problem


@lru_cache(maxsize=256)
def _fields(model: type[WireModel]) -> dict[str, tuple[Kind, FieldInfo]]:
    """Wire key → declared type and field, in order of declaration."""
    hints = get_type_hints(model, include_extras=True)
    return {field.alias or name: (hints[name], field) for name, field in model.model_fields.items()}


def _object(model: type[WireModel], value: JsonValue) -> str | None:
    """A plain object; or a union that has but one variant so far, which is bound to the union's name."""
    name = _alias_of(model)
    return _struct(model, value) if name is None else _tagged_inside((model,), "type", name, value)


@cache
def _alias_of(model: type[WireModel]) -> str | None:
    if "type" not in model.model_fields or get_origin(model.model_fields["type"].annotation) is not Literal:
        return None
    found = vars(sys.modules[model.__module__]).items()
    return next((name for name, one in found if one is model and name != model.__name__), None)


def _struct(model: type[WireModel], value: JsonValue, tag: str | None = None) -> str | None:
    if not isinstance(value, dict):
        return _wrong_type(value, f"struct {model.__name__}")
    fields = _fields(model)
    for key, member in value.items():
        if key in fields and key != tag:
            kind, _ = fields[key]
            if problem := mismatch(kind, member):
                return problem
    missing = (key for key, (_, field) in fields.items() if field.is_required() and key not in value)
    return next((f"missing field `{key}`" for key in missing), None)


def _word(words: tuple[Any, ...], value: JsonValue) -> str | None:
    if isinstance(value, str):
        return None if value in words else unknown_variant(value, words)
    return _single_key(words, value) or _wrong_type(value, "a string")


def _single_key(names: tuple[str, ...], value: JsonValue) -> str | None:
    """What speaks against reading the value as an object of one key, the name of a variant."""
    if not isinstance(value, dict):
        return _wrong_type(value, "string or map")
    if len(value) != 1:
        return "invalid value: map, expected map with a single key"
    key = next(iter(value))
    return None if key in names else unknown_variant(key, names)


def _union(bare: Kind, notes: Notes, value: JsonValue) -> str | None:
    members = tuple(member for member in get_args(bare) if member is not type(None))
    if value is None and len(members) < len(get_args(bare)):
        return None
    if len(members) == 1:
        return mismatch(members[0], value)
    tags = (note.discriminator for note in notes if isinstance(note, FieldInfo))
    if isinstance(tag := next(tags, None), str):
        return _tagged_inside(members, tag, _name_of(members, notes) or "", value)
    outside = _outside_names(members)
    if outside is not None:
        return _tagged_outside(outside, _names_of(notes) or tuple(outside), value)
    return _untagged(members, notes, value)


def _names_of(notes: Notes) -> tuple[str, ...] | None:
    return next((note.names for note in notes if isinstance(note, Variants)), None)


def _untagged(members: tuple[Kind, ...], notes: Notes, value: JsonValue) -> str | None:
    if any(mismatch(member, value) is None for member in members):
        return None
    name = _name_of(members, notes)
    if name is None:  # a field with two versions' forms: an object is meant as the older one
        return mismatch(members[-1] if isinstance(value, dict) else members[0], value)
    return f"data did not match any variant of untagged enum {name}"


def _tagged_inside(members: tuple[Kind, ...], tag: str, name: str, value: JsonValue) -> str | None:
    variants: dict[str, type[WireModel]] = {}
    key = tag
    for member in members:
        model = cast("type[WireModel]", _peel(member)[0])
        key = model.model_fields[tag].alias or tag
        for word in get_args(_peel(_fields(model)[key][0])[0]):
            variants[word] = model
    if not isinstance(value, dict):
        return _wrong_type(value, f"internally tagged enum {name}")
    if key not in value:
        return f"missing field `{key}`"
    word = value[key]
    if not isinstance(word, str):
        return _no_tag(word, len(variants))
    if word not in variants:
        return unknown_variant(word, tuple(variants))
    return _struct(variants[word], value, tag=key)


def _no_tag(word: JsonValue, variants: int) -> str:
    # serde takes small numbers for the variants in their order, which nobody means; others it calls indices.
    if isinstance(word, int) and not isinstance(word, bool) and word >= variants:
        return f"invalid value: {unexpected(word)}, expected variant index 0 <= i < {variants}"
    return _wrong_type(word, "variant identifier")


def _outside_names(members: tuple[Kind, ...]) -> dict[str, Kind | None] | None:
    """Variant → the type of its content, None for a plain word; None when the union is not of this kind."""
    names: dict[str, Kind | None] = {}
    for member in members:
        bare, _ = _peel(member)
        if get_origin(bare) is Literal:
            names |= dict.fromkeys(get_args(bare))
        elif isinstance(bare, type) and issubclass(bare, WireModel) and len(fields := _fields(bare)) == 1:
            names |= {key: kind for key, (kind, _) in fields.items()}
        else:
            return None
    return names


def _tagged_outside(contents: dict[str, Kind | None], names: tuple[str, ...], value: JsonValue) -> str | None:
    if isinstance(value, str):
        if value not in contents:
            return unknown_variant(value, names)
        return None if contents[value] is None else "invalid type: unit variant, expected struct variant"
    if problem := _single_key(names, value):
        return problem
    ((key, content),) = cast("dict[str, JsonValue]", value).items()
    kind = contents.get(key)
    if kind is None:
        return _wrong_type(content, "unit") if content is not None else _wrong_type(value, "a string")
    bare, _ = _peel(kind)
    if isinstance(bare, type) and issubclass(bare, WireModel) and not isinstance(content, dict):
        return _wrong_type(content, "struct variant")
    return mismatch(kind, content)


def _name_of(members: tuple[Kind, ...], notes: Notes) -> str | None:
    """The name of the union of these types: its own, or that of a global of `protocol` bound to it."""
    for note in notes:
        if isinstance(note, Variants | TypeAliasType):
            return note.union if isinstance(note, Variants) else note.__name__
    wanted = set(map(repr, members))
    for module_name, module in tuple(sys.modules.items()):
        if not module_name.startswith("protocol."):
            continue
        for name, found in tuple(vars(module).items()):
            bare, _ = _peel(found)
            if get_origin(bare) in (Union, types.UnionType) and set(map(repr, get_args(bare))) == wanted:
                return name
    return None
