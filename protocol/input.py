"""What a user sends into a turn."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from protocol.wire import Dated, JsonObject, PathText, USize, VerbatimModel, WireModel, no_items, omitted

AdditionalContextKind = Literal["untrusted", "application"]
"""Whether the model may trust it as coming from the application."""


class AdditionalContextEntry(WireModel):
    """Context beside the input, under a key of the client's choice."""

    value: str
    kind: AdditionalContextKind
    name: str | None = None


class ByteRange(WireModel):
    """A stretch of a text, in bytes of its UTF-8."""

    start: USize
    """The first byte."""
    end: USize
    """The byte behind the last."""


ImageDetail = Literal["auto", "low", "high", "original"]
"""How closely the model looks; the default of an absent value depends on the kind of input."""


class TextElement(WireModel):
    """A stretch of the text that the client shows as something of its own, such as a mention."""

    byte_range: ByteRange
    placeholder: str | None = None
    """What is shown in its place."""


class TextUserInput(VerbatimModel):
    """Text."""

    type: Literal["text"] = "text"
    text: str
    text_elements: list[TextElement] = no_items()
    """The key is snake_case on the wire; always sent."""


class ImageUserInput(WireModel):
    """An image by address or by id; one of the two."""

    type: Literal["image"] = "image"
    detail: ImageDetail | None = omitted()
    url: Annotated[str | None, Dated(absent="")] = omitted()
    """http(s), or a data URL."""
    file_id: str | None = omitted()
    """Of a file that was uploaded to the provider."""


class LocalImageUserInput(WireModel):
    """An image file, read by the server when the turn starts."""

    type: Literal["localImage"] = "localImage"
    detail: ImageDetail | None = omitted()
    path: PathText


class AudioUserInput(WireModel):
    """Sound by address or by id; one of the two."""

    type: Literal["audio"] = "audio"
    url: str | None = omitted()
    """http(s), or a data URL."""
    file_id: str | None = omitted()
    """Of a file that was uploaded to the provider."""


class LocalAudioUserInput(WireModel):
    """A sound file, read by the server."""

    type: Literal["localAudio"] = "localAudio"
    path: PathText


class SkillUserInput(WireModel):
    """A skill that the user picked; its text is added for the model."""

    type: Literal["skill"] = "skill"
    name: str
    path: PathText


class MentionUserInput(WireModel):
    """Something that the user referred to."""

    type: Literal["mention"] = "mention"
    name: str
    path: str
    """Such as `app://id` or `plugin://name@marketplace`."""


def _with_reference(value: "JsonObject | WireModel") -> object:
    """Of an image or a sound either the address or the id is there; looks at the input, or at its JSON."""
    if isinstance(value, dict):
        kind, url, file_id = value.get("type"), value.get("url"), value.get("fileId")
    elif isinstance(value, ImageUserInput | AudioUserInput):
        kind, url, file_id = value.type, value.url, value.file_id
    else:
        return value
    if kind in ("image", "audio") and url is None and file_id is None:
        raise ValueError(f"data did not match any variant of untagged enum {str(kind).title()}Reference")
    return value


UserInput = Annotated[
    TextUserInput
    | ImageUserInput
    | LocalImageUserInput
    | AudioUserInput
    | LocalAudioUserInput
    | SkillUserInput
    | MentionUserInput,
    Field(discriminator="type"),
    AfterValidator(_with_reference),
    Dated(
        new=(
            "audio",
            "localAudio",
        )
    ),
]
"""One piece of input."""
