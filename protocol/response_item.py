"""The items of the Responses API, as history holds them and requests carry them."""

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from protocol.call_output import FunctionCallOutputBody
from protocol.item_parts import MessagePhase
from protocol.response_content import (
    AgentMessageInputContent,
    ConfigurationReasoning,
    ContentItem,
    InternalChatMessageMetadataPassthrough,
    LocalShellAction,
    LocalShellStatus,
    ReasoningItemContent,
    ReasoningItemReasoningSummary,
    ResponsesApiWebSearchAction,
)
from protocol.wire import JsonValue, VerbatimModel, WireModel, omitted


class AdditionalToolsResponseItem(WireModel):
    """Tools that become available from here on."""

    type: Literal["additional_tools"] = "additional_tools"
    id: str | None = omitted()
    role: str
    tools: list[JsonValue]


class MessageResponseItem(VerbatimModel):
    """A message of the user, the developer, or the model."""

    type: Literal["message"] = "message"
    encrypted_content: str | None = omitted()
    status: str | None = omitted()
    id: str | None = omitted()
    role: str
    content: list[ContentItem]
    phase: MessagePhase | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class AgentMessageResponseItem(VerbatimModel):
    """A message between agents."""

    type: Literal["agent_message"] = "agent_message"
    id: str | None = omitted()
    author: str
    recipient: str
    content: list[AgentMessageInputContent]
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ReasoningResponseItem(VerbatimModel):
    """Thoughts."""

    type: Literal["reasoning"] = "reasoning"
    id: str | None = omitted()
    summary: list[ReasoningItemReasoningSummary]
    content: list[ReasoningItemContent] | None = omitted()
    encrypted_content: str | None = None
    """For the provider alone; given back so that it can go on."""
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class LocalShellCallResponseItem(VerbatimModel):
    """A call of the provider's shell tool."""

    type: Literal["local_shell_call"] = "local_shell_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    call_id: str | None = None
    status: LocalShellStatus
    action: LocalShellAction
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class FunctionCallResponseItem(VerbatimModel):
    """A call of a function."""

    type: Literal["function_call"] = "function_call"
    encrypted_content: str | None = omitted()
    status: str | None = omitted()
    id: str | None = omitted()
    name: str
    namespace: str | None = omitted()
    arguments: str
    """JSON as text."""
    encrypted_function_args: list[str] | None = omitted()
    call_id: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ToolSearchCallResponseItem(VerbatimModel):
    """A search for tools."""

    type: Literal["tool_search_call"] = "tool_search_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    call_id: str | None = None
    status: str | None = omitted()
    execution: str
    arguments: JsonValue
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class FunctionCallOutputResponseItem(VerbatimModel):
    """The answer to a call."""

    type: Literal["function_call_output"] = "function_call_output"
    id: str | None = omitted()
    call_id: str | None = omitted()
    name: str | None = omitted()
    namespace: str | None = omitted()
    output: FunctionCallOutputBody
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class CustomToolCallResponseItem(VerbatimModel):
    """A call of a tool that takes plain text."""

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
    """The answer to such a call."""

    type: Literal["custom_tool_call_output"] = "custom_tool_call_output"
    id: str | None = omitted()
    call_id: str
    name: str | None = omitted()
    output: FunctionCallOutputBody
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ToolSearchOutputResponseItem(VerbatimModel):
    """The tools that were found."""

    type: Literal["tool_search_output"] = "tool_search_output"
    id: str | None = omitted()
    call_id: str | None = None
    status: str
    execution: str
    tools: list[JsonValue]
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class WebSearchCallResponseItem(VerbatimModel):
    """A search by the provider."""

    type: Literal["web_search_call"] = "web_search_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    status: str | None = omitted()
    action: ResponsesApiWebSearchAction | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ImageGenerationCallResponseItem(VerbatimModel):
    """An image by the provider."""

    type: Literal["image_generation_call"] = "image_generation_call"
    encrypted_content: str | None = omitted()
    id: str | None = omitted()
    status: str
    revised_prompt: str | None = omitted()
    result: str
    """Base64."""
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class CompactionResponseItem(VerbatimModel):
    """A summary that only the provider can read."""

    type: Literal["compaction"] = "compaction"
    id: str | None = omitted()
    encrypted_content: str
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class ConfigurationUpdateResponseItem(WireModel):
    """A change of settings within the history."""

    type: Literal["configuration_update"] = "configuration_update"
    reasoning: ConfigurationReasoning


class CompactionTriggerResponseItem(WireModel):
    """Asks the provider to compact here."""

    type: Literal["compaction_trigger"] = "compaction_trigger"


class ContextCompactionResponseItem(VerbatimModel):
    """The mark of a compaction."""

    type: Literal["context_compaction"] = "context_compaction"
    id: str | None = omitted()
    encrypted_content: str | None = omitted()
    internal_chat_message_metadata_passthrough: InternalChatMessageMetadataPassthrough | None = omitted()


class OtherResponseItem(WireModel):
    """An item of a kind that we do not know."""

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
    Field(discriminator="type"),
]
"""One item of a model's input or output."""

RESPONSE_ITEM_TYPES: Final = frozenset(
    model.model_fields["type"].default for model in get_args(get_args(ResponseItem)[0])
)
"""The types of items that we know."""
