"""The automatic reviewer of approvals: what it looks at and how it decides."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.permissions import NetworkApprovalProtocol, RequestPermissionProfile
from protocol.wire import I64, U16, AbsolutePathText, AppPath, Dated, JsonValue, WireModel

AutoReviewDecisionSource = Literal["agent"]
"""Who decided."""

GuardianApprovalReviewStatus = Literal["inProgress", "approved", "denied", "timedOut", "aborted"]
"""How far the review is."""

GuardianRiskLevel = Literal["low", "medium", "high", "critical"]
"""How much could go wrong."""

GuardianUserAuthorization = Literal["unknown", "low", "medium", "high"]
"""How clearly the user has asked for it."""


class GuardianApprovalReview(WireModel):
    """The review."""

    status: GuardianApprovalReviewStatus
    risk_level: GuardianRiskLevel | None = None
    user_authorization: GuardianUserAuthorization | None = None
    rationale: str | None = None
    """Why, in words for the user."""


GuardianCommandSource = Literal["shell", "unifiedExec"]
"""Which tool the command belongs to."""


class CommandGuardianApprovalReviewAction(WireModel):
    """A command."""

    type: Literal["command"] = "command"
    source: GuardianCommandSource
    command: str
    cwd: AppPath


class ExecveGuardianApprovalReviewAction(WireModel):
    """A program that a command starts."""

    type: Literal["execve"] = "execve"
    source: GuardianCommandSource
    program: str
    argv: list[str]
    cwd: AbsolutePathText


class WriteStdinGuardianApprovalReviewAction(WireModel):
    """Input for a running process."""

    type: Literal["writeStdin"] = "writeStdin"
    approval_id: str
    process_id: str
    stdin: str
    cwd: AppPath


class ApplyPatchGuardianApprovalReviewAction(WireModel):
    """Changes of files."""

    type: Literal["applyPatch"] = "applyPatch"
    cwd: AppPath
    files: list[AppPath]


class NetworkAccessGuardianApprovalReviewAction(WireModel):
    """A connection."""

    type: Literal["networkAccess"] = "networkAccess"
    target: str
    host: str
    protocol: NetworkApprovalProtocol
    port: U16


class McpToolCallGuardianApprovalReviewAction(WireModel):
    """A call of an MCP tool."""

    type: Literal["mcpToolCall"] = "mcpToolCall"
    server: str
    tool_name: str
    connector_id: str | None = None
    connector_name: str | None = None
    tool_title: str | None = None


class RequestPermissionsGuardianApprovalReviewAction(WireModel):
    """A request for more permissions."""

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
    Field(discriminator="type"),
    Dated(new=("writeStdin",)),
]
"""What is under review."""


class ItemGuardianApprovalReviewCompletedNotification(WireModel):
    """`item/autoApprovalReview/completed`."""

    thread_id: str
    turn_id: str
    started_at_ms: I64
    """Unix milliseconds."""
    completed_at_ms: I64
    """Unix milliseconds."""
    review_id: str
    target_item_id: str | None = None
    """The item that waited; null when there is none."""
    decision_source: AutoReviewDecisionSource
    review: GuardianApprovalReview
    action: GuardianApprovalReviewAction


class ItemGuardianApprovalReviewStartedNotification(WireModel):
    """`item/autoApprovalReview/started`."""

    thread_id: str
    turn_id: str
    started_at_ms: I64
    """Unix milliseconds."""
    review_id: str
    target_item_id: str | None = None
    """The item that waits; null when there is none yet."""
    review: GuardianApprovalReview
    action: GuardianApprovalReviewAction


class ThreadApproveGuardianDeniedActionParams(WireModel):
    """`thread/approveGuardianDeniedAction`: the user overrules a refusal."""

    thread_id: str
    event: JsonValue
    """The refused review as it was received."""


class ThreadApproveGuardianDeniedActionResponse(WireModel):
    """Empty."""
