"""The items of a turn: what users, agents and tools said and did (threads-and-turns.md §2.5)."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.call_output import FunctionCallOutputBody
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
from protocol.wire import (
    I32,
    I64,
    U64,
    AbsolutePathText,
    Apart,
    AppPath,
    Dated,
    JsonValue,
    WireModel,
    no_items,
    omitted,
    omitted_if_empty,
)


class UserMessageThreadItem(WireModel):
    """Input of the user, as it was sent."""

    type: Literal["userMessage"] = "userMessage"
    id: str
    client_id: str | None = None
    """`clientUserMessageId` of the call that brought it."""
    content: list[UserInput]


class HookPromptThreadItem(WireModel):
    """Text of hooks for the model."""

    type: Literal["hookPrompt"] = "hookPrompt"
    id: str
    fragments: list[HookPromptFragment]


class AgentMessageThreadItem(WireModel):
    """Text of the agent."""

    type: Literal["agentMessage"] = "agentMessage"
    moderation: AgentMessageModeration | None = None
    id: str
    text: str
    phase: MessagePhase | None = None
    memory_citation: MemoryCitation | None = None
    delivery: AgentMessageDelivery | None = None
    questions: list[AsyncUserInputQuestion] | None = None


class FunctionCallOutputThreadItem(WireModel):
    """An answer to a tool call that a client brought in with its turn."""

    type: Literal["functionCallOutput"] = "functionCallOutput"
    id: str
    name: str
    namespace: str | None = None
    output: FunctionCallOutputBody


class PlanThreadItem(WireModel):
    """The plan that plan mode ends with."""

    type: Literal["plan"] = "plan"
    id: str
    text: str


class ReasoningThreadItem(WireModel):
    """What the model thought."""

    type: Literal["reasoning"] = "reasoning"
    id: str
    summary: list[str] = no_items()
    """What is meant for users, part by part."""
    content: list[str] = no_items()
    """The raw thoughts, where the provider shows them."""


class CommandExecutionThreadItem(WireModel):
    """A command."""

    type: Literal["commandExecution"] = "commandExecution"
    id: str
    plugin_id: str | None = None
    """The plugin whose script it is, where that is certain."""
    script_path: str | None = None
    """The script's path within the plugin."""
    command: str
    """argv joined as a shell would show it."""
    cwd: AppPath
    process_id: str | None = None
    """Of the session that can be written to; null when it has none."""
    source: CommandExecutionSource = "agent"
    status: CommandExecutionStatus
    command_actions: list[CommandAction]
    aggregated_output: str | None = None
    """stdout and stderr as they came; null when there was none."""
    exit_code: I32 | None = None
    duration_ms: I64 | None = None


class FileChangeThreadItem(WireModel):
    """Changes of files."""

    type: Literal["fileChange"] = "fileChange"
    id: str
    changes: list[FileUpdateChange]
    """By path."""
    status: PatchApplyStatus


class McpToolCallThreadItem(WireModel):
    """A call of an MCP tool."""

    type: Literal["mcpToolCall"] = "mcpToolCall"
    id: str
    server: str
    tool: str
    status: McpToolCallStatus
    arguments: JsonValue
    app_context: McpToolCallAppContext | None = None
    mcp_app_resource_uri: str | None = omitted()
    """The older form of `mcpAppUi.resourceUri`; left out when there is none."""
    mcp_app_ui: McpAppUi | None = None
    plugin_id: str | None = None
    read_only_hint: bool | None = None
    """What the tool says of itself."""
    result: McpToolCallResult | None = None
    error: McpToolCallError | None = None
    duration_ms: I64 | None = None


class DynamicToolCallThreadItem(WireModel):
    """A call of a tool that the client brought along."""

    type: Literal["dynamicToolCall"] = "dynamicToolCall"
    id: str
    namespace: str | None = None
    tool: str
    arguments: JsonValue
    status: DynamicToolCallStatus
    content_items: list[DynamicToolCallOutputContentItem] | None = None
    """What it answered; null while it runs."""
    success: bool | None = None
    duration_ms: I64 | None = None


class CollabAgentToolCallThreadItem(WireModel):
    """A call that concerns other agents."""

    type: Literal["collabAgentToolCall"] = "collabAgentToolCall"
    id: str
    tool: CollabAgentTool
    status: CollabAgentToolCallStatus
    sender_thread_id: str
    receiver_thread_ids: list[str]
    """Empty while an agent is being spawned."""
    prompt: str | None = None
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None
    agents_states: dict[str, CollabAgentState]
    """Thread id → state."""


class SubAgentActivityThreadItem(WireModel):
    """A sub-agent began, was spoken to, or ended."""

    type: Literal["subAgentActivity"] = "subAgentActivity"
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None
    id: str
    kind: SubAgentActivityKind
    agent_thread_id: str
    agent_path: str


class WebSearchThreadItem(WireModel):
    """A search by the provider."""

    type: Literal["webSearch"] = "webSearch"
    id: str
    query: str
    """Empty until it is known."""
    action: WebSearchAction | None = None
    results: list[JsonValue] | None = None


class ImageViewThreadItem(WireModel):
    """An image that the model looked at."""

    type: Literal["imageView"] = "imageView"
    id: str
    path: AppPath


class SleepThreadItem(WireModel):
    """A pause that the model asked for."""

    type: Literal["sleep"] = "sleep"
    id: str
    duration_ms: U64


class ImageGenerationThreadItem(WireModel):
    """An image that the model made."""

    type: Literal["imageGeneration"] = "imageGeneration"
    id: str
    status: str
    """The provider's word."""
    revised_prompt: str | None = None
    transparent_background: bool | None = omitted()
    failure: ImageGenerationFailure | None = None
    saved_path: AbsolutePathText | None = omitted()
    """Where it was saved; left out when it was not."""
    input_images: list[ImageGenerationInputImage] = omitted_if_empty()
    generation_id: str | None = None
    result: str
    """Base64."""


class EnteredReviewModeThreadItem(WireModel):
    """A review begins."""

    type: Literal["enteredReviewMode"] = "enteredReviewMode"
    id: str
    review: str
    """What is reviewed."""


class ExitedReviewModeThreadItem(WireModel):
    """A review ends."""

    type: Literal["exitedReviewMode"] = "exitedReviewMode"
    id: str
    review: str
    """What was found, as text."""


class ContextCompactionThreadItem(WireModel):
    """The history was replaced by a summary."""

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
    Field(discriminator="type"),
    Apart(),
    Dated(
        new=(
            "functionCallOutput",
            "sleep",
            "subAgentActivity",
        )
    ),
]
"""One item of a turn."""
