"""Sessions from a file: what the offline provider answers, reply by reply.

A script is a TOML file with `[[reply]]` tables, or a JSON Lines file (`.jsonl`) with one reply a line. Every
thread plays it from the start, a reply for each request. After the last one comes what `at_end` says:
`"persona"` (the default), `"repeat"` or `"error"`; TOML has it at the top, a `.jsonl` as a line of its own.

A reply is built from these keys, in this order; all are optional:

    delay_ms = 100                 before the first byte
    headers = {…}                  of the answer
    status = 429, body = …         an answer that is no stream; the body is text or JSON
    reasoning = ["…", "…"]         a reasoning item, its summary in parts
    text = "…", deltas = 4000      an assistant message, word by word or in so many pieces
    tools = [{name, arguments}]    calls; `arguments` is JSON or text; `input` in its place
                                   makes it the call of a custom tool
    events = [{type = "…", …}]     events as they are; among them {pause_ms = 5}, {comment = "ping"},
                                   {raw = "…"}, {cut = true} and {hang = true}
    pause_ms = 5                   between all events
    failed = {code, message}       the end, or
    incomplete = "reason"          the end, or
    cut = true                     the connection breaks without one, or
    hang = true                    the connection stays open and silent; else the response completes with
    usage = {input_tokens, output_tokens}, end_turn = false
"""

from pathlib import Path
from typing import Literal, NamedTuple, cast

from app_server.model.offline.reply import Reply, refusal
from app_server.model.offline.script_reply import ScriptError, build_reply, check_reply

__all__ = ["Script", "ScriptError", "load_script", "script_of"]
from protocol.wire import JsonObject, JsonValue

AtEnd = Literal["persona", "repeat", "error"]


class Script(NamedTuple):
    """A checked script."""

    replies: tuple[JsonObject, ...]
    at_end: AtEnd = "persona"

    def reply(self, number: int, serial: str) -> Reply | None:
        """The reply to a thread's request with this number, from 0; None where the persona answers."""
        if number >= len(self.replies):
            if self.at_end == "repeat" and self.replies:
                number %= len(self.replies)
            elif self.at_end == "error":
                return refusal(500, "the script is at its end")
            else:
                return None
        return build_reply(self.replies[number], serial)


def load_script(path: Path) -> Script:
    """Read and check a script. Raises ScriptError."""
    try:
        data = path.read_bytes()
        return _from_lines(data) if path.suffix == ".jsonl" else _from_toml(data)
    except OSError as error:
        raise ScriptError(f"{path}: {error.strerror}") from None
    except ScriptError as error:
        raise ScriptError(f"{path}: {error}") from None


def script_of(replies: list[JsonValue], at_end: JsonValue = "persona") -> Script:
    """A script from values. Raises ScriptError."""
    if at_end not in ("persona", "repeat", "error"):
        raise ScriptError('`at_end` must be "persona", "repeat" or "error"')
    checked: list[JsonObject] = []
    for number, reply in enumerate(replies, 1):
        try:
            checked.append(check_reply(reply))
        except ScriptError as error:
            raise ScriptError(f"reply {number}: {error}") from None
    return Script(tuple(checked), at_end)


def _from_toml(data: bytes) -> Script:
    import tomllib  # only a script in TOML needs it

    try:
        table = cast("JsonObject", tomllib.loads(data.decode()))
    except ValueError as error:
        raise ScriptError(str(error)) from None
    replies = table.get("reply")
    return script_of(replies if isinstance(replies, list) else [], table.get("at_end", "persona"))


def _from_lines(data: bytes) -> Script:
    import orjson

    replies: list[JsonValue] = []
    at_end: JsonValue = "persona"
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value: JsonValue = orjson.loads(line)
        except ValueError as error:
            raise ScriptError(f"line {number}: {error}") from None
        if isinstance(value, dict) and set(value) == {"at_end"}:
            at_end = value["at_end"]
        else:
            replies.append(value)
    return script_of(replies, at_end)
