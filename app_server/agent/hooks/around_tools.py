"""Hooks around the tools of a turn: they may forbid a call, change it, and answer it (tools.md §10)."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import orjson

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.hooks.moments import contexts
from app_server.agent.hooks.runs import Run as HookRun
from app_server.agent.hooks.runs import run_hooks
from app_server.agent.session import Session
from app_server.agent.thread_hooks import ThreadHooks
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.host import ToolHost
from app_server.tools.table import Run
from protocol.wire import JsonObject, JsonValue

_SHELL: Final = "Bash"
_COMMANDS: Final = {"exec_command": "cmd", "shell_command": "command"}
"""The tools that run a command, and which of their arguments that is."""
_PATCH_NAMES: Final = ("apply_patch", "Write", "Edit")
_OUTPUT: Final = "\nOutput:\n"


class _Subject(NamedTuple):
    """A call as hooks see it: what the tool is called, and what it is given."""

    names: Sequence[str]
    input: JsonValue

    @property
    def facts(self) -> JsonObject:
        return {"tool_name": self.names[0], "tool_input": self.input}

    def refused(self, reason: str) -> ToolRefusal:
        """What the model is told of a call that a hook forbids."""
        if isinstance(self.input, dict) and self.names[0] in (_SHELL, _PATCH_NAMES[0]):
            command = self.input.get("command")
            return ToolRefusal(f"Command blocked by PreToolUse hook: {reason}. Command: {command}")
        return ToolRefusal(f"Tool call blocked by PreToolUse hook: {reason}. Tool: {self.names[0]}")


class ToolHooks:
    """The hooks of one turn, for all of its calls."""

    def __init__(self, session: Session, turn: ActiveTurn, hooks: ThreadHooks) -> None:
        self._session = session
        self._turn = turn
        self._hooks = hooks

    async def run(self, call: ToolCall, run: Run, host: ToolHost) -> Output:
        """Carry out the call, unless hooks say otherwise. Raises ToolRefusal."""
        subject = _subject(call)
        if subject is None:
            return await run(call, host)
        before = await self._run_hooks("PreToolUse", call, subject, {})
        for one in before:
            if one.meaning.reason is not None:
                raise subject.refused(one.meaning.reason)
        for one in before:
            call = _changed(call, one.meaning.input)
        output = await run(call, host)
        subject, response = _subject(call) or subject, _response(call, output)
        if response is None:
            return output
        after = await self._run_hooks("PostToolUse", call, subject, {"tool_response": response})
        said = (one.meaning.reason if one.meaning.stop is None else one.meaning.stop for one in after)
        return "\n\n".join(text for text in said if text) or output

    async def _run_hooks(
        self, moment: str, call: ToolCall, subject: _Subject, more: JsonObject
    ) -> list[HookRun]:
        facts = subject.facts | more | {"tool_use_id": call.id}
        runs = await run_hooks(
            self._session, self._turn, self._hooks, moment, facts, subjects=subject.names, call_id=call.id
        )
        self._session.conversation.add(contexts(runs))
        return runs


def _subject(call: ToolCall) -> _Subject | None:
    """None for a tool that hooks hear nothing of, and for a call that cannot be read."""
    name = f"{call.namespace or ''}{call.name}"
    if name == _PATCH_NAMES[0]:
        return _Subject(_PATCH_NAMES, {"command": call.text})
    key = _COMMANDS.get(name)
    if key is not None:
        command = _arguments(call).get(key)
        return _Subject((_SHELL,), {"command": command}) if isinstance(command, str) else None
    return _Subject((name,), _arguments(call)) if name.startswith("mcp__") else None


def _arguments(call: ToolCall) -> JsonObject:
    try:
        found: JsonValue = orjson.loads(call.text or "{}")
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}


def _changed(call: ToolCall, given: JsonObject | None) -> ToolCall:
    """The call with the command that a hook puts in place of the model's."""
    key, command = _COMMANDS.get(call.name), None if given is None else given.get("command")
    if key is None or not isinstance(command, str):
        return call
    return call._replace(input=orjson.dumps({**_arguments(call), key: command}).decode())


def _response(call: ToolCall, output: Output) -> JsonValue:
    """The output as hooks see it; None while a command still runs."""
    if not isinstance(output, str):
        return list(output)
    head, found, rest = output.partition(_OUTPUT)
    if call.name in _COMMANDS:
        return None if "Process running with session ID" in head else rest if found else output
    if call.name == _PATCH_NAMES[0] and found:
        metadata: JsonObject = {"exit_code": 0, "duration_seconds": 0.0}
        return orjson.dumps({"output": rest, "metadata": metadata}).decode()
    return output
