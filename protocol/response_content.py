"""What the items of the Responses API are made of. Keys are the provider's."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.input import ImageDetail
from protocol.mode import ReasoningEffort
from protocol.wire import U64, JsonValue, VerbatimModel, WireModel, omitted


class InputTextAgentMessageInputContent(WireModel):
    """Text."""

    type: Literal["input_text"] = "input_text"
    text: str


class EncryptedContentAgentMessageInputContent(VerbatimModel):
    """Something that only the provider can read."""

    type: Literal["encrypted_content"] = "encrypted_content"
    encrypted_content: str


AgentMessageInputContent = Annotated[
    InputTextAgentMessageInputContent | EncryptedContentAgentMessageInputContent,
    Field(discriminator="type"),
]
"""One piece of a message between agents."""


class ConfigurationReasoning(WireModel):
    """The effort from here on."""

    effort: ReasoningEffort


class InputTextContentItem(WireModel):
    """Text for the model."""

    type: Literal["input_text"] = "input_text"
    text: str


class InputImageContentItem(VerbatimModel):
    """An image for the model, by address or id."""

    type: Literal["input_image"] = "input_image"
    detail: ImageDetail | None = omitted()
    image_url: str | None = omitted()
    file_id: str | None = omitted()


class InputAudioContentItem(VerbatimModel):
    """Sound for the model, by address or id."""

    type: Literal["input_audio"] = "input_audio"
    audio_url: str | None = omitted()
    file_id: str | None = omitted()


class OutputTextContentItem(WireModel):
    """Text of the model."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[JsonValue] | None = omitted()
    logprobs: list[JsonValue] | None = omitted()


ContentItem = Annotated[
    InputTextContentItem | InputImageContentItem | InputAudioContentItem | OutputTextContentItem,
    Field(discriminator="type"),
]
"""One piece of a message."""


class InternalChatMessageMetadataPassthrough(VerbatimModel):
    """The provider's own notes, given back unchanged."""

    turn_id: str | None = omitted()


class ExecLocalShellAction(VerbatimModel):
    """A command."""

    type: Literal["exec"] = "exec"
    command: list[str]
    timeout_ms: U64 | None = None
    working_directory: str | None = None
    env: dict[str, str] | None = None
    user: str | None = None


LocalShellAction = ExecLocalShellAction
"""What the provider's shell tool wants done."""


LocalShellStatus = Literal["completed", "in_progress", "incomplete"]
"""How far it is."""


class ReasoningTextReasoningItemContent(WireModel):
    """Raw thoughts."""

    type: Literal["reasoning_text"] = "reasoning_text"
    text: str


class TextReasoningItemContent(WireModel):
    """Raw thoughts under an older name."""

    type: Literal["text"] = "text"
    text: str


ReasoningItemContent = Annotated[
    ReasoningTextReasoningItemContent | TextReasoningItemContent,
    Field(discriminator="type"),
]
"""One piece of raw thoughts."""


class SummaryTextReasoningItemReasoningSummary(WireModel):
    """One part of the summary."""

    type: Literal["summary_text"] = "summary_text"
    text: str


ReasoningItemReasoningSummary = SummaryTextReasoningItemReasoningSummary
"""One part of the summary of thoughts."""


class FindInPageResponsesApiWebSearchAction(WireModel):
    """A page was searched."""

    type: Literal["find_in_page"] = "find_in_page"
    pattern: str | None = omitted()
    url: str | None = omitted()


class OpenPageResponsesApiWebSearchAction(WireModel):
    """A page was opened."""

    type: Literal["open_page"] = "open_page"
    url: str | None = omitted()


class OtherResponsesApiWebSearchAction(WireModel):
    """Anything else."""

    type: Literal["other"] = "other"


class SearchResponsesApiWebSearchAction(WireModel):
    """A search."""

    type: Literal["search"] = "search"
    queries: list[str] | None = omitted()
    query: str | None = omitted()


ResponsesApiWebSearchAction = Annotated[
    FindInPageResponsesApiWebSearchAction
    | OpenPageResponsesApiWebSearchAction
    | OtherResponsesApiWebSearchAction
    | SearchResponsesApiWebSearchAction,
    Field(discriminator="type"),
]
"""What the provider's search tool did, in its own spelling."""
