"""Who answers when no script says what: always the same for the same input, and open about being no model.

A message that begins with one of these words asks for more than an echo, so that somebody who builds a client
can see each kind of event without a script:

    !think TEXT     a reasoning summary before the answer
    !run COMMAND    a call of the shell tool, if one is offered
    !long N         an answer of N words
    !slow TEXT      a tenth of a second between the words
    !status N       an HTTP error
    !fail CODE      a `response.failed` with that code
    !cut TEXT       a connection that breaks in the middle of the answer
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from app_server.model.lenient_json import dumps
from app_server.model.offline.reply import (
    Break,
    Event,
    Part,
    Pause,
    Reply,
    ToolCall,
    completed,
    created,
    failed,
    message,
    reasoning,
    refusal,
    tool_call,
)
from protocol.wire import JsonObject, JsonValue

_SLOW_SECONDS: Final = 0.1
_MAX_WORDS: Final = 100_000
_QUOTED: Final = 500
_SHELLS: Final[Mapping[str, str]] = {"shell_command": "command", "exec_command": "cmd"}
"""Tools that run a command line, and the argument that takes it."""


def answer(request: JsonObject, serial: str) -> Reply:
    """The answer to a request's body."""
    question = _Question(request)
    word, _, rest = question.text.partition(" ")
    directive = _DIRECTIVES.get(word)
    if directive is not None and not question.is_tool_output:
        return directive(question, rest.strip(), serial)
    return _streamed(question, serial, message(_echo(question), serial=serial))


class _Question:
    """What the persona looks at in a request."""

    def __init__(self, request: JsonObject) -> None:
        items = request.get("input")
        self.items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        tools = request.get("tools")
        self.tools = [
            name
            for tool in (tools if isinstance(tools, list) else [])
            if isinstance(tool, dict) and isinstance(name := tool.get("name"), str)
        ]
        last = self.items[-1] if self.items else {}
        self.is_tool_output = str(last.get("type")).endswith("_call_output")
        self.text = _text(last.get("output")) if self.is_tool_output else _last_user_text(self.items)
        self.tokens = len(dumps(request.get("input"))) // 4 + 1


def _echo(question: _Question) -> str:
    quoted = question.text if len(question.text) <= _QUOTED else question.text[:_QUOTED] + " …"
    if question.is_tool_output:
        return f"The tool answered:\n\n{quoted}"
    if not quoted:
        return "Hello! I am the offline provider, and there was no text in your message."
    context = len(question.items) - 1
    return (
        f"You said: {quoted}\n\n"
        "I am the offline provider: no model, just a steady voice for trying things out without an account. "
        f"Besides your words I was sent {context} other item{'' if context == 1 else 's'} of context "
        f"and {len(question.tools)} tool{'' if len(question.tools) == 1 else 's'}."
    )


def _streamed(question: _Question, serial: str, parts: Iterator[Part]) -> Reply:
    sent = list(parts)
    return Reply(
        [created(serial), *sent, completed(serial, input_tokens=question.tokens, output_tokens=len(sent))]
    )


def _think(question: _Question, rest: str, serial: str) -> Reply:
    thoughts = (
        "**Reading the message**\n\nIt asks for a thought.",
        f"**Answering**\n\nI will repeat: {rest}",
    )

    def parts() -> Iterator[Part]:
        yield from reasoning(thoughts, serial=serial)
        yield from message(_echo(question), serial=serial)

    return _streamed(question, serial, parts())


def _run(question: _Question, rest: str, serial: str) -> Reply:
    shell = next((name for name in question.tools if name in _SHELLS), None)
    if shell is None:
        text = "I was offered no tool that runs commands."
        return _streamed(question, serial, message(text, serial=serial))
    call = ToolCall(shell, dumps({_SHELLS[shell]: rest or "pwd"}).decode())
    return _streamed(question, serial, tool_call(call, serial=serial))


def _long(question: _Question, rest: str, serial: str) -> Reply:
    count = min(int(rest), _MAX_WORDS) if rest.isdecimal() else 1000
    text = " ".join(f"word{number}" for number in range(1, count + 1))
    return _streamed(question, serial, message(text, serial=serial))


def _slow(question: _Question, _rest: str, serial: str) -> Reply:
    def parts() -> Iterator[Part]:
        for part in message(_echo(question), serial=serial):
            yield part
            if isinstance(part, Event) and "delta" in part.data:
                yield Pause(_SLOW_SECONDS)

    return _streamed(question, serial, parts())


def _status(_question: _Question, rest: str, _serial: str) -> Reply:
    status = int(rest) if rest.isdecimal() and 400 <= int(rest) <= 599 else 500
    return refusal(status, f"The offline provider was asked for status {status}.")


def _fail(_question: _Question, rest: str, serial: str) -> Reply:
    code = rest.partition(" ")[0] or "server_error"
    return Reply([created(serial), failed(serial, code, "The offline provider was asked to fail.")])


def _cut(question: _Question, _rest: str, serial: str) -> Reply:
    parts = list(message(_echo(question), serial=serial))
    return Reply([created(serial), *parts[: len(parts) // 2], Break("cut")])


_DIRECTIVES: Final[Mapping[str, Callable[[_Question, str, str], Reply]]] = {
    "!think": _think,
    "!run": _run,
    "!long": _long,
    "!slow": _slow,
    "!status": _status,
    "!fail": _fail,
    "!cut": _cut,
}


def _last_user_text(items: list[JsonObject]) -> str:
    for item in reversed(items):
        if item.get("type") == "message" and item.get("role") == "user":
            return _text(item.get("content")).strip()
    return ""


def _text(content: JsonValue) -> str:
    """The text of a message's content or a tool's output, whichever of their forms it has."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    texts = (part.get("text") for part in content if isinstance(part, dict))
    return "\n".join(text for text in texts if isinstance(text, str))
