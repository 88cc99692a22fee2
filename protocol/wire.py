"""The base of every type on the wire, and how null and absent are told apart.

Keys are camelCase on the wire and snake_case here; a key that is neither is given with `Field(alias=…)`.
Decoding is strict (a string is never taken for a number) and ignores unknown keys, because a newer peer may
send more than we know. An optional field is sent as `null`, unless it is declared with `omitted()`.
Declare sequences as `list[…]` (strict decoding takes no list for a tuple), integers by their width (`U32`,
`I64`), paths as `AbsolutePath` or `PathText`; fields in the order in which an error should miss them.
"""

import os.path
from dataclasses import dataclass
from operator import not_
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, JsonValue

JsonObject = dict[str, JsonValue]


def to_camel(name: str) -> str:
    """`thread_id` → `threadId`."""
    head, *rest = name.split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


@dataclass(frozen=True, slots=True)
class Expected:
    """How an error names the type that a value should have had: ``invalid type: null, expected u32``."""

    name: str


@dataclass(frozen=True, slots=True)
class Variants:
    """Names a union of words and objects with one key, and lists those words and keys in the wire's order.

    `Annotated[Literal["never"] | Granular, Variants("AskForApproval", "granular", "never")]`
    """

    union: str
    names: tuple[str, ...]

    def __init__(self, union: str, *names: str) -> None:
        object.__setattr__(self, "union", union)
        object.__setattr__(self, "names", names)


def _absolute(path: str) -> str:
    if not os.path.isabs(path):  # noqa: PTH117 - pathlib would be imported for this alone
        raise ValueError("AbsolutePathBuf deserialized without a base path")
    normal = os.path.normpath(path)
    return normal[1:] if normal.startswith("//") and os.sep == "/" else normal


U16 = Annotated[int, Field(ge=0, le=2**16 - 1), Expected("u16")]
U32 = Annotated[int, Field(ge=0, le=2**32 - 1), Expected("u32")]
U64 = Annotated[int, Field(ge=0, le=2**64 - 1), Expected("u64")]
USize = Annotated[int, Field(ge=0, le=2**64 - 1), Expected("usize")]
I32 = Annotated[int, Field(ge=-(2**31), le=2**31 - 1), Expected("i32")]
I64 = Annotated[int, Field(ge=-(2**63), le=2**63 - 1), Expected("i64")]

PathText = Annotated[str, Expected("path string")]
"""A path that may be relative."""

AbsolutePath = Annotated[str, Expected("path string"), AfterValidator(_absolute)]
"""A path that must be absolute; `.` and `..` in it are folded away without looking at the disk."""


AbsolutePathText = str
"""A path that the server sends and knows to be absolute; nothing checks it."""

AppPath = str
"""A path in the notation of the environment that it belongs to, which need not be this machine."""

ResponseItemJson = dict[str, JsonValue]
"""A `ResponseItem` as it came or will go, member for member: what we do not know of it must not get lost."""

T = TypeVar("T")
Experimental = Annotated[T, "experimental"]
"""A field that only clients with `experimentalApi` may use; the stable schema leaves it out."""


def _is_none(value: object) -> bool:
    return value is None


def omitted(alias: str | None = None) -> Any:  # noqa: ANN401 - stands for a default of any type
    """An optional field that is left out of the message, not sent as `null`, when it is None."""
    return Field(default=None, exclude_if=_is_none, alias=alias)


def omitted_false() -> Any:  # noqa: ANN401 - as above
    """A boolean that is left out of the message when it is false."""
    return Field(default=False, exclude_if=not_)


def spelled(alias: str, *, default: Any = ...) -> Any:  # noqa: ANN401 - as above
    """A field whose key is not the camelCase of its name."""
    return Field(default, alias=alias)


def by_tag(field: str) -> Discriminator:
    """Marks a union whose variants are told apart by this field."""
    return Discriminator(field)


class WireModel(BaseModel):
    """A params, result or nested object of the wire. Immutable; its validator is built on first use."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        extra="ignore",
        frozen=True,
        strict=True,
        defer_build=True,
    )

    def to_wire(self) -> JsonObject:
        """The object as JSON values, keys and nulls as the wire has them."""
        return self.model_dump(mode="json", by_alias=True)

    def to_bytes(self) -> bytes:
        """The object as compact JSON text, keys and nulls as the wire has them."""
        return self.__pydantic_serializer__.to_json(self, by_alias=True)


class VerbatimModel(WireModel):
    """An object whose keys are its field names, as in config.toml or in the Responses API."""

    model_config = ConfigDict(alias_generator=None)


class OpenModel(WireModel):
    """An object with further keys of any name, which are kept."""

    model_config = ConfigDict(extra="allow")


class OpenVerbatimModel(WireModel):
    """Both: keys are the field names, and further keys are kept."""

    model_config = ConfigDict(alias_generator=None, extra="allow")


class OneKey(WireModel):
    """One variant of a union that is a word or an object of exactly one key, the variant's name."""

    model_config = ConfigDict(extra="forbid")


class Part(WireModel):
    """An object that has no name of its own on the wire; the schema shows it in its place."""
