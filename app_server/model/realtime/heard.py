"""What comes over the websocket of a spoken conversation, as far as anybody wants to know (§8)."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from app_server.model.lenient_json import dumps, loads
from app_server.model.realtime.settings import DELEGATE, SAMPLE_RATE, STAY_SILENT
from protocol.wire import JsonObject, JsonValue


class Item(NamedTuple):
    """Something for the client to look at."""

    item: JsonValue


class Words(NamedTuple):
    """More of what is being said; or, at its end, all of it."""

    role: str
    text: str
    is_done: bool


class Sound(NamedTuple):
    """Base64 of 16-bit PCM."""

    data: str
    sample_rate: int
    channels: int
    samples: int | None
    item_id: str | None


class Delegated(NamedTuple):
    """The voice gives work to the agent."""

    call_id: str
    item_id: str
    prompt: str


class StaysSilent(NamedTuple):
    """The voice has decided to say nothing."""

    call_id: str


class Responding(NamedTuple):
    """The voice begins to say something, or has said it."""

    active: bool


class TooEarly(NamedTuple):
    """The voice was asked to say something while it was saying something else."""


class Failed(NamedTuple):
    """The provider gives the conversation up."""

    message: str


Heard = Item | Words | Sound | Delegated | StaysSilent | Responding | TooEarly | Failed
_BUSY: Final = "Conversation already has an active response in progress"


def heard_in(message: bytes) -> Heard | None:
    """The meaning of a message; None for those that mean nothing to us, and for what is none."""
    try:
        event = loads(message)
    except ValueError:
        return None
    if not isinstance(event, dict):
        return None
    kind = event.get("type")
    read = _READERS.get(kind) if isinstance(kind, str) else None
    return None if read is None else read(event)


def _item(event: JsonObject) -> Heard | None:
    return Item(event["item"]) if isinstance(event.get("item"), dict) else None


def _speech_started(event: JsonObject) -> Heard:
    return Item({"type": "input_audio_buffer.speech_started", "item_id": event.get("item_id")})


def _cancelled(event: JsonObject) -> Heard:
    response = event.get("response")
    response_id = response.get("id") if isinstance(response, dict) else event.get("response_id")
    return Item({"type": "response.cancelled", "response_id": response_id})


def _words(role: str, key: str, *, is_done: bool) -> Callable[[JsonObject], Heard | None]:
    def read(event: JsonObject) -> Heard | None:
        text = event.get(key)
        return Words(role, text, is_done) if isinstance(text, str) else None

    return read


def _sound(event: JsonObject) -> Heard | None:
    data = event.get("delta", event.get("data"))
    if not isinstance(data, str):
        return None
    return Sound(
        data,
        _count(event.get("sample_rate"), 2**32) or SAMPLE_RATE,
        _count(event.get("channels", event.get("num_channels")), 2**16) or 1,
        _count(event.get("samples_per_channel"), 2**32),
        _text(event.get("item_id")),
    )


def _finished_item(event: JsonObject) -> Heard | None:
    item = event.get("item")
    if not isinstance(item, dict) or item.get("type") != "function_call":
        return None
    call_id = _text(item.get("call_id")) or _text(item.get("id"))
    if call_id is None:
        return None
    if item.get("name") == STAY_SILENT:
        return StaysSilent(call_id)
    if item.get("name") != DELEGATE:
        return None
    return Delegated(call_id, _text(item.get("id")) or call_id, _prompt(_text(item.get("arguments")) or ""))


def _prompt(arguments: str) -> str:
    """What a call asks for; arguments that are not as the tool wants them are taken as they are."""
    try:
        value = loads(arguments.encode())
    except ValueError:
        return arguments
    prompt = value.get("prompt") if isinstance(value, dict) else None
    return prompt if isinstance(prompt, str) else arguments


def _failed(event: JsonObject) -> Heard:
    error = event.get("error")
    message = event.get("message", error.get("message") if isinstance(error, dict) else error)
    if isinstance(message, str) and message.startswith(_BUSY):
        return TooEarly()
    return Failed(message if isinstance(message, str) else dumps(event).decode())


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: JsonValue, limit: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < limit else None


_READERS: Final[Mapping[str, Callable[[JsonObject], Heard | None]]] = {
    "conversation.item.added": _item,
    "conversation.item.created": _item,
    "conversation.item.done": _finished_item,
    "conversation.item.input_audio_transcription.delta": _words("user", "delta", is_done=False),
    "conversation.item.input_audio_transcription.completed": _words("user", "transcript", is_done=True),
    "input_audio_buffer.speech_started": _speech_started,
    "response.audio.delta": _sound,
    "response.output_audio.delta": _sound,
    "response.output_audio_transcript.delta": _words("assistant", "delta", is_done=False),
    "response.output_audio_transcript.done": _words("assistant", "transcript", is_done=True),
    "response.output_text.delta": _words("assistant", "delta", is_done=False),
    "response.output_text.done": _words("assistant", "text", is_done=True),
    "response.created": lambda _: Responding(active=True),
    "response.done": lambda _: Responding(active=False),
    "response.cancelled": _cancelled,
    "error": _failed,
}
