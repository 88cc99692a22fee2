"""What can be noted of a type with `Annotated`, and the types that carry such notes.

The rest of the notes are pydantic's: `Field(ge=, le=)`, `Field(discriminator=)`, `AfterValidator` for a rule
beyond the type, `BeforeValidator` for another form of the value that is taken as well.
"""

import os.path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, cast, get_args

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import CoreSchema, core_schema

if TYPE_CHECKING:
    from pydantic import JsonValue as JsonValue  # noqa: PLC0414 - named again to be exported
else:
    JsonValue = Any  # it comes from a parser of JSON: to look through all of it once more finds nothing

JsonObject = dict[str, JsonValue]


class Expected(NamedTuple):
    """How an error names the type that a value should have had: ``invalid type: null, expected u32``."""

    name: str


class Dated:
    """Notes the words of a type that one version of the wire has and the other has not; so have its clients.

    `new`: since 0.169. `old`: until 0.131. `listed`: all that 0.131 has of a type that is any text nowadays.
    Of objects with a tag they are tags. `instead`: what clients are told that do not know the word, one for
    all or by word; without it the value is left out. `absent`: what they are told where it is missing, since
    their version must have it. `protocol.vocabulary` says who knows what.
    """

    __slots__ = ("_instead", "absent", "listed", "new", "old")

    def __init__(
        self,
        *,
        new: tuple[str, ...] = (),
        old: tuple[str, ...] = (),
        listed: tuple[str, ...] | None = None,
        instead: str | dict[str, str] | None = None,
        absent: str | None = None,
    ) -> None:
        self.new = new
        self.old = old
        self.listed = listed
        self.absent = absent
        self._instead = instead

    def versions(self, word: str) -> tuple[bool, bool]:
        """Whether 0.131 has the word, and whether 0.169 has it."""
        older = word not in self.new if self.listed is None else word in self.listed
        return older, word not in self.old

    def instead(self, word: str) -> str | None:
        """What is said in the word's stead; None: nothing."""
        return self._instead.get(word) if isinstance(self._instead, dict) else self._instead


class Variants:
    """Names a union as errors do; of words and objects with one key it lists these in the wire's order.

    `Annotated[Literal["never"] | Granular, Variants("AskForApproval", "granular", "never")]`
    """

    __slots__ = ("names", "union")

    def __init__(self, union: str, *names: str) -> None:
        self.union = union
        self.names = names


class Apart:
    """Notes a union of many objects, told apart by `tag`: what validates and serializes a variant is its own.

    Without this note each type with such a field has all variants' validators and serializers within it, and
    its first use waits until they are built.
    """

    __slots__ = ("tag",)

    def __init__(self, tag: str = "type") -> None:
        self.tag = tag

    def __get_pydantic_core_schema__(self, union: Any, _handler: object) -> CoreSchema:  # noqa: ANN401 - a type expression
        variants = cast("tuple[type[BaseModel], ...]", get_args(union))
        by_tag = {
            word: variant
            for variant in variants
            for word in cast("tuple[str, ...]", get_args(variant.model_fields[self.tag].annotation))
        }

        def taken(value: object) -> BaseModel:
            if isinstance(value, variants):
                return value
            tag = cast("dict[str, object]", value).get(self.tag) if isinstance(value, dict) else None
            variant = by_tag.get(tag) if isinstance(tag, str) else None
            if variant is None:
                raise ValueError("none of the variants")
            return variant.model_validate(value, by_alias=True, by_name=False)

        # A value of any type serializes itself.
        return core_schema.no_info_plain_validator_function(taken)


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
