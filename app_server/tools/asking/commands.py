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
from typing import Final, NamedTuple

import anyio.to_thread

from app_server.tools.approvals.decision import Ask, Proposal, Refuse, Verdict, decide, escalation_refusal
from app_server.tools.approvals.grants import NOTHING
from app_server.tools.approvals.proposal import CommandItem, CommandProposal, session_key, turned_down
from app_server.tools.approvals.script import Words
from app_server.tools.asking.question import RETRY_REASON, ask_about_command
from app_server.tools.call import ToolRefusal
from app_server.tools.host import ToolHost

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
            raise turned_down(proposal, reason)
        case Ask(reason, amendment):
            if not approvals.thread.accepted([session_key(proposal)]):
                await ask_about_command(host, proposal, item, reason or proposal.justification, amendment)
            return Cleared(sandboxed=not proposal.escalated, asked=True, amendment=amendment)
        case _:
            return Cleared(verdict.sandboxed and not proposal.escalated, amendment=verdict.amendment)


async def clear_retry(host: ToolHost, proposal: CommandProposal, item: CommandItem, first: Cleared) -> bool:
    """Whether what the sandbox stopped may run without. Raises ToolRefusal when the user says no."""
    policy = host.approvals.policy
    if policy in ("never", "on-request") or (not isinstance(policy, str) and not policy.sandbox_approval):
        return False
    if first.asked or host.approvals.thread.accepted([session_key(proposal)]):
        return True
    await ask_about_command(host, proposal, item, RETRY_REASON, first.amendment)
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
