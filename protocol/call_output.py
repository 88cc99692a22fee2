"""What a tool call gave, as the Responses API has it. Keys are the provider's."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.input import ImageDetail
from protocol.wire import VerbatimModel, WireModel, omitted


class InputTextFunctionCallOutputContentItem(WireModel):
    """Text."""

    type: Literal["input_text"] = "input_text"
    text: str


class InputImageFunctionCallOutputContentItem(VerbatimModel):
    """An image, by address or id."""

    type: Literal["input_image"] = "input_image"
    detail: ImageDetail | None = omitted()
    image_url: str | None = omitted()
    file_id: str | None = omitted()


class InputAudioFunctionCallOutputContentItem(VerbatimModel):
    """Sound, by address or id."""

    type: Literal["input_audio"] = "input_audio"
    audio_url: str | None = omitted()
    file_id: str | None = omitted()


class EncryptedContentFunctionCallOutputContentItem(VerbatimModel):
    """Something that only the provider can read."""

    type: Literal["encrypted_content"] = "encrypted_content"
    encrypted_content: str


FunctionCallOutputContentItem = Annotated[
    InputTextFunctionCallOutputContentItem
    | InputImageFunctionCallOutputContentItem
    | InputAudioFunctionCallOutputContentItem
    | EncryptedContentFunctionCallOutputContentItem,
    Field(discriminator="type"),
]
"""One piece of a tool's answer."""


FunctionCallOutputBody = str | list[FunctionCallOutputContentItem]
"""A tool's answer: text, or pieces."""
