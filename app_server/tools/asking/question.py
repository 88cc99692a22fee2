"""The question whether a command may run: put to hooks and the reviewer, then to the user (tools.md §6.2)."""

from collections.abc import Callable
from typing import Final, Literal, cast

import anyio.to_thread

from app_server.tools.approvals.grant_forms import files_on_wire, network_on_wire
from app_server.tools.approvals.grants import Grant
from app_server.tools.approvals.proposal import CommandItem, CommandProposal, session_key, turned_down
from app_server.tools.approvals.script import Words, script_of
from app_server.tools.approvals.subject import Subject
from app_server.tools.call import Unanswered, UnreadableAnswer
from app_server.tools.host import ToolHost
from protocol.approval import (
    AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision,
    CommandExecutionApprovalDecision,
    CommandExecutionRequestApprovalParams,
    CommandExecutionRequestApprovalResponse,
    ExecpolicyAmendmentChoice,
)
from protocol.guardian import CommandGuardianApprovalReviewAction
from protocol.permissions import AdditionalPermissionProfile
from protocol.warnings import WarningNotification
from protocol.wire import JsonObject

RETRY_REASON: Final = "command failed; retry without sandbox?"


async def ask_about_command(
    host: ToolHost, proposal: CommandProposal, item: CommandItem, reason: str | None, amendment: Words | None
) -> None:
    """Return when it was allowed. Raises ToolRefusal, or ends the turn."""
    shown = False

    def begin() -> None:
        nonlocal shown
        shown = True
        item.begin()

    judged = await host.judge(_subject(proposal, reason, begin))
    if judged is not None:
        if not judged.allowed:
            if shown or proposal.tool == "shell_command" or reason == RETRY_REASON:
                item.end("declined")
            raise turned_down(proposal, judged.reason)
        return
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
        raise turned_down(proposal, "rejected by user")
    if decision == "acceptForSession":
        host.approvals.thread.accept([session_key(proposal)])
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


def _subject(proposal: CommandProposal, reason: str | None, begin: Callable[[], None]) -> Subject:
    again = reason == RETRY_REASON
    script = script_of(proposal.argv)
    given: JsonObject = {"command": proposal.shown if script is None else script[1]}
    if proposal.justification is not None and not again:
        given["description"] = proposal.justification
    planned: JsonObject = {
        "tool": proposal.tool,
        "command": list(proposal.argv),
        "cwd": proposal.cwd,
        "sandbox_permissions": proposal.sandbox_permissions,
        "tty": proposal.tty,
    }
    if proposal.justification is not None:
        planned["justification"] = proposal.justification
    if proposal.additional is not None:
        planned["additional_permissions"] = proposal.additional.for_model()
    return Subject(
        proposal.call_id,
        CommandGuardianApprovalReviewAction(
            source="unifiedExec" if proposal.tool == "exec_command" else "shell",
            command=proposal.shown,
            cwd=proposal.cwd,
        ),
        planned,
        names=("Bash",),
        input=given,
        begin=begin,
        retry_reason=RETRY_REASON if again else None,
    )


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
