"""Whether a call of an MCP tool may be made, and asking the user where that is open (tools.md §9.4)."""

from typing import Final

from app_server.config.permissions import ApprovalPolicy, GranularApproval
from app_server.mcp.settings import ApprovalMode
from app_server.tools.approvals.subject import Subject
from app_server.tools.call import Unanswered, UnreadableAnswer
from app_server.tools.context import McpTool
from app_server.tools.host import ToolHost
from app_server.tools.specs.mcp import NamedTool
from protocol.elicitation import (
    FormMcpServerElicitationRequestParams,
    McpElicitationSchema,
    McpServerElicitationRequestResponse,
)
from protocol.guardian import McpToolCallGuardianApprovalReviewAction
from protocol.wire import JsonObject, JsonValue

_DECLINED: Final = "user rejected MCP tool call"
_CANCELLED: Final = "user cancelled MCP tool call"


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


async def refusal_of(named: NamedTool, arguments: JsonValue, call_id: str, host: ToolHost) -> str | None:
    """What the model is told when the call may not be made; None when it may. Asks where that is open."""
    turn, server, tool = host.mcp, named.server.name, named.tool
    mode = turn.approval_of(server, tool)
    if not needs_approval(mode, tool.annotations) or skips_prompts(turn.policy, full_access=turn.full_access):
        return None
    remembers = mode != "prompt"
    if remembers and (server, tool.name) in turn.servers.approved:
        return None
    if isinstance(turn.policy, GranularApproval) and not turn.policy.mcp_elicitations:
        return _DECLINED
    judged = await host.judge(_subject(named, arguments, call_id))
    if judged is not None:
        return None if judged.allowed else judged.reason
    return await _ask(named, arguments, host, remembers=remembers)


async def _ask(named: NamedTool, arguments: JsonValue, host: ToolHost, *, remembers: bool) -> str | None:
    """What the user says."""
    turn, server, tool = host.mcp, named.server.name, named.tool
    try:
        answer = await host.ask(
            "mcpServer/elicitation/request", _question(named, arguments, host, remembers=remembers)
        )
    except (Unanswered, UnreadableAnswer):
        return _DECLINED
    assert isinstance(answer, McpServerElicitationRequestResponse)  # noqa: S101 - the table of methods says so
    if answer.action != "accept":
        return _DECLINED if answer.action == "decline" else _CANCELLED
    kept = answer.meta.get("persist") if isinstance(answer.meta, dict) else None
    if remembers and kept in ("session", "always"):
        turn.servers.approved.add((server, tool.name))
        if kept == "always":
            await turn.always_approve(server, tool)
    return None


def _subject(named: NamedTool, arguments: JsonValue, call_id: str) -> Subject:
    server, tool = named.server.name, named.tool
    action = McpToolCallGuardianApprovalReviewAction(
        server=server,
        tool_name=tool.name,
        tool_title=tool.title or None,
        connector_id=None if tool.app is None else tool.app.id,
        connector_name=None if tool.app is None else tool.app.name,
    )
    planned: JsonObject = {
        "tool": "mcp_tool_call",
        "server": server,
        "tool_name": tool.name,
        "arguments": arguments,
        "tool_description": tool.description or None,
        "annotations": tool.annotations,
        **_app_facts(tool),
    }
    name = f"{named.namespace}{named.name}"
    return Subject(call_id, action, planned, names=(name,), input={} if arguments is None else arguments)


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
    meta |= {"source": "connector", **_app_facts(tool)} if tool.app is not None else {}
    if arguments is not None:
        meta["tool_params"] = arguments
    if isinstance(arguments, dict):
        meta["tool_params_display"] = [
            {"name": name, "value": value, "display_name": name} for name, value in arguments.items()
        ]
    return FormMcpServerElicitationRequestParams(
        thread_id=host.thread_id,
        turn_id=host.turn_id,
        server_name=server,
        meta=meta,
        message=f'Allow {_who(server, tool)} to run tool "{tool.name}"?',
        requested_schema=McpElicitationSchema(type="object", properties={}),
    )


def _who(server: str, tool: McpTool) -> str:
    if tool.app is None:
        return f"the {server} MCP server"
    return tool.app.name or "this app"


def _app_facts(tool: McpTool) -> JsonObject:
    if tool.app is None:
        return {}
    facts = {
        "connector_id": tool.app.id,
        "connector_name": tool.app.name,
        "connector_description": tool.app.description,
    }
    return {key: value for key, value in facts.items() if value is not None}
