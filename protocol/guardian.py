"""guardian"""

from typing import Annotated, Literal

from protocol.permissions import NetworkApprovalProtocol, RequestPermissionProfile
from protocol.wire import I64, U16, AbsolutePathText, AppPath, JsonValue, WireModel, by_tag

AutoReviewDecisionSource = Literal["agent"]

GuardianApprovalReviewStatus = Literal["inProgress", "approved", "denied", "timedOut", "aborted"]

GuardianRiskLevel = Literal["low", "medium", "high", "critical"]

GuardianUserAuthorization = Literal["unknown", "low", "medium", "high"]


class GuardianApprovalReview(WireModel):
    """GuardianApprovalReview."""

    status: GuardianApprovalReviewStatus
    risk_level: GuardianRiskLevel | None = None
    user_authorization: GuardianUserAuthorization | None = None
    rationale: str | None = None


GuardianCommandSource = Literal["shell", "unifiedExec"]


class CommandGuardianApprovalReviewAction(WireModel):
    """CommandGuardianApprovalReviewAction."""

    type: Literal["command"] = "command"
    source: GuardianCommandSource
    command: str
    cwd: AppPath


class ExecveGuardianApprovalReviewAction(WireModel):
    """ExecveGuardianApprovalReviewAction."""

    type: Literal["execve"] = "execve"
    source: GuardianCommandSource
    program: str
    argv: list[str]
    cwd: AbsolutePathText


class WriteStdinGuardianApprovalReviewAction(WireModel):
    """WriteStdinGuardianApprovalReviewAction."""

    type: Literal["writeStdin"] = "writeStdin"
    approval_id: str
    process_id: str
    stdin: str
    cwd: AppPath


class ApplyPatchGuardianApprovalReviewAction(WireModel):
    """ApplyPatchGuardianApprovalReviewAction."""

    type: Literal["applyPatch"] = "applyPatch"
    cwd: AppPath
    files: list[AppPath]


class NetworkAccessGuardianApprovalReviewAction(WireModel):
    """NetworkAccessGuardianApprovalReviewAction."""

    type: Literal["networkAccess"] = "networkAccess"
    target: str
    host: str
    protocol: NetworkApprovalProtocol
    port: U16


class McpToolCallGuardianApprovalReviewAction(WireModel):
    """McpToolCallGuardianApprovalReviewAction."""

    type: Literal["mcpToolCall"] = "mcpToolCall"
    server: str
    tool_name: str
    connector_id: str | None = None
    connector_name: str | None = None
    tool_title: str | None = None


class RequestPermissionsGuardianApprovalReviewAction(WireModel):
    """RequestPermissionsGuardianApprovalReviewAction."""

    type: Literal["requestPermissions"] = "requestPermissions"
    reason: str | None = None
    permissions: RequestPermissionProfile


GuardianApprovalReviewAction = Annotated[
    CommandGuardianApprovalReviewAction
    | ExecveGuardianApprovalReviewAction
    | WriteStdinGuardianApprovalReviewAction
    | ApplyPatchGuardianApprovalReviewAction
    | NetworkAccessGuardianApprovalReviewAction
    | McpToolCallGuardianApprovalReviewAction
    | RequestPermissionsGuardianApprovalReviewAction,
    by_tag("type"),
]


class ItemGuardianApprovalReviewCompletedNotification(WireModel):
    """ItemGuardianApprovalReviewCompletedNotification."""

    thread_id: str
    turn_id: str
    started_at_ms: I64
    completed_at_ms: I64
    review_id: str
    target_item_id: str | None = None
    decision_source: AutoReviewDecisionSource
    review: GuardianApprovalReview
    action: GuardianApprovalReviewAction


class ItemGuardianApprovalReviewStartedNotification(WireModel):
    """ItemGuardianApprovalReviewStartedNotification."""

    thread_id: str
    turn_id: str
    started_at_ms: I64
    review_id: str
    target_item_id: str | None = None
    review: GuardianApprovalReview
    action: GuardianApprovalReviewAction


class ThreadApproveGuardianDeniedActionParams(WireModel):
    """ThreadApproveGuardianDeniedActionParams."""

    thread_id: str
    event: JsonValue


class ThreadApproveGuardianDeniedActionResponse(WireModel):
    """ThreadApproveGuardianDeniedActionResponse."""
