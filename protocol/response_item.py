"""response_item"""

from typing import Annotated, Literal

from protocol.item_parts import MessagePhase
from protocol.response_content import (
    AgentMessageInputContent,
    ConfigurationReasoning,
    ContentItem,
    FunctionCallOutputBody,
    InternalChatMessageMetadataPassthrough,
    LocalShellAction,
    LocalShellStatus,
    ReasoningItemContent,
    ReasoningItemReasoningSummary,
    ResponsesApiWebSearchAction,
)
from protocol.wire import JsonValue, VerbatimModel, WireModel, by_tag, omitted


class AdditionalToolsResponseItem(WireModel):
    """AdditionalToolsResponseItem."""

    type: Literal["additional_tools"] = "additional_tools"
    id: str | None = omitted()
    role: str
    tools: list[JsonValue]


class MessageResponseItem(VerbatimModel):
    """MessageResponseItem."""

    type: Literal["message"] = "message"
    encrypted_content: str | None = omitted()
    status: str | None = omitted()
    id: str | None = omitted()
    role: str
    content: list[ContentItem]
    phase: MessagePhase | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class AgentMessageResponseItem(VerbatimModel):
    """AgentMessageResponseItem."""

    type: Literal["agent_message"] = "agent_message"
    id: str | None = omitted()
    author: str
    recipient: str
    content: list[AgentMessageInputContent]
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ReasoningResponseItem(VerbatimModel):
    """ReasoningResponseItem."""

    type: Literal["reasoning"] = "reasoning"
    id: str | None = omitted()
    summary: list[ReasoningItemReasoningSummary]
    content: list[ReasoningItemContent] | None = omitted()
    encrypted_content: str | None = None
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class LocalShellCallResponseItem(VerbatimModel):
    """LocalShellCallResponseItem."""

    type: Literal["local_shell_call"] = "local_shell_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    call_id: str | None = None
    status: LocalShellStatus
    action: LocalShellAction
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class FunctionCallResponseItem(VerbatimModel):
    """FunctionCallResponseItem."""

    type: Literal["function_call"] = "function_call"
    encrypted_content: str | None = omitted()
    status: str | None = omitted()
    id: str | None = omitted()
    name: str
    namespace: str | None = omitted()
    arguments: str
    encrypted_function_args: list[str] | None = omitted()
    call_id: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ToolSearchCallResponseItem(VerbatimModel):
    """ToolSearchCallResponseItem."""

    type: Literal["tool_search_call"] = "tool_search_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    call_id: str | None = None
    status: str | None = omitted()
    execution: str
    arguments: JsonValue
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class FunctionCallOutputResponseItem(VerbatimModel):
    """FunctionCallOutputResponseItem."""

    type: Literal["function_call_output"] = "function_call_output"
    id: str | None = omitted()
    call_id: str | None = omitted()
    name: str | None = omitted()
    namespace: str | None = omitted()
    output: FunctionCallOutputBody
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class CustomToolCallResponseItem(VerbatimModel):
    """CustomToolCallResponseItem."""

    type: Literal["custom_tool_call"] = "custom_tool_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    status: str | None = omitted()
    call_id: str
    name: str
    namespace: str | None = omitted()
    input: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class CustomToolCallOutputResponseItem(VerbatimModel):
    """CustomToolCallOutputResponseItem."""

    type: Literal["custom_tool_call_output"] = "custom_tool_call_output"
    id: str | None = omitted()
    call_id: str
    name: str | None = omitted()
    output: FunctionCallOutputBody
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ToolSearchOutputResponseItem(VerbatimModel):
    """ToolSearchOutputResponseItem."""

    type: Literal["tool_search_output"] = "tool_search_output"
    id: str | None = omitted()
    call_id: str | None = None
    status: str
    execution: str
    tools: list[JsonValue]
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class WebSearchCallResponseItem(VerbatimModel):
    """WebSearchCallResponseItem."""

    type: Literal["web_search_call"] = "web_search_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    status: str | None = omitted()
    action: ResponsesApiWebSearchAction | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ImageGenerationCallResponseItem(VerbatimModel):
    """ImageGenerationCallResponseItem."""

    type: Literal["image_generation_call"] = "image_generation_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    status: str
    revised_prompt: str | None = omitted()
    result: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class CompactionResponseItem(VerbatimModel):
    """CompactionResponseItem."""

    type: Literal["compaction"] = "compaction"
    id: str | None = omitted()
    encrypted_content: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ConfigurationUpdateResponseItem(WireModel):
    """ConfigurationUpdateResponseItem."""

    type: Literal["configuration_update"] = "configuration_update"
    reasoning: ConfigurationReasoning


class CompactionTriggerResponseItem(WireModel):
    """CompactionTriggerResponseItem."""

    type: Literal["compaction_trigger"] = "compaction_trigger"


class ContextCompactionResponseItem(VerbatimModel):
    """ContextCompactionResponseItem."""

    type: Literal["context_compaction"] = "context_compaction"
    id: str | None = omitted()
    encrypted_content: str | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class OtherResponseItem(WireModel):
    """OtherResponseItem."""

    type: Literal["other"] = "other"


ResponseItem = Annotated[
    AdditionalToolsResponseItem
    | MessageResponseItem
    | AgentMessageResponseItem
    | ReasoningResponseItem
    | LocalShellCallResponseItem
    | FunctionCallResponseItem
    | ToolSearchCallResponseItem
    | FunctionCallOutputResponseItem
    | CustomToolCallResponseItem
    | CustomToolCallOutputResponseItem
    | ToolSearchOutputResponseItem
    | WebSearchCallResponseItem
    | ImageGenerationCallResponseItem
    | CompactionResponseItem
    | ConfigurationUpdateResponseItem
    | CompactionTriggerResponseItem
    | ContextCompactionResponseItem
    | OtherResponseItem,
    by_tag("type"),
]
