"""response_content"""

from typing import Annotated, Literal

from protocol.input import ImageDetail
from protocol.mode import ReasoningEffort
from protocol.wire import U64, JsonValue, VerbatimModel, WireModel, by_tag, omitted


class InputTextAgentMessageInputContent(WireModel):
    """InputTextAgentMessageInputContent."""

    type: Literal["input_text"] = "input_text"
    text: str


class EncryptedContentAgentMessageInputContent(VerbatimModel):
    """EncryptedContentAgentMessageInputContent."""

    type: Literal["encrypted_content"] = "encrypted_content"
    encrypted_content: str


AgentMessageInputContent = Annotated[
    InputTextAgentMessageInputContent | EncryptedContentAgentMessageInputContent,
    by_tag("type"),
]


class ConfigurationReasoning(WireModel):
    """ConfigurationReasoning."""

    effort: ReasoningEffort


class InputTextContentItem(WireModel):
    """InputTextContentItem."""

    type: Literal["input_text"] = "input_text"
    text: str


class InputImageContentItem(VerbatimModel):
    """InputImageContentItem."""

    type: Literal["input_image"] = "input_image"
    detail: ImageDetail | None = omitted()
    image_url: str | None = omitted()
    file_id: str | None = omitted()


class InputAudioContentItem(VerbatimModel):
    """InputAudioContentItem."""

    type: Literal["input_audio"] = "input_audio"
    audio_url: str | None = omitted()
    file_id: str | None = omitted()


class OutputTextContentItem(WireModel):
    """OutputTextContentItem."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[JsonValue] | None = omitted()
    logprobs: list[JsonValue] | None = omitted()


ContentItem = Annotated[
    InputTextContentItem | InputImageContentItem | InputAudioContentItem | OutputTextContentItem,
    by_tag("type"),
]


class InputTextFunctionCallOutputContentItem(WireModel):
    """InputTextFunctionCallOutputContentItem."""

    type: Literal["input_text"] = "input_text"
    text: str


class InputImageFunctionCallOutputContentItem(VerbatimModel):
    """InputImageFunctionCallOutputContentItem."""

    type: Literal["input_image"] = "input_image"
    detail: ImageDetail | None = omitted()
    image_url: str | None = omitted()
    file_id: str | None = omitted()


class InputAudioFunctionCallOutputContentItem(VerbatimModel):
    """InputAudioFunctionCallOutputContentItem."""

    type: Literal["input_audio"] = "input_audio"
    audio_url: str | None = omitted()
    file_id: str | None = omitted()


class EncryptedContentFunctionCallOutputContentItem(VerbatimModel):
    """EncryptedContentFunctionCallOutputContentItem."""

    type: Literal["encrypted_content"] = "encrypted_content"
    encrypted_content: str


FunctionCallOutputContentItem = Annotated[
    InputTextFunctionCallOutputContentItem
    | InputImageFunctionCallOutputContentItem
    | InputAudioFunctionCallOutputContentItem
    | EncryptedContentFunctionCallOutputContentItem,
    by_tag("type"),
]


FunctionCallOutputBody = str | list[FunctionCallOutputContentItem]


class InternalChatMessageMetadataPassthrough(VerbatimModel):
    """InternalChatMessageMetadataPassthrough."""

    turn_id: str | None = omitted()


class ExecLocalShellAction(VerbatimModel):
    """ExecLocalShellAction."""

    type: Literal["exec"] = "exec"
    command: list[str]
    timeout_ms: U64 | None = None
    working_directory: str | None = None
    env: dict[str, str] | None = None
    user: str | None = None


LocalShellAction = ExecLocalShellAction


LocalShellStatus = Literal["completed", "in_progress", "incomplete"]


class ReasoningTextReasoningItemContent(WireModel):
    """ReasoningTextReasoningItemContent."""

    type: Literal["reasoning_text"] = "reasoning_text"
    text: str


class TextReasoningItemContent(WireModel):
    """TextReasoningItemContent."""

    type: Literal["text"] = "text"
    text: str


ReasoningItemContent = Annotated[
    ReasoningTextReasoningItemContent | TextReasoningItemContent,
    by_tag("type"),
]


class SummaryTextReasoningItemReasoningSummary(WireModel):
    """SummaryTextReasoningItemReasoningSummary."""

    type: Literal["summary_text"] = "summary_text"
    text: str


ReasoningItemReasoningSummary = SummaryTextReasoningItemReasoningSummary


class FindInPageResponsesApiWebSearchAction(WireModel):
    """FindInPageResponsesApiWebSearchAction."""

    type: Literal["find_in_page"] = "find_in_page"
    pattern: str | None = None
    url: str | None = None


class OpenPageResponsesApiWebSearchAction(WireModel):
    """OpenPageResponsesApiWebSearchAction."""

    type: Literal["open_page"] = "open_page"
    url: str | None = None


class OtherResponsesApiWebSearchAction(WireModel):
    """OtherResponsesApiWebSearchAction."""

    type: Literal["other"] = "other"


class SearchResponsesApiWebSearchAction(WireModel):
    """SearchResponsesApiWebSearchAction."""

    type: Literal["search"] = "search"
    queries: list[str] | None = None
    query: str | None = None


ResponsesApiWebSearchAction = Annotated[
    FindInPageResponsesApiWebSearchAction
    | OpenPageResponsesApiWebSearchAction
    | OtherResponsesApiWebSearchAction
    | SearchResponsesApiWebSearchAction,
    by_tag("type"),
]
