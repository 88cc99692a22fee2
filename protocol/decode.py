"""From a parsed JSON value to a type of the wire, or an error in the words of connection.md §3.

Valid input costs one call of pydantic. Only a refusal looks at type and value again, to find the problem that
a reader going through the input in its own order would have met first.
"""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from pydantic import ValidationError

from protocol.wire import JsonValue, WireModel

if TYPE_CHECKING:
    from pydantic import TypeAdapter

M = TypeVar("M", bound=WireModel)


class DecodeError(ValueError):
    """A value that is not of its type. The text goes to the client, behind `Invalid request: `."""


def decode(model: type[M], value: JsonValue) -> M:
    """The value as a `model`; unknown keys are ignored and keys are those of the wire only.

    Raises DecodeError with the first problem.
    """
    try:
        return model.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as error:
        text = _explain(model, value, error)
    raise DecodeError(text)


def decode_type(kind: Any, value: JsonValue) -> Any:  # noqa: ANN401 - a type expression has no static type
    """The value as any type that fields may have: a union, a list, a word out of several.

    Raises DecodeError with the first problem.
    """
    if isinstance(kind, type) and issubclass(cast("type[object]", kind), WireModel):
        return decode(cast("type[WireModel]", kind), value)
    try:
        return _adapter(kind).validate_python(value, by_alias=True, by_name=False)
    except ValidationError as error:
        text = _explain(kind, value, error)
    raise DecodeError(text)


@cache
def _adapter(kind: Any) -> "TypeAdapter[Any]":  # noqa: ANN401 - as above
    from pydantic import ConfigDict, TypeAdapter  # few requests need one

    return TypeAdapter(kind, config=ConfigDict(strict=True))


class TakesParams(Protocol):
    """A row of the table of methods, as far as its params go."""

    @property
    def optional(self) -> bool: ...

    def params_type(self) -> Any:  # noqa: ANN401 - a class, a union of classes, or None
        ...


def decode_params(row: TakesParams, params_present: bool, params: JsonValue) -> WireModel | None:
    """The params of a request, typed as its row of the table says; None for a method without params.

    An absent `params` and `null` are the same (connection.md §1.4). Raises DecodeError.
    """
    kind = row.params_type()
    absent = params is None or not params_present
    if kind is None:
        if absent or params == {}:
            return None
        from protocol.mismatch import unexpected

        raise DecodeError(f"invalid type: {unexpected(params)}, expected unit")
    if absent and not row.optional:
        raise DecodeError("missing field `params`")
    value = {} if absent else params
    decoded: WireModel = decode_type(kind, value)
    return decoded


def unknown_method(method: str, known: Iterable[str]) -> str:
    """What the error says of a method that does not exist; `known` in the order of the table."""
    from protocol.mismatch import unknown_variant

    return unknown_variant(method, tuple(known))


def _explain(kind: Any, value: JsonValue, error: ValidationError) -> str:  # noqa: ANN401 - as above
    from protocol.mismatch import mismatch

    text = mismatch(kind, value)
    if text is None:  # a rule that only pydantic knows
        first = error.errors(include_url=False, include_input=False)[0]
        text = f"invalid value: {first['msg']}"
    return text.encode("utf-8", "replace").decode()
