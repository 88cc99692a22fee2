"""May a patch be written: decided by where it writes, and asked about (tools.md §6.1, §6.2)."""

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast

from app_server.config.permissions import ApprovalPolicy, GranularApproval, SandboxPolicy
from app_server.tools.approvals.decision import Ask, Refuse, Run, Verdict, is_restricted
from app_server.tools.approvals.subject import Subject
from app_server.tools.call import Unanswered, UnreadableAnswer
from app_server.tools.host import ToolHost
from protocol.approval import (
    FileChangeApprovalDecision,
    FileChangeRequestApprovalParams,
    FileChangeRequestApprovalResponse,
)
from protocol.guardian import ApplyPatchGuardianApprovalReviewAction
from protocol.item_parts import PatchApplyStatus
from protocol.wire import JsonObject

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


class Proposed(NamedTuple):
    """A patch that somebody has to allow."""

    call_id: str
    text: str
    cwd: str
    paths: Sequence[str]
    """All that it writes to, absolute."""


class TurnedDown(Exception):  # noqa: N818 - it is no error of ours
    """Nobody allows it; the text is what the model is told."""

    def __init__(self, text: str = "patch rejected by user", *, asked: bool = True) -> None:
        super().__init__(text)
        self.status: PatchApplyStatus = "declined" if asked else "failed"
        """How its item ends; nobody was there to say no to a patch that fails."""


async def ask_for_patch(host: ToolHost, patch: Proposed) -> None:
    """Return when somebody allows it. Raises TurnedDown; `cancel` ends the turn."""
    keys = [("patch", path) for path in patch.paths]
    if host.approvals.thread.accepted(keys):
        return
    judged = await host.judge(_subject(patch))
    if judged is not None:
        if not judged.allowed:
            raise TurnedDown(judged.reason)
        return
    decision: FileChangeApprovalDecision = "decline"
    with host.waiting_on_approval():
        try:
            answer = await host.ask(
                "item/fileChange/requestApproval",
                FileChangeRequestApprovalParams(
                    thread_id=host.thread_id,
                    turn_id=host.turn_id,
                    item_id=patch.call_id,
                    started_at_ms=host.now_ms(),
                ),
            )
            decision = cast("FileChangeRequestApprovalResponse", answer).decision
        except UnreadableAnswer:
            pass
        except Unanswered:
            raise TurnedDown(asked=False) from None
    if decision == "cancel":
        await host.end_turn()
    if decision == "acceptForSession":
        host.approvals.thread.accept(keys)
    if decision == "decline":
        raise TurnedDown


def _subject(patch: Proposed) -> Subject:
    action = ApplyPatchGuardianApprovalReviewAction(cwd=patch.cwd, files=list(patch.paths))
    planned: JsonObject = {
        "tool": "apply_patch",
        "cwd": patch.cwd,
        "files": list(patch.paths),
        "patch": patch.text,
    }
    return Subject(
        patch.call_id,
        action,
        planned,
        names=("apply_patch", "Write", "Edit"),
        input={"command": patch.text},
    )
