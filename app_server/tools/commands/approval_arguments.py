"""The arguments with which a command asks for more than the sandbox allows; every shell tool takes them."""

from typing import Literal

from app_server.tools.approvals.decision import ShellTool
from app_server.tools.approvals.grant_forms import PermissionsArg, asked_for
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.approvals.script import Words
from app_server.tools.call import ToolCall
from app_server.tools.commands.actions import command_actions
from app_server.tools.commands.shells import shown
from protocol.wire import VerbatimModel


class ApprovalArgs(VerbatimModel):
    """What the model gives besides the command itself."""

    sandbox_permissions: Literal["use_default", "require_escalated", "with_additional_permissions"] = (
        "use_default"
    )
    additional_permissions: PermissionsArg | None = None
    justification: str | None = None
    prefix_rule: list[str] | None = None


def proposal_of(
    tool: ShellTool, call: ToolCall, argv: Words, cwd: str, asked: ApprovalArgs, *, tty: bool = False
) -> CommandProposal:
    """The command as it is decided on."""
    additional = asked.additional_permissions
    how = asked.sandbox_permissions
    if additional is not None and how == "use_default":
        how = "with_additional_permissions"
    return CommandProposal(
        tool,
        call.id,
        argv,
        shown(argv),
        cwd,
        command_actions(argv, cwd),
        tty=tty,
        sandbox_permissions=how,
        additional=None if additional is None else asked_for(additional, cwd),
        justification=asked.justification,
        prefix_rule=tuple(asked.prefix_rule or ()),
    )
