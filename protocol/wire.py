"""The base of every object of the wire, and how its fields are declared.

Keys are camelCase on the wire and snake_case here; a key that is neither is given with `spelled()`. Decoding
is strict (a string is never taken for a number) and ignores unknown keys, because a newer peer may send more
than we know. An optional field is sent as `null`, unless it is declared with `omitted()`.
Declare sequences as `list[…]`, integers by their width (`U32`, `I64`), paths as `AbsolutePath` or `PathText`;
fields in the order in which an error should miss them.

A class is cheap to declare (the server starts with some hundred of them), and nothing is built from it before
its first use: pydantic-core validates what comes in, orjson writes what goes out.
"""

from collections.abc import Callable
from operator import not_
from typing import Any, ClassVar, NamedTuple, Self, cast, dataclass_transform

from orjson import dumps

from protocol.notes import (
    I32,
    I64,
    U16,
    U32,
    U64,
    AbsolutePath,
    AbsolutePathText,
    AppPath,
    Checked,
    Expected,
    Experimental,
    JsonObject,
    JsonValue,
    PathText,
    Range,
    Read,
    ResponseItemJson,
    Tag,
    USize,
    Variants,
    by_tag,
)

__all__ = [
    "I32",
    "I64",
    "U16",
    "U32",
    "U64",
    "AbsolutePath",
    "AbsolutePathText",
    "AppPath",
    "Checked",
    "Expected",
    "Experimental",
    "Field",
    "JsonObject",
    "JsonValue",
    "OneKey",
    "OpenModel",
    "OpenVerbatimModel",
    "Part",
    "PathText",
    "Range",
    "Read",
    "ResponseItemJson",
    "Tag",
    "USize",
    "Variants",
    "VerbatimModel",
    "WireModel",
    "by_tag",
    "no_entries",
    "no_items",
    "omitted",
    "omitted_false",
    "omitted_if_empty",
    "some_items",
    "spelled",
    "to_camel",
]


def to_camel(name: str) -> str:
    """`thread_id` → `threadId`."""
    head, *rest = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


class _Declared(NamedTuple):
    """What a field's declaration says besides its type."""

    default: Any = ...
    key: str | None = None
    leave_out: Callable[[object], bool] | None = None


class _Fresh:
    """The default of a list or map: an empty one of its own for whoever asks."""

    def __init__(self, kind: Callable[[], Any]) -> None:
        self._kind = kind

    def __get__(self, owner: object, _: type | None = None) -> object:
        return self._kind()


def _is_none(value: object) -> bool:
    return value is None


def omitted(key: str | None = None) -> Any:  # noqa: ANN401 - stands for a default of any type
    """An optional field that is left out of the message, not sent as `null`, when it is None."""
    return _Declared(None, key, _is_none)


def omitted_false() -> Any:  # noqa: ANN401 - as above
    """A boolean that is left out of the message when it is false."""
    return _Declared(default=False, leave_out=not_)


def omitted_if_empty() -> Any:  # noqa: ANN401 - as above
    """A list that is left out of the message when it has no items."""
    return _Declared(_Fresh(list), leave_out=not_)


def spelled(key: str, *, default: Any = ...) -> Any:  # noqa: ANN401 - as above
    """A field whose key is not the camelCase of its name; without a default it is required."""
    return _Declared(default, key)


def no_items(key: str | None = None) -> Any:  # noqa: ANN401 - as above
    """A list that is empty when it is absent."""
    return _Declared(_Fresh(list), key)


def some_items(*default: JsonValue) -> Any:  # noqa: ANN401 - as above
    """A list that holds these when it is absent."""
    return _Declared(_Fresh(lambda: list(default)))


def no_entries(key: str | None = None) -> Any:  # noqa: ANN401 - as above
    """A map that is empty when it is absent."""
    return _Declared(_Fresh(dict), key)


class Field(NamedTuple):
    """One field of an object, as its class declares it."""

    name: str
    alias: str
    """The key on the wire."""
    default: Any = ...
    """`...`: the field is required."""
    leave_out: Callable[[object], bool] | None = None
    """Says of a value that its key is not sent at all."""

    def is_required(self) -> bool:
        return self.default is ...


class Shape(NamedTuple):
    """What a class declares."""

    fields: dict[str, Field]
    """By name, in order of declaration, those of the bases first."""
    required: frozenset[str]
    verbatim: bool
    """The keys are the names of the fields."""
    unknown: str
    """What is done with members that have no field: "ignore", "allow" or "forbid"."""


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(spelled,))
class WireType(type):
    """Reads the fields out of a class body.

    Defaults stay where they are, as attributes of the class: what an object does not hold itself is found
    there.
    """

    shape: Shape

    def __new__(
        cls,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        verbatim: bool | None = None,
        unknown: str = "",
    ) -> "WireType":
        fields: dict[str, Field] = {}
        for base in bases:
            if isinstance(base, WireType):
                fields |= base.shape.fields
                verbatim = base.shape.verbatim if verbatim is None else verbatim
                unknown = unknown or base.shape.unknown
        for field in body.get("__annotations__", ()) if bases else ():
            declared = body.get(field, ...)
            if not isinstance(declared, _Declared):
                declared = _Declared(declared)
            elif declared.default is ...:
                del body[field]
            else:
                body[field] = declared.default
            key = declared.key or (field if verbatim else to_camel(field))
            fields[field] = Field(field, key, declared.default, declared.leave_out)
        required = frozenset(field.name for field in fields.values() if field.default is ...)
        body["shape"] = Shape(fields, required, bool(verbatim), unknown or "ignore")
        return super().__new__(cls, name, bases, body)

    @property
    def model_fields(cls) -> dict[str, Field]:
        """The fields by name, in order of declaration."""
        return cls.shape.fields


class WireModel(metaclass=WireType):
    """A params, result or nested object of the wire. Immutable.

    What we make ourselves is not validated at run time; what comes from outside goes through
    `protocol.decode`, or through `model_validate`.
    """

    shape: ClassVar[Shape]

    def __init__(self, **values: Any) -> None:  # noqa: ANN401 - each class declares its own
        fields, required, _, _ = self.shape
        given = values.keys()
        if given != required and not (required <= given <= fields.keys()):
            wrong = ", ".join(sorted(required - given | given - fields.keys()))
            raise TypeError(f"{type(self).__name__}: missing or unknown: {wrong}")
        object.__setattr__(self, "__dict__", values)

    @classmethod
    def model_validate(
        cls, value: object, *, by_alias: bool | None = None, by_name: bool | None = None
    ) -> Self:
        """The object that a JSON value stands for, its keys those of the wire or (unless `by_name` is False)
        the names of the fields. Raises pydantic_core.ValidationError.
        """
        if isinstance(value, cls):
            return value
        from protocol.validation import validator_of

        return validator_of(cls).validate_python(value, by_alias=by_alias, by_name=by_name)

    def model_copy(self, *, update: dict[str, Any] | None = None) -> Self:
        """The same object but for the fields in `update`, which are taken as they are."""
        copy = object.__new__(type(self))
        object.__setattr__(copy, "__dict__", {**self.__dict__, **(update or {})})
        return copy

    @property
    def model_fields_set(self) -> frozenset[str]:
        """The fields that were given; the rest have their defaults. Tells an absent key from a `null`."""
        return frozenset(self.__dict__)

    @property
    def others(self) -> JsonObject:
        """The members of an open object that have no field."""
        known = self.shape.fields
        return {key: value for key, value in self.__dict__.items() if key not in known}

    def members(self) -> dict[str, Any]:
        """The members as they are sent, in order; values may still be objects of ours."""
        fields, _, _, unknown = self.shape
        out: dict[str, Any] = {}
        for name, key, _, leave_out in fields.values():
            value = getattr(self, name)
            if leave_out is None or not leave_out(value):
                out[key] = value
        if unknown == "allow":
            out |= self.others
        return out

    def to_wire(self) -> JsonObject:
        """The object as JSON values, keys and nulls as the wire has them."""
        return {key: _plain(value) for key, value in self.members().items()}

    def to_bytes(self) -> bytes:
        """The object as compact JSON text, keys and nulls as the wire has them.

        Raises TypeError for text with unpaired surrogates, and for anything that is no JSON value.
        """
        return dumps(self.members(), default=_members_of)

    def __setattr__(self, name: str, _: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name}")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.shape.fields)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.shape.fields)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"


def _members_of(value: object) -> dict[str, Any]:
    if isinstance(value, WireModel):
        return value.members()
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _plain(value: object) -> JsonValue:
    if isinstance(value, WireModel):
        return value.to_wire()
    if isinstance(value, list):
        return [_plain(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in cast("dict[str, object]", value).items()}
    return cast("JsonValue", value)


class VerbatimModel(WireModel, verbatim=True):
    """An object whose keys are its field names, as in config.toml or in the Responses API."""


class OpenModel(WireModel, unknown="allow"):
    """An object with further keys of any name, which are kept."""


class OpenVerbatimModel(WireModel, verbatim=True, unknown="allow"):
    """Both: keys are the field names, and further keys are kept."""


class OneKey(WireModel, unknown="forbid"):
    """One variant of a union that is a word or an object of exactly one key, the variant's name."""


class Part(WireModel):
    """An object that has no name of its own on the wire; the schema shows it in its place."""
