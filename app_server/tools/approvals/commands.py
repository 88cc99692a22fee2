"""The one way of a command to its run: it is decided on, asked about, and cleared or refused (tools.md §6).

For the tools that run commands. `clear_command` says how the first attempt runs; when that one seems to have
failed because of the sandbox (`denied_by_sandbox`), `clear_retry` says whether it may be tried without:

    cleared = await clear_command(host, proposal, item)      # raises ToolRefusal: the model reads its text
    result = await run(sandboxed=cleared.sandboxed)
    if cleared.sandboxed and denied_by_sandbox(result.exit_code, result.output):
        if await clear_retry(host, proposal, item, cleared):
            result = await run(sandboxed=False)

The item is shown through `CommandItem`. `begin` is called when a question is about to go out (for
`shell_command` before anything else that clients see), and may be called again; `end` when the answer was no.
`cancel` ends the turn: the call is then cancelled as by an interrupt.
"""

import signal
from collections.abc import Hashable
from typing import Final, Literal, NamedTuple, Protocol, cast

import anyio.to_thread

from app_server.tools.approvals.decision import (
    Ask,
    Proposal,
    Refuse,
    ShellTool,
    Verdict,
    decide,
    escalation_refusal,
)
from app_server.tools.approvals.grant_forms import files_on_wire, network_on_wire
from app_server.tools.approvals.grants import NOTHING, Grant
from app_server.tools.approvals.script import Words, commands_of, script_of
from app_server.tools.approvals.thread import TurnApprovals
from app_server.tools.host import ToolHost, ToolRefusal, Unanswered, UnreadableAnswer
from protocol.approval import (
    AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision,
    CommandExecutionApprovalDecision,
    CommandExecutionRequestApprovalParams,
    CommandExecutionRequestApprovalResponse,
    ExecpolicyAmendmentChoice,
)
from protocol.item_parts import CommandAction
from protocol.permissions import AdditionalPermissionProfile
from protocol.warnings import WarningNotification

RETRY_REASON: Final = "command failed; retry without sandbox?"

_DENIALS: Final = (
    "operation not permitted",
    "permission denied",
    "read-only file system",
    "seccomp",
    "sandbox",
    "landlock",
    "failed to write file",
)
_NEVER_DENIALS: Final = frozenset({2, 126, 127})


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


class Cleared(NamedTuple):
    """How a command runs."""

    sandboxed: bool
    asked: bool = False
    """Whether somebody allowed it, which holds for a second try as well."""
    amendment: Words | None = None


async def clear_command(host: ToolHost, proposal: CommandProposal, item: CommandItem) -> Cleared:
    """Decide, and ask where that must be. Raises ToolRefusal."""
    approvals = host.approvals
    granted_already = _is_granted(host, proposal)
    _refuse_at_once(host, proposal, granted_already=granted_already)
    if proposal.tool == "shell_command":
        item.begin()
    beyond = proposal.escalated or (proposal.widened and not granted_already)
    verdict = await anyio.to_thread.run_sync(_decide, host, proposal, beyond)
    match verdict:
        case Refuse(reason):
            if proposal.tool == "shell_command":
                item.end("declined")
            raise _refused(proposal, reason)
        case Ask(reason, amendment):
            if not approvals.thread.accepted([_key(proposal)]):
                await _ask(host, proposal, item, reason or proposal.justification, amendment)
            return Cleared(sandboxed=not proposal.escalated, asked=True, amendment=amendment)
        case _:
            return Cleared(verdict.sandboxed and not proposal.escalated, amendment=verdict.amendment)


async def clear_retry(host: ToolHost, proposal: CommandProposal, item: CommandItem, first: Cleared) -> bool:
    """Whether what the sandbox stopped may run without. Raises ToolRefusal when the user says no."""
    policy = host.approvals.policy
    if policy in ("never", "on-request") or (not isinstance(policy, str) and not policy.sandbox_approval):
        return False
    if first.asked or host.approvals.thread.accepted([_key(proposal)]):
        return True
    await _ask(host, proposal, item, RETRY_REASON, first.amendment)
    return True


def denied_by_sandbox(exit_code: int, output: str) -> bool:
    """Whether a command that ran in a sandbox seems to have failed because of it."""
    if exit_code == 0:
        return False
    lowered = output.lower()
    if any(sign in lowered for sign in _DENIALS):
        return True
    if exit_code in _NEVER_DENIALS:
        return False
    bad_call: int | None = getattr(signal, "SIGSYS", None)
    return bad_call is not None and exit_code == 128 + bad_call


def exec_command_failed(argv: Words, reason: str) -> str:
    """What a model reads when `exec_command` could not begin; it has learned this form."""
    import shlex

    rejected = f"Rejected({_debug(reason)})"
    return f"exec_command failed for `{shlex.join(argv)}`: CreateProcess {{ message: {_debug(rejected)} }}"


def _debug(text: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
    return f'"{"".join(escapes.get(character, character) for character in text)}"'


def _is_granted(host: ToolHost, proposal: CommandProposal) -> bool:
    """Whether what it asks for beyond the sandbox was granted before."""
    asked = proposal.additional
    return proposal.widened and bool(asked) and (host.approvals.granted & asked) == asked and not asked.empty


def _refuse_at_once(host: ToolHost, proposal: CommandProposal, *, granted_already: bool) -> None:
    """Raises ToolRefusal for what may not even be asked."""
    if granted_already:
        return
    if proposal.escalated or proposal.widened:
        refusal = escalation_refusal(host.approvals.policy, proposal.tool)
        if refusal is not None:
            raise ToolRefusal(refusal)
    if (proposal.widened or proposal.additional is not None) and not host.has("exec_permission_approvals"):
        raise ToolRefusal(
            "additional permissions are disabled; enable `features.exec_permission_approvals` before using "
            "`with_additional_permissions`"
        )
    if proposal.widened and proposal.additional is None:
        raise ToolRefusal(
            "missing `additional_permissions`; provide at least one of `network` or `file_system` when using "
            "`with_additional_permissions`"
        )
    if proposal.widened and proposal.additional == NOTHING:
        raise ToolRefusal(
            "`additional_permissions` must include at least one requested permission in `network` or "
            "`file_system`"
        )
    if proposal.additional is not None and not proposal.widened:
        raise ToolRefusal(
            "`additional_permissions` requires `sandbox_permissions` set to `with_additional_permissions`"
        )


def _decide(host: ToolHost, proposal: CommandProposal, beyond: bool) -> Verdict:
    approvals = host.approvals
    asked = Proposal(proposal.argv, beyond, proposal.prefix_rule)
    return decide(asked, approvals.policy, approvals.sandbox, approvals.thread.rules)


def _key(proposal: CommandProposal) -> Hashable:
    """What "for this session" is about: the same command, in the same place, asked for in the same way."""
    script = script_of(proposal.argv)
    command: Hashable = proposal.argv
    if script is not None:
        commands = commands_of(proposal.argv)
        plain = len(commands.parts) == 1 and not commands.has_input and commands.parts[0] != proposal.argv
        command = commands.parts[0] if plain else ("script", *script)
    how = (proposal.sandbox_permissions, proposal.additional)
    return (proposal.tool, command, proposal.cwd, proposal.tty, how)


def _refused(proposal: CommandProposal, reason: str) -> ToolRefusal:
    if proposal.tool == "exec_command":
        return ToolRefusal(exec_command_failed(proposal.argv, reason))
    return ToolRefusal("exec command rejected by user" if reason == "rejected by user" else reason)


async def _ask(
    host: ToolHost, proposal: CommandProposal, item: CommandItem, reason: str | None, amendment: Words | None
) -> None:
    """Return when it was allowed. Raises ToolRefusal, or ends the turn."""
    status: Literal["declined", "failed"] | None = None
    decision: CommandExecutionApprovalDecision = "decline"
    with host.waiting_on_approval():
        item.begin()
        try:
            answer = await host.ask(
                "item/commandExecution/requestApproval", _question(host, proposal, reason, amendment)
            )
            decision = cast("CommandExecutionRequestApprovalResponse", answer).decision
        except UnreadableAnswer:
            status = "declined"
        except Unanswered:
            status = "failed"
        if decision in ("decline", "cancel"):
            item.end(status or "declined")
    if decision == "cancel":
        await host.end_turn()
    if decision == "decline":
        raise _refused(proposal, "rejected by user")
    if decision == "acceptForSession":
        host.approvals.thread.accept([_key(proposal)])
    if isinstance(decision, AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision):
        await _allow_for_good(host, decision.accept_with_execpolicy_amendment.execpolicy_amendment)


async def _allow_for_good(host: ToolHost, prefix: list[str]) -> None:
    if not prefix:
        return
    try:
        await anyio.to_thread.run_sync(host.approvals.thread.allow_prefix, prefix)
    except OSError as error:
        message = f"The rule could not be saved: {error}"
        host.emit(WarningNotification(thread_id=host.thread_id, message=message))


def _on_wire(rights: Grant) -> AdditionalPermissionProfile:
    return AdditionalPermissionProfile(network=network_on_wire(rights), file_system=files_on_wire(rights))


def _question(
    host: ToolHost, proposal: CommandProposal, reason: str | None, amendment: Words | None
) -> CommandExecutionRequestApprovalParams:
    choices: list[CommandExecutionApprovalDecision] = ["accept"]
    rights = proposal.rights(host.approvals)
    if amendment is not None and rights.empty:
        choice = ExecpolicyAmendmentChoice(execpolicy_amendment=list(amendment))
        choices.append(
            AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision(
                accept_with_execpolicy_amendment=choice
            )
        )
    choices.append("cancel")
    return CommandExecutionRequestApprovalParams(
        thread_id=host.thread_id,
        turn_id=host.turn_id,
        item_id=proposal.call_id,
        started_at_ms=host.now_ms(),
        reason=reason,
        command=proposal.shown,
        cwd=proposal.cwd,
        command_actions=list(proposal.actions),
        additional_permissions=None if rights.empty else _on_wire(rights),
        proposed_execpolicy_amendment=list(amendment) if amendment is not None else None,
        available_decisions=choices,
    )
