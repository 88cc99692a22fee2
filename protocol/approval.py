"""Questions to the user during a turn, and their answers (connection.md §7)."""

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
"""Why new tokens are needed."""


class ChatgptAuthTokensRefreshParams(WireModel):
    """`account/chatgptAuthTokens/refresh`: the client owns the login and is to renew it."""

    reason: ChatgptAuthTokensRefreshReason
    previous_account_id: str | None = omitted()
    """The workspace that was in use."""


class ChatgptAuthTokensRefreshResponse(WireModel):
    """The renewed login."""

    access_token: str
    chatgpt_account_id: str
    chatgpt_plan_type: str | None = None


class ExecpolicyAmendmentChoice(Part):
    """The prefix of argv that shall be allowed from now on."""

    execpolicy_amendment: Annotated[list[str], spelled("execpolicy_amendment")]


class AcceptWithExecpolicyAmendmentCommandExecutionApprovalDecision(OneKey):
    """Run it, and add a rule that lets commands with this prefix run without asking."""

    accept_with_execpolicy_amendment: ExecpolicyAmendmentChoice


class NetworkPolicyAmendmentChoice(Part):
    """The host, and whether it shall be allowed or refused from now on."""

    network_policy_amendment: Annotated[NetworkPolicyAmendment, spelled("network_policy_amendment")]


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
"""What is to be approved: a command of the model, one of a person, or input for one."""


class CommandExecutionRequestApprovalParams(WireModel):
    """`item/commandExecution/requestApproval`: may this command run?"""

    kind: CommandExecutionApprovalKind = "command"
    thread_id: str
    turn_id: str
    item_id: str
    started_at_ms: I64
    """Unix milliseconds, of the question."""
    approval_id: str | None = omitted()
    """Set when one item asks more than once."""
    environment_id: str | None = None
    """Where it would run; null: the default environment."""
    reason: str | None = omitted()
    """In the model's words."""
    network_approval_context: NetworkApprovalContext | None = omitted()
    """Set when the network is what needs a word; `command` may then be left out."""
    command: str | None = omitted()
    """As a shell would show it."""
    cwd: AppPath | None = omitted()
    command_actions: list[CommandAction] | None = omitted()
    """What the command seems to do, for display."""
    additional_permissions: Experimental[AdditionalPermissionProfile | None] = omitted()
    """Removed for clients without `experimentalApi`."""
    proposed_execpolicy_amendment: list[str] | None = omitted()
    """A prefix of argv that could be allowed for good."""
    proposed_network_policy_amendments: list[NetworkPolicyAmendment] | None = omitted()
    available_decisions: Experimental[list[CommandExecutionApprovalDecision] | None] = omitted()
    """What the client should offer, in this order."""


class CommandExecutionRequestApprovalResponse(WireModel):
    """The user's word on a command."""

    decision: CommandExecutionApprovalDecision


class DynamicToolCallParams(WireModel):
    """`item/tool/call`: a tool that the client brought along is to run."""

    thread_id: str
    turn_id: str
    call_id: str
    namespace: str | None = None
    tool: str
    arguments: JsonValue
    """As the model gave them; nothing has checked them."""


class DynamicToolCallResponse(WireModel):
    """What the tool answers to the model."""

    content_items: list[DynamicToolCallOutputContentItem]
    success: bool


FileChangeApprovalDecision = Literal["accept", "acceptForSession", "decline", "cancel"]
"""What the user says to a change. `cancel` also ends the turn."""


class FileChangeRequestApprovalParams(WireModel):
    """`item/fileChange/requestApproval`: may these files change? The item has the changes."""

    thread_id: str
    turn_id: str
    item_id: str
    started_at_ms: I64
    """Unix milliseconds, of the question."""
    reason: str | None = omitted()
    grant_root: str | None = omitted()
    """A folder that would be writable for the rest of the session."""


class FileChangeRequestApprovalResponse(WireModel):
    """The user's word on a change."""

    decision: FileChangeApprovalDecision


class PermissionsRequestApprovalParams(WireModel):
    """`item/permissions/requestApproval`: the model asks for more permissions."""

    thread_id: str
    turn_id: str
    item_id: str
    environment_id: str | None = None
    started_at_ms: I64
    """Unix milliseconds, of the question."""
    cwd: AppPath
    reason: str | None = None
    permissions: RequestPermissionProfile


class PermissionsRequestApprovalResponse(WireModel):
    """What is granted."""

    permissions: GrantedPermissionProfile
    scope: PermissionGrantScope = "turn"
    strict_auto_review: bool | None = None
    """True: the reviewer looks at every command that uses the grant."""


class ServerRequestResolvedNotification(WireModel):
    """`serverRequest/resolved`: a question no longer waits for an answer, whoever gave it."""

    thread_id: str
    request_id: RequestId


class ToolRequestUserInputAnswer(WireModel):
    """The answers to one question."""

    answers: list[str]


class ToolRequestUserInputOption(WireModel):
    """One prepared answer."""

    label: str
    description: str


class ToolRequestUserInputQuestion(WireModel):
    """One question with its prepared answers."""

    id: str
    """The key of the answer."""
    header: str
    """A few words."""
    question: str
    is_other: bool = False
    """An answer in the user's own words may be given too."""
    is_secret: bool = False
    """What is typed must not be shown."""
    options: list[ToolRequestUserInputOption] | None = None


class ToolRequestUserInputParams(WireModel):
    """`item/tool/requestUserInput`: the model asks the user."""

    thread_id: str
    turn_id: str
    item_id: str
    questions: list[ToolRequestUserInputQuestion]
    is_blocking: bool
    """False: the turn goes on meanwhile."""
    auto_resolution_ms: U64 | None = None
    """After so many milliseconds the client may answer by itself."""


class ToolRequestUserInputResponse(WireModel):
    """Question id → its answers."""

    answers: dict[str, ToolRequestUserInputAnswer]
