"""The arguments of a call: JSON text that a model wrote (tools.md §2.3)."""

from collections.abc import Iterable
from typing import TypeVar

import orjson

from app_server.tools.call import ToolCall, ToolRefusal
from protocol.decode import DecodeError, decode
from protocol.wire import JsonValue, WireModel

M = TypeVar("M", bound=WireModel)


def json_arguments(call: ToolCall) -> JsonValue:
    """The arguments as any JSON. Raises ToolRefusal."""
    try:
        return orjson.loads(call.text)
    except orjson.JSONDecodeError as error:
        raise unparsable(str(error)) from error


def arguments_of(call: ToolCall, kind: type[M]) -> M:
    """The arguments as this tool takes them; unknown ones are passed over. Raises ToolRefusal."""
    try:
        return decode(kind, json_arguments(call))
    except DecodeError as error:
        raise unparsable(str(error)) from error


def refuse_unknown(given: JsonValue, known: Iterable[str]) -> None:
    """Raises ToolRefusal when the object has a member that is not known."""
    names = tuple(known)
    for key in given if isinstance(given, dict) else ():
        if key not in names:
            expected = " or ".join(f"`{name}`" for name in names)
            raise unparsable(f"unknown field `{key}`, expected {expected}")


def unparsable(reason: str) -> ToolRefusal:
    return ToolRefusal(f"failed to parse function arguments: {reason}")
