"""One reply of a script → what is sent. The keys are explained in `script`."""

from collections.abc import Iterator, Mapping
from typing import Final

from app_server.model.lenient_json import dumps
from app_server.model.offline.reply import (
    TERMINAL_EVENTS,
    Break,
    Event,
    Part,
    Pause,
    Raw,
    Reply,
    ToolCall,
    completed,
    created,
    failed,
    incomplete,
    message,
    reasoning,
    tool_call,
)
from protocol.wire import JsonObject, JsonValue

_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "delay_ms": (int, float),
    "headers": (dict,),
    "status": (int,),
    "body": (str, dict, list),
    "reasoning": (list,),
    "text": (str,),
    "deltas": (int,),
    "tools": (list,),
    "events": (list,),
    "pause_ms": (int, float),
    "failed": (dict,),
    "incomplete": (str,),
    "cut": (bool,),
    "hang": (bool,),
    "usage": (dict,),
    "end_turn": (bool,),
}


class ScriptError(Exception):
    """A script cannot be played; `str()` says where and why."""


def check_reply(reply: JsonValue) -> JsonObject:
    """The reply, if it can be played. Raises ScriptError."""
    if not isinstance(reply, dict):
        raise ScriptError("it is no table")
    for key, value in reply.items():
        kinds = _KINDS.get(key)
        if kinds is None:
            raise ScriptError(f"unknown key `{key}`")
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise ScriptError(f"`{key}` must be {' or '.join(kind.__name__ for kind in kinds)}")
    build_reply(reply, "check")
    return reply


def build_reply(reply: JsonObject, serial: str) -> Reply:
    """What is sent; `serial` makes the ids in it unique. Raises ScriptError."""
    headers = {name: str(value) for name, value in _table(reply.get("headers")).items()}
    delay = _seconds(reply.get("delay_ms"))
    status = value if isinstance(value := reply.get("status"), int) else 200
    if not 200 <= status <= 599:
        raise ScriptError("`status` must be from 200 to 599")
    body = reply.get("body")
    if body is not None or status >= 300:
        data = body.encode() if isinstance(body, str) else b"" if body is None else dumps(body)
        return Reply((), status, headers, data, delay)
    return Reply(_paced(_parts(reply, serial), _seconds(reply.get("pause_ms"))), status, headers, None, delay)


def _parts(reply: JsonObject, serial: str) -> list[Part]:
    parts: list[Part] = []
    own = [_event(value) for value in _list(reply.get("events"))]
    kinds = {str(part.data.get("type")) for part in own if isinstance(part, Event)}
    if "response.created" not in kinds:
        parts.append(created(serial))
    if thoughts := _list(reply.get("reasoning")):
        parts += reasoning([str(thought) for thought in thoughts], serial=serial)
    if isinstance(text := reply.get("text"), str):
        deltas = value if isinstance(value := reply.get("deltas"), int) else None
        parts += message(text, serial=serial, deltas=deltas)
    for number, value in enumerate(_list(reply.get("tools")), 1):
        parts += tool_call(_call(value), serial=f"{serial}_{number}")
    parts += own
    broken = any(isinstance(part, Break) for part in own)
    if not broken and not kinds & TERMINAL_EVENTS:
        parts.append(_end(reply, serial, len(parts)))
    return parts


def _end(reply: JsonObject, serial: str, count: int) -> Part:
    if reply.get("cut") is True:
        return Break("cut")
    if reply.get("hang") is True:
        return Break("hang")
    if failure := _table(reply.get("failed")):
        return failed(serial, str(failure.get("code", "server_error")), str(failure.get("message", "")))
    if isinstance(reason := reply.get("incomplete"), str):
        return incomplete(serial, reason)
    usage = _table(reply.get("usage"))
    end_turn = reply.get("end_turn")
    return completed(
        serial,
        input_tokens=_count(usage.get("input_tokens"), 1),
        output_tokens=_count(usage.get("output_tokens"), count),
        end_turn=end_turn if isinstance(end_turn, bool) else None,
    )


def _event(value: JsonValue) -> Part:
    match value:
        case {"type": str()}:
            return Event(value)
        case {"pause_ms": int() | float() as pause}:
            return Pause(_seconds(pause))
        case {"comment": str(comment)}:
            return Raw(b": " + comment.encode() + b"\n\n")
        case {"raw": str(raw)}:
            return Raw(raw.encode())
        case {"cut": True}:
            return Break("cut")
        case {"hang": True}:
            return Break("hang")
        case _:
            raise ScriptError("an event has neither a `type` nor one of pause_ms, comment, raw, cut, hang")


def _call(value: JsonValue) -> ToolCall:
    match value:
        case {"name": str(name), "input": str(text)}:
            return ToolCall(name, text, custom=True)
        case {"name": str(name), "arguments": str(text)}:
            return ToolCall(name, text)
        case {"name": str(name)}:
            return ToolCall(name, dumps(value.get("arguments", {})).decode())
        case _:
            raise ScriptError("a tool call has no `name`")


def _paced(parts: list[Part], seconds: float) -> list[Part]:
    if not seconds:
        return parts

    def with_pauses() -> Iterator[Part]:
        for part in parts:
            yield part
            yield Pause(seconds)

    return list(with_pauses())


def _seconds(milliseconds: JsonValue) -> float:
    return max(0.0, milliseconds / 1000) if isinstance(milliseconds, (int, float)) else 0.0


def _count(value: JsonValue, default: int) -> int:
    return value if isinstance(value, int) else default


def _table(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
