"""input"""

from typing import Annotated, Literal

from protocol.wire import PathText, USize, VerbatimModel, WireModel, by_tag, no_items, omitted

AdditionalContextKind = Literal["untrusted", "application"]


class AdditionalContextEntry(WireModel):
    """AdditionalContextEntry."""

    value: str
    kind: AdditionalContextKind
    name: str | None = None


class ByteRange(WireModel):
    """ByteRange."""

    start: USize
    end: USize


ImageDetail = Literal["auto", "low", "high", "original"]


class TextElement(WireModel):
    """TextElement."""

    byte_range: ByteRange
    placeholder: str | None = None


class TextUserInput(VerbatimModel):
    """TextUserInput."""

    type: Literal["text"] = "text"
    text: str
    text_elements: list[TextElement] = no_items()


class ImageUserInput(WireModel):
    """ImageUserInput."""

    type: Literal["image"] = "image"
    detail: ImageDetail | None = omitted()
    url: str | None = omitted()
    file_id: str | None = omitted()


class LocalImageUserInput(WireModel):
    """LocalImageUserInput."""

    type: Literal["localImage"] = "localImage"
    detail: ImageDetail | None = omitted()
    path: PathText


class AudioUserInput(WireModel):
    """AudioUserInput."""

    type: Literal["audio"] = "audio"
    url: str | None = omitted()
    file_id: str | None = omitted()


class LocalAudioUserInput(WireModel):
    """LocalAudioUserInput."""

    type: Literal["localAudio"] = "localAudio"
    path: PathText


class SkillUserInput(WireModel):
    """SkillUserInput."""

    type: Literal["skill"] = "skill"
    name: str
    path: PathText


class MentionUserInput(WireModel):
    """MentionUserInput."""

    type: Literal["mention"] = "mention"
    name: str
    path: str


UserInput = Annotated[
    TextUserInput
    | ImageUserInput
    | LocalImageUserInput
    | AudioUserInput
    | LocalAudioUserInput
    | SkillUserInput
    | MentionUserInput,
    by_tag("type"),
]
