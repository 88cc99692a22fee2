"""What the user sends with a turn becomes one user message (prompt-input.md §5)."""

from collections.abc import Sequence

import anyio.to_thread

from app_server.prompt.messages import message, text_part
from protocol.input import (
    AudioUserInput,
    ImageUserInput,
    LocalAudioUserInput,
    LocalImageUserInput,
    TextUserInput,
    UserInput,
)
from protocol.wire import JsonObject

AUDIO_OMITTED = "audio content omitted because you do not support audio input"
UPLOAD_OMITTED = "image content omitted because an uploaded file cannot be passed on"


async def read_user_message(inputs: Sequence[UserInput]) -> JsonObject:
    """`user_message`, off the event loop when there are files to read."""
    if any(isinstance(entry, LocalImageUserInput) for entry in inputs):
        return await anyio.to_thread.run_sync(user_message, inputs)
    return user_message(inputs)


def user_message(inputs: Sequence[UserInput]) -> JsonObject:
    """One message with the parts of all inputs in their order. Reads local images, so it may block.

    Never raises: what cannot be read is said in the message. Skills and mentions add nothing here, so the
    content may be empty.
    """
    parts: list[JsonObject] = []
    pictures = 0
    for entry in inputs:
        match entry:
            case TextUserInput():
                parts.append(text_part(entry.text))
            case ImageUserInput():
                pictures += 1
                parts += _remote_picture(entry)
            case LocalImageUserInput():
                pictures += 1
                parts += _local_picture(entry, pictures)
            case AudioUserInput() | LocalAudioUserInput():
                parts.append(text_part(AUDIO_OMITTED))
            case _:  # skills and mentions
                pass
    return message("user", parts)


def _remote_picture(entry: ImageUserInput) -> list[JsonObject]:
    if entry.url is None:
        return [text_part(UPLOAD_OMITTED)]
    return _picture("<image>", entry.url, entry.detail)


def _local_picture(entry: LocalImageUserInput, number: int) -> list[JsonObject]:
    from app_server.prompt.images import ImageProblem, load_image  # most turns have no picture

    loaded = load_image(entry.path)
    if isinstance(loaded, ImageProblem):
        return [text_part(loaded.text)]
    return _picture(f"<image name=[Image #{number}]>", loaded.data_url, entry.detail)


def _picture(opening: str, url: str, detail: str | None) -> list[JsonObject]:
    picture: JsonObject = {"type": "input_image", "image_url": url, "detail": detail or "high"}
    return [text_part(opening), picture, text_part("</image>")]
