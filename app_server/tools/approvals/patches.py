"""May a patch be written: decided by where it writes, and asked about (tools.md §6.1, §6.2)."""

from collections.abc import Sequence
from typing import Literal, cast

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.tools.approvals.decision import Ask, Refuse, Run, Verdict, is_restricted
from app_server.tools.host import ToolHost, Unanswered, UnreadableAnswer
from protocol.approval import (
    FileChangeApprovalDecision,
    FileChangeRequestApprovalParams,
    FileChangeRequestApprovalResponse,
)

_REJECTED = "rejected by user approval settings"
READ_ONLY = f"patch rejected: writing is blocked by read-only sandbox; {_REJECTED}"
OUTSIDE = f"patch rejected: writing outside of the project; {_REJECTED}"


Where = Literal["inside", "granted", "outside"]
"""Where a patch writes: in what commands may write to, also in what somebody granted, or elsewhere."""


def decide_patch(policy: ApprovalPolicy, sandbox: SandboxPolicy, where: Where) -> Verdict:
    """`Run.sandboxed` says whether it may write only where commands may, or where that was granted."""
    if where == "granted" and is_restricted(sandbox):
        return Run(sandboxed=True)
    if policy == "untrusted":
        return Ask()
    if not is_restricted(sandbox) or policy == "on-failure":
        return Run(sandboxed=False)
    if where == "inside":
        return Run(sandboxed=True)
    if policy == "never" or (isinstance(policy, GranularApproval) and not policy.sandbox_approval):
        return Refuse(READ_ONLY if sandbox.mode == "read-only" else OUTSIDE)
    return Ask()


async def ask_for_patch(host: ToolHost, call_id: str, paths: Sequence[str]) -> Literal["yes", "no", "failed"]:
    """Whether somebody allows it. `cancel` ends the turn."""
    keys = [("patch", path) for path in paths]
    if host.approvals.thread.accepted(keys):
        return "yes"
    decision: FileChangeApprovalDecision = "decline"
    with host.waiting_on_approval():
        try:
            answer = await host.ask(
                "item/fileChange/requestApproval",
                FileChangeRequestApprovalParams(
                    thread_id=host.thread_id,
                    turn_id=host.turn_id,
                    item_id=call_id,
                    started_at_ms=host.now_ms(),
                ),
            )
            decision = cast("FileChangeRequestApprovalResponse", answer).decision
        except UnreadableAnswer:
            pass
        except Unanswered:
            return "failed"
    if decision == "cancel":
        await host.end_turn()
    if decision == "acceptForSession":
        host.approvals.thread.accept(keys)
    return "no" if decision == "decline" else "yes"
