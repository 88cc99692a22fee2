"""The base of every object of the wire, and how its fields are declared.

Every type is a pydantic model, all with one configuration. Keys are camelCase on the wire, snake_case here; a
key that is neither is noted with `spelled()`. Decoding is strict (a string is never taken for a number) and
ignores unknown keys, because a newer peer may send more than we know. An optional field is sent as `null`,
unless it is declared with `omitted()`.
Declare sequences as `list[…]`, integers by their width (`U32`, `I64`), paths as `AbsolutePath` or `PathText`;
fields in the order in which an error should miss them.

The validator and the serializer of a class are built when it is first used: a server uses few of them.
"""

from operator import not_
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from protocol.notes import (
    I32,
    I64,
    U16,
    U32,
    U64,
    AbsolutePath,
    AbsolutePathText,
    Apart,
    AppPath,
    Dated,
    Expected,
    Experimental,
    JsonObject,
    JsonValue,
    PathText,
    ResponseItemJson,
    USize,
    Variants,
)

__all__ = [
    "I32",
    "I64",
    "U16",
    "U32",
    "U64",
    "AbsolutePath",
    "AbsolutePathText",
    "Apart",
    "AppPath",
    "Dated",
    "Expected",
    "Experimental",
    "JsonObject",
    "JsonValue",
    "OneKey",
    "OpenModel",
    "OpenVerbatimModel",
    "Part",
    "PathText",
    "ResponseItemJson",
    "USize",
    "Variants",
    "VerbatimModel",
    "WireModel",
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


def _is_none(value: object) -> bool:
    return value is None


# Plain functions: pydantic reads the signature of a factory, which takes it long for a built-in type.
def _empty_list() -> list[Any]:
    return []


def _empty_map() -> dict[str, Any]:
    return {}


def spelled(key: str) -> Any:  # noqa: ANN401 - what `Field` returns
    """Notes a key that is not the camelCase of the field's name: `Annotated[str, spelled("_meta")]`."""
    return Field(alias=key)


def omitted(key: str | None = None) -> Any:  # noqa: ANN401 - stands for a default of any type
    """An optional field that is left out of the message, not sent as `null`, when it is None."""
    return Field(default=None, exclude_if=_is_none, alias=key)


def omitted_false() -> Any:  # noqa: ANN401 - as above
    """A boolean that is left out of the message when it is false."""
    return Field(default=False, exclude_if=not_)


def omitted_if_empty() -> Any:  # noqa: ANN401 - as above
    """A list that is left out of the message when it has no items."""
    return Field(default_factory=_empty_list, exclude_if=not_)


def no_items(key: str | None = None) -> Any:  # noqa: ANN401 - as above
    """A list that is empty when it is absent."""
    return Field(default_factory=_empty_list, alias=key)


def some_items(*default: JsonValue) -> Any:  # noqa: ANN401 - as above
    """A list that holds these when it is absent."""
    return Field(default_factory=lambda: list(default))


def no_entries(key: str | None = None) -> Any:  # noqa: ANN401 - as above
    """A map that is empty when it is absent."""
    return Field(default_factory=_empty_map, alias=key)


class WireModel(BaseModel):
    """A params, result or nested object of the wire. Immutable.

    Take in what others send with `protocol.decode`, whose errors speak the language of the wire, and which
    knows the keys of the wire only; `model_validate` takes names of fields as well.
    """

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_alias=True,
        validate_by_name=True,
        serialize_by_alias=True,
        extra="ignore",
        frozen=True,
        strict=True,
        defer_build=True,
        protected_namespaces=(),
    )

    def to_wire(self) -> JsonObject:
        """The object as JSON values, keys and nulls as the wire has them."""
        return self.model_dump(mode="json")

    def to_bytes(self) -> bytes:
        """The object as compact JSON text, keys and nulls as the wire has them.

        Raises ValueError for text with unpaired surrogates, and for anything that is no JSON value.
        """
        # Of pydantic's own way to JSON the part that `model_dump_json` wraps: no text is made in between.
        return self.__pydantic_serializer__.to_json(self)


class VerbatimModel(WireModel):
    """An object whose keys are its field names, as in config.toml or in the Responses API."""

    model_config = ConfigDict(alias_generator=None)


class OpenModel(WireModel):
    """An object with further keys of any name, which are kept in `model_extra`."""

    model_config = ConfigDict(extra="allow")


class OpenVerbatimModel(VerbatimModel):
    """Both: keys are the field names, and further keys are kept."""

    model_config = ConfigDict(extra="allow")


class OneKey(WireModel):
    """One variant of a union that is a word or an object of exactly one key, the variant's name."""

    model_config = ConfigDict(extra="forbid")


class Part(WireModel):
    """An object that has no name of its own on the wire; the schema shows it in its place."""
