"""A command that somebody may have to allow: what is known of it, and how it is turned down (§6.2)."""

from collections.abc import Hashable
from typing import Literal, NamedTuple, Protocol

from app_server.tools.approvals.decision import ShellTool
from app_server.tools.approvals.grants import NOTHING, Grant
from app_server.tools.approvals.script import Words, commands_of, script_of
from app_server.tools.approvals.thread import TurnApprovals
from app_server.tools.call import ToolRefusal
from protocol.item_parts import CommandAction


class CommandItem(Protocol):
    """The item of the command, as clients see it."""

    def begin(self) -> None: ...

    def end(self, status: Literal["declined", "failed"]) -> None: ...


class CommandProposal(NamedTuple):
    """A command that a model wants to run."""

    tool: ShellTool
    call_id: str
    argv: Words
    """What is executed, the shell included."""
    shown: str
    """The same, as clients see it."""
    cwd: str
    """Absolute."""
    actions: tuple[CommandAction, ...]
    tty: bool = False
    sandbox_permissions: str = "use_default"
    additional: Grant | None = None
    """What it asks for beyond the sandbox, while it stays in it."""
    justification: str | None = None
    prefix_rule: Words = ()

    @property
    def escalated(self) -> bool:
        return self.sandbox_permissions == "require_escalated"

    @property
    def widened(self) -> bool:
        return self.sandbox_permissions == "with_additional_permissions"

    def rights(self, approvals: TurnApprovals) -> Grant:
        """What it has beyond the sandbox once it is allowed; it has no need of any outside of it."""
        return NOTHING if self.escalated else (self.additional or NOTHING) | approvals.granted


def session_key(proposal: CommandProposal) -> Hashable:
    """What "for this session" is about: the same command, in the same place, asked for in the same way."""
    script = script_of(proposal.argv)
    command: Hashable = proposal.argv
    if script is not None:
        commands = commands_of(proposal.argv)
        plain = len(commands.parts) == 1 and not commands.has_input and commands.parts[0] != proposal.argv
        command = commands.parts[0] if plain else ("script", *script)
    how = (proposal.sandbox_permissions, proposal.additional)
    return (proposal.tool, command, proposal.cwd, proposal.tty, how)


def turned_down(proposal: CommandProposal, reason: str) -> ToolRefusal:
    if proposal.tool == "exec_command":
        return ToolRefusal(exec_command_failed(proposal.argv, reason))
    return ToolRefusal("exec command rejected by user" if reason == "rejected by user" else reason)


def exec_command_failed(argv: Words, reason: str) -> str:
    """What a model reads when `exec_command` could not begin; it has learned this form."""
    import shlex

    rejected = f"Rejected({_debug(reason)})"
    return f"exec_command failed for `{shlex.join(argv)}`: CreateProcess {{ message: {_debug(rejected)} }}"


def _debug(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
    return f'"{"".join(escapes.get(character, character) for character in text)}"'
