"""`request_permissions`, carried out: rights for later commands, if somebody grants them (tools.md §5)."""

from typing import cast

from app_server.config.permissions import GranularApproval
from app_server.model.lenient_json import dumps
from app_server.tools.approvals.grant_forms import (
    FileSystemArg,
    NetworkArg,
    PermissionsArg,
    asked_for,
    files_on_wire,
    granted,
    network_on_wire,
)
from app_server.tools.approvals.grants import NOTHING, Grant
from app_server.tools.approvals.subject import Subject
from app_server.tools.arguments import arguments_of, json_arguments, refuse_unknown
from app_server.tools.call import Output, ToolCall, ToolRefusal, Unanswered, UnreadableAnswer
from app_server.tools.host import ToolHost
from protocol.approval import PermissionsRequestApprovalParams, PermissionsRequestApprovalResponse
from protocol.guardian import RequestPermissionsGuardianApprovalReviewAction
from protocol.permissions import AdditionalNetworkPermissions, PermissionGrantScope, RequestPermissionProfile
from protocol.wire import JsonObject, VerbatimModel


class RequestPermissionsArgs(VerbatimModel):
    """What the model gives."""

    permissions: PermissionsArg
    reason: str | None = None


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Ask, remember what is granted, and tell the model. Raises ToolRefusal."""
    given = json_arguments(call)
    asked = arguments_of(call, RequestPermissionsArgs)
    refuse_unknown(given.get("permissions") if isinstance(given, dict) else None, PermissionsArg.model_fields)
    wanted = asked_for(asked.permissions, host.cwd)
    if wanted.empty and (asked.permissions.network or NetworkArg()).enabled is None:
        raise ToolRefusal("request_permissions requires at least one permission")
    scope: PermissionGrantScope = "turn"
    grant = NOTHING
    if _may_ask(host):
        judged = await host.judge(_subject(call, asked, wanted, host.cwd))
        answer = None if judged is not None else await _ask(call, host, asked, wanted)
        if judged is not None and judged.allowed:
            grant = wanted
        elif answer is not None:
            scope = answer.scope
            grant = wanted & granted(answer.permissions.network, answer.permissions.file_system)
    if not grant.empty:
        host.grant(grant, scope)
    return dumps({"permissions": grant.for_model(), "scope": scope}).decode()


def _may_ask(host: ToolHost) -> bool:
    policy = host.approvals.policy
    return policy.request_permissions if isinstance(policy, GranularApproval) else policy != "never"


def _subject(call: ToolCall, asked: RequestPermissionsArgs, wanted: Grant, cwd: str) -> Subject:
    action = RequestPermissionsGuardianApprovalReviewAction(
        reason=asked.reason,
        permissions=RequestPermissionProfile(
            network=network_on_wire(wanted), file_system=files_on_wire(wanted)
        ),
    )
    planned: JsonObject = {"tool": "request_permissions", "cwd": cwd, "permissions": wanted.for_model()}
    if asked.reason is not None:
        planned["justification"] = asked.reason
    return Subject(call.id, action, planned)


async def _ask(
    call: ToolCall, host: ToolHost, asked: RequestPermissionsArgs, wanted: Grant
) -> PermissionsRequestApprovalResponse | None:
    """The answer; None when there is no usable one, which grants nothing."""
    network = asked.permissions.network
    files = asked.permissions.file_system or FileSystemArg()
    profile = RequestPermissionProfile(
        network=None if network is None else AdditionalNetworkPermissions(enabled=network.enabled),
        file_system=files_on_wire(wanted) if files.read or files.write else None,
    )
    params = PermissionsRequestApprovalParams(
        thread_id=host.thread_id,
        turn_id=host.turn_id,
        item_id=call.id,
        started_at_ms=host.now_ms(),
        cwd=host.cwd,
        reason=asked.reason,
        permissions=profile,
    )
    try:
        answer = await host.ask("item/permissions/requestApproval", params)
    except (Unanswered, UnreadableAnswer):
        return None
    return cast("PermissionsRequestApprovalResponse", answer)
