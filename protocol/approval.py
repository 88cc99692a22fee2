"""approval"""

from typing import Annotated, Literal

from protocol.item_calls import DynamicToolCallOutputContentItem
from protocol.item_parts import CommandAction
from protocol.jsonrpc import RequestId
from protocol.permissions import (
    AdditionalPermissionProfile,
    GrantedPermissionProfile,
    NetworkApprovalContext,
    NetworkPolicyAmendment,
    PermissionGrantScope,
    RequestPermissionProfile,
)
from protocol.wire import (
    I64,
    U64,
    AppPath,
    Experimental,
    JsonValue,
    OneKey,
    Part,
    Variants,
    WireModel,
    omitted,
    spelled,
)

ChatgptAuthTokensRefreshReason = Literal["unauthorized"]


class ChatgptAuthTokensRefreshParams(WireModel):
    """ChatgptAuthTokensRefreshParams."""

    reason: ChatgptAuthTokensRefreshReason
    previous_account_id: str | None = omitted()


class ChatgptAuthTokensRefreshResponse(WireModel):
    """ChatgptAuthTokensRefreshResponse."""

    access_token: str
    chatgpt_account_id: str
    chatgpt_plan_type: str | None = None


class ExecpolicyAmendmentChoice(Part):
    """The prefix of argv that shall be allowed from now on."""

    execpolicy_amendment: list[str] = spelled("execpolicy_amendment")


class AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision(OneKey):
    """Run it, and add a rule that lets commands with this prefix run without asking."""

    accept_with_execpolicy_amendment: ExecpolicyAmendmentChoice


class NetworkPolicyAmendmentChoice(Part):
    """The host, and whether it shall be allowed or refused from now on."""

    network_policy_amendment: NetworkPolicyAmendment = spelled("network_policy_amendment")


class ApplyNetworkPolicyAmendmentCommandExecutionApprovalDecision(OneKey):
    """Keep a rule for the host that was asked about."""

    apply_network_policy_amendment: NetworkPolicyAmendmentChoice


CommandExecutionApprovalDecision = Annotated[
    Literal["accept", "acceptForSession", "decline", "cancel"]
    | AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision
    | ApplyNetworkPolicyAmendmentCommandExecutionApprovalDecision,
    Variants(
        "CommandExecutionApprovalDecision",
        "accept",
        "acceptForSession",
        "acceptWithExecpolicyAmendment",
        "applyNetworkPolicyAmendment",
        "decline",
        "cancel",
    ),
]
"""What the user says to a command. `decline`: do not run it, go on; `cancel`: do not run it, end the turn."""


CommandExecutionApprovalKind = Literal["command", "humanCommand", "writeStdin"]


class CommandExecutionRequestApprovalParams(WireModel):
    """CommandExecutionRequestApprovalParams."""

    kind: CommandExecutionApprovalKind = "command"
    thread_id: str
    turn_id: str
    item_id: str
    started_at_ms: I64
    approval_id: str | None = omitted()
    environment_id: str | None = None
    reason: str | None = omitted()
    network_approval_context: NetworkApprovalContext | None = omitted()
    command: str | None = omitted()
    cwd: AppPath | None = omitted()
    command_actions: list[CommandAction] | None = omitted()
    additional_permissions: Experimental[AdditionalPermissionProfile | None] = omitted()
    proposed_execpolicy_amendment: list[str] | None = omitted()
    proposed_network_policy_amendments: list[NetworkPolicyAmendment] | None = omitted()
    available_decisions: Experimental[list[CommandExecutionApprovalDecision] | None] = omitted()


class CommandExecutionRequestApprovalResponse(WireModel):
    """CommandExecutionRequestApprovalResponse."""

    decision: CommandExecutionApprovalDecision


class DynamicToolCallParams(WireModel):
    """DynamicToolCallParams."""

    thread_id: str
    turn_id: str
    call_id: str
    namespace: str | None = None
    tool: str
    arguments: JsonValue


class DynamicToolCallResponse(WireModel):
    """DynamicToolCallResponse."""

    content_items: list[DynamicToolCallOutputContentItem]
    success: bool


FileChangeApprovalDecision = Literal["accept", "acceptForSession", "decline", "cancel"]


class FileChangeRequestApprovalParams(WireModel):
    """FileChangeRequestApprovalParams."""

    thread_id: str
    turn_id: str
    item_id: str
    started_at_ms: I64
    reason: str | None = omitted()
    grant_root: str | None = omitted()


class FileChangeRequestApprovalResponse(WireModel):
    """FileChangeRequestApprovalResponse."""

    decision: FileChangeApprovalDecision


class PermissionsRequestApprovalParams(WireModel):
    """PermissionsRequestApprovalParams."""

    thread_id: str
    turn_id: str
    item_id: str
    environment_id: str | None = None
    started_at_ms: I64
    cwd: AppPath
    reason: str | None = None
    permissions: RequestPermissionProfile


class PermissionsRequestApprovalResponse(WireModel):
    """PermissionsRequestApprovalResponse."""

    permissions: GrantedPermissionProfile
    scope: PermissionGrantScope = "turn"
    strict_auto_review: bool | None = None


class ServerRequestResolvedNotification(WireModel):
    """ServerRequestResolvedNotification."""

    thread_id: str
    request_id: RequestId


class ToolRequestUserInputAnswer(WireModel):
    """ToolRequestUserInputAnswer."""

    answers: list[str]


class ToolRequestUserInputOption(WireModel):
    """ToolRequestUserInputOption."""

    label: str
    description: str


class ToolRequestUserInputQuestion(WireModel):
    """ToolRequestUserInputQuestion."""

    id: str
    header: str
    question: str
    is_other: bool = False
    is_secret: bool = False
    options: list[ToolRequestUserInputOption] | None = None


class ToolRequestUserInputParams(WireModel):
    """ToolRequestUserInputParams."""

    thread_id: str
    turn_id: str
    item_id: str
    questions: list[ToolRequestUserInputQuestion]
    is_blocking: bool
    auto_resolution_ms: U64 | None = None


class ToolRequestUserInputResponse(WireModel):
    """ToolRequestUserInputResponse."""

    answers: dict[str, ToolRequestUserInputAnswer]
