"""Whether a call of an MCP tool may be made, and asking the user where that is open (tools.md §9.4)."""

from enum import Enum

from app_server.config.permissions import ApprovalPolicy, GranularApproval
from app_server.mcp.settings import ApprovalMode
from app_server.tools.host import ToolHost, Unanswered, UnreadableAnswer
from app_server.tools.specs.mcp import NamedTool
from protocol.elicitation import (
    FormMcpServerElicitationRequestParams,
    McpElicitationSchema,
    McpServerElicitationRequestResponse,
)
from protocol.wire import JsonObject, JsonValue


class Verdict(Enum):
    """What came of the question; the text is what the model is told."""

    APPROVED = ""
    DECLINED = "user rejected MCP tool call"
    CANCELLED = "user cancelled MCP tool call"


def needs_approval(mode: ApprovalMode, annotations: JsonValue) -> bool:
    """What the tool's mode says; where it says nothing, what the tool says of itself."""
    if mode != "auto":
        return mode == "prompt"
    hints = annotations if isinstance(annotations, dict) else {}
    if hints.get("destructiveHint") is True:
        return True
    if hints.get("readOnlyHint") is True:
        return False
    return hints.get("destructiveHint") is not False or hints.get("openWorldHint") is not False


def skips_prompts(policy: ApprovalPolicy, *, full_access: bool) -> bool:
    """Nobody is asked only where nothing is held back anyway."""
    return policy == "never" and full_access


async def ask_for_approval(named: NamedTool, arguments: JsonValue, host: ToolHost) -> Verdict:
    """Approved, or what the user says."""
    turn, server, tool = host.mcp, named.server.name, named.tool
    mode = turn.servers.get(server).settings.approval_of(tool.name)
    if not needs_approval(mode, tool.annotations) or skips_prompts(turn.policy, full_access=turn.full_access):
        return Verdict.APPROVED
    remembers = mode != "prompt"
    if remembers and (server, tool.name) in turn.servers.approved:
        return Verdict.APPROVED
    if isinstance(turn.policy, GranularApproval) and not turn.policy.mcp_elicitations:
        return Verdict.DECLINED
    try:
        answer = await host.ask(
            "mcpServer/elicitation/request", _question(named, arguments, host, remembers=remembers)
        )
    except (Unanswered, UnreadableAnswer):
        return Verdict.DECLINED
    assert isinstance(answer, McpServerElicitationRequestResponse)  # noqa: S101 - the table of methods says so
    if answer.action != "accept":
        return Verdict.DECLINED if answer.action == "decline" else Verdict.CANCELLED
    kept = answer.meta.get("persist") if isinstance(answer.meta, dict) else None
    if remembers and kept in ("session", "always"):
        turn.servers.approved.add((server, tool.name))
        if kept == "always":
            await turn.always_approve(server, tool.name)
    return Verdict.APPROVED


def _question(
    named: NamedTool, arguments: JsonValue, host: ToolHost, *, remembers: bool
) -> FormMcpServerElicitationRequestParams:
    server, tool = named.server.name, named.tool
    meta: JsonObject = {"codex_approval_kind": "mcp_tool_call"}
    if remembers:
        meta["persist"] = ["session", "always"]
    if tool.title:
        meta["tool_title"] = tool.title
    if tool.description:
        meta["tool_description"] = tool.description
    if arguments is not None:
        meta["tool_params"] = arguments
    if isinstance(arguments, dict) and arguments:
        meta["tool_params_display"] = [
            {"name": name, "value": value, "display_name": name} for name, value in arguments.items()
        ]
    return FormMcpServerElicitationRequestParams(
        thread_id=host.thread_id,
        turn_id=host.turn_id,
        server_name=server,
        meta=meta,
        message=f'Allow the {server} MCP server to run tool "{tool.name}"?',
        requested_schema=McpElicitationSchema(type="object", properties={}),
    )
