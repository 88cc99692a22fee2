"""item"""

from typing import Annotated, Literal

from protocol.input import UserInput
from protocol.item_calls import (
    CollabAgentState,
    CollabAgentTool,
    CollabAgentToolCallStatus,
    DynamicToolCallOutputContentItem,
    DynamicToolCallStatus,
    McpAppUi,
    McpToolCallAppContext,
    McpToolCallError,
    McpToolCallResult,
    McpToolCallStatus,
    SubAgentActivityKind,
    WebSearchAction,
)
from protocol.item_parts import (
    AgentMessageDelivery,
    AgentMessageModeration,
    AsyncUserInputQuestion,
    CommandAction,
    CommandExecutionSource,
    CommandExecutionStatus,
    FileUpdateChange,
    HookPromptFragment,
    ImageGenerationFailure,
    ImageGenerationInputImage,
    MemoryCitation,
    MessagePhase,
    PatchApplyStatus,
)
from protocol.mode import ReasoningEffort
from protocol.response_content import FunctionCallOutputBody
from protocol.wire import (
    I32,
    I64,
    U64,
    AbsolutePathText,
    AppPath,
    JsonValue,
    WireModel,
    by_tag,
    no_items,
    omitted,
    omitted_if_empty,
)


class UserMessageThreadItem(WireModel):
    """UserMessageThreadItem."""

    type: Literal["userMessage"] = "userMessage"
    id: str
    client_id: str | None = None
    content: list[UserInput]


class HookPromptThreadItem(WireModel):
    """HookPromptThreadItem."""

    type: Literal["hookPrompt"] = "hookPrompt"
    id: str
    fragments: list[HookPromptFragment]


class AgentMessageThreadItem(WireModel):
    """AgentMessageThreadItem."""

    type: Literal["agentMessage"] = "agentMessage"
    moderation: AgentMessageModeration | None = None
    id: str
    text: str
    phase: MessagePhase | None = None
    memory_citation: MemoryCitation | None = None
    delivery: AgentMessageDelivery | None = None
    questions: list[AsyncUserInputQuestion] | None = None


class FunctionCallOutputThreadItem(WireModel):
    """FunctionCallOutputThreadItem."""

    type: Literal["functionCallOutput"] = "functionCallOutput"
    id: str
    name: str
    namespace: str | None = None
    output: FunctionCallOutputBody


class PlanThreadItem(WireModel):
    """PlanThreadItem."""

    type: Literal["plan"] = "plan"
    id: str
    text: str


class ReasoningThreadItem(WireModel):
    """ReasoningThreadItem."""

    type: Literal["reasoning"] = "reasoning"
    id: str
    summary: list[str] = no_items()
    content: list[str] = no_items()


class CommandExecutionThreadItem(WireModel):
    """CommandExecutionThreadItem."""

    type: Literal["commandExecution"] = "commandExecution"
    id: str
    plugin_id: str | None = None
    script_path: str | None = None
    command: str
    cwd: AppPath
    process_id: str | None = None
    source: CommandExecutionSource = "agent"
    status: CommandExecutionStatus
    command_actions: list[CommandAction]
    aggregated_output: str | None = None
    exit_code: I32 | None = None
    duration_ms: I64 | None = None


class FileChangeThreadItem(WireModel):
    """FileChangeThreadItem."""

    type: Literal["fileChange"] = "fileChange"
    id: str
    changes: list[FileUpdateChange]
    status: PatchApplyStatus


class McpToolCallThreadItem(WireModel):
    """McpToolCallThreadItem."""

    type: Literal["mcpToolCall"] = "mcpToolCall"
    id: str
    server: str
    tool: str
    status: McpToolCallStatus
    arguments: JsonValue
    app_context: McpToolCallAppContext | None = None
    mcp_app_resource_uri: str | None = omitted()
    mcp_app_ui: McpAppUi | None = None
    plugin_id: str | None = None
    read_only_hint: bool | None = None
    result: McpToolCallResult | None = None
    error: McpToolCallError | None = None
    duration_ms: I64 | None = None


class DynamicToolCallThreadItem(WireModel):
    """DynamicToolCallThreadItem."""

    type: Literal["dynamicToolCall"] = "dynamicToolCall"
    id: str
    namespace: str | None = None
    tool: str
    arguments: JsonValue
    status: DynamicToolCallStatus
    content_items: list[DynamicToolCallOutputContentItem] | None = None
    success: bool | None = None
    duration_ms: I64 | None = None


class CollabAgentToolCallThreadItem(WireModel):
    """CollabAgentToolCallThreadItem."""

    type: Literal["collabAgentToolCall"] = "collabAgentToolCall"
    id: str
    tool: CollabAgentTool
    status: CollabAgentToolCallStatus
    sender_thread_id: str
    receiver_thread_ids: list[str]
    prompt: str | None = None
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None
    agents_states: dict[str, CollabAgentState]


class SubAgentActivityThreadItem(WireModel):
    """SubAgentActivityThreadItem."""

    type: Literal["subAgentActivity"] = "subAgentActivity"
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None
    id: str
    kind: SubAgentActivityKind
    agent_thread_id: str
    agent_path: str


class WebSearchThreadItem(WireModel):
    """WebSearchThreadItem."""

    type: Literal["webSearch"] = "webSearch"
    id: str
    query: str
    action: WebSearchAction | None = None
    results: list[JsonValue] | None = None


class ImageViewThreadItem(WireModel):
    """ImageViewThreadItem."""

    type: Literal["imageView"] = "imageView"
    id: str
    path: AppPath


class SleepThreadItem(WireModel):
    """SleepThreadItem."""

    type: Literal["sleep"] = "sleep"
    id: str
    duration_ms: U64


class ImageGenerationThreadItem(WireModel):
    """ImageGenerationThreadItem."""

    type: Literal["imageGeneration"] = "imageGeneration"
    id: str
    status: str
    revised_prompt: str | None = None
    transparent_background: bool | None = omitted()
    failure: ImageGenerationFailure | None = None
    saved_path: AbsolutePathText | None = omitted()
    input_images: list[ImageGenerationInputImage] = omitted_if_empty()
    generation_id: str | None = None
    result: str


class EnteredReviewModeThreadItem(WireModel):
    """EnteredReviewModeThreadItem."""

    type: Literal["enteredReviewMode"] = "enteredReviewMode"
    id: str
    review: str


class ExitedReviewModeThreadItem(WireModel):
    """ExitedReviewModeThreadItem."""

    type: Literal["exitedReviewMode"] = "exitedReviewMode"
    id: str
    review: str


class ContextCompactionThreadItem(WireModel):
    """ContextCompactionThreadItem."""

    type: Literal["contextCompaction"] = "contextCompaction"
    id: str


ThreadItem = Annotated[
    UserMessageThreadItem
    | HookPromptThreadItem
    | AgentMessageThreadItem
    | FunctionCallOutputThreadItem
    | PlanThreadItem
    | ReasoningThreadItem
    | CommandExecutionThreadItem
    | FileChangeThreadItem
    | McpToolCallThreadItem
    | DynamicToolCallThreadItem
    | CollabAgentToolCallThreadItem
    | SubAgentActivityThreadItem
    | WebSearchThreadItem
    | ImageViewThreadItem
    | SleepThreadItem
    | ImageGenerationThreadItem
    | EnteredReviewModeThreadItem
    | ExitedReviewModeThreadItem
    | ContextCompactionThreadItem,
    by_tag("type"),
]
