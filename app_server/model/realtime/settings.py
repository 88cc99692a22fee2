"""The settings of a spoken conversation, as the provider takes them, and the frames that we send (§8)."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from protocol.wire import JsonObject, JsonValue

DEFAULT_MODEL: Final = "gpt-realtime-1.5"
DEFAULT_VOICE: Final = "marin"
SAMPLE_RATE: Final = 24_000
DELEGATE: Final = "background_agent"
"""The tool by which the voice gives work to the agent."""
STAY_SILENT: Final = "remain_silent"
_PCM: Final[JsonObject] = {"type": "audio/pcm", "rate": SAMPLE_RATE}


class VoiceSettings(NamedTuple):
    """What the client may choose."""

    instructions: str
    model: str = DEFAULT_MODEL
    voice: str = DEFAULT_VOICE
    modality: str = "audio"

    def to_session(self) -> JsonObject:
        """Everything but the model, which a session cannot change."""
        return {
            "type": "realtime",
            "instructions": self.instructions,
            "output_modalities": [self.modality],
            "audio": {
                "input": {
                    "format": _PCM,
                    "noise_reduction": {"type": "near_field"},
                    "transcription": {"model": "gpt-4o-mini-transcribe"},
                    "turn_detection": {
                        "type": "server_vad",
                        "interrupt_response": True,
                        "create_response": True,
                        "silence_duration_ms": 500,
                    },
                },
                "output": {"format": _PCM, "voice": self.voice},
            },
            "tools": [_DELEGATE_TOOL, _SILENCE_TOOL],
            "tool_choice": "auto",
        }

    def to_call(self) -> JsonObject:
        """The same for a call, which begins a session."""
        return {**self.to_session(), "model": self.model}


def session_update(session: JsonObject) -> JsonObject:
    return {"type": "session.update", "session": session}


def said(text: str, role: str = "user") -> JsonObject:
    """A text that the client adds. A user's is marked, because the agent's words come as user's too."""
    kind = "output_text" if role == "assistant" else "input_text"
    return _message(role, kind, f"[USER] {text}" if role == "user" else text)


def reported(text: str) -> JsonObject:
    """What the agent has to say to the voice."""
    return _message("user", "input_text", f"[BACKEND] {text}")


def sound(data: str) -> JsonObject:
    return {"type": "input_audio_buffer.append", "audio": data}


def tool_output(call_id: str, output: str) -> JsonObject:
    return _item({"type": "function_call_output", "call_id": call_id, "output": output})


def speak_up() -> JsonObject:
    """Have the voice say something about what it was told."""
    return {"type": "response.create"}


def delegation(prompt: str, transcript: Iterable[tuple[str, str]]) -> str:
    """What the agent is told when the voice gives it work: roles and texts of what was said since."""
    spoken = "\n".join(f"{role}: {text}" for role, text in transcript)
    lines = [f"  <input>{prompt}</input>"]
    if spoken:
        lines.append(f"  <transcript_delta>{spoken}</transcript_delta>")
    return "\n".join(["<realtime_delegation>", *lines, "</realtime_delegation>"])


def _message(role: str, kind: str, text: str) -> JsonObject:
    content: list[JsonValue] = [{"type": kind, "text": text}]
    return _item({"type": "message", "role": role, "content": content})


def _item(item: JsonObject) -> JsonObject:
    return {"type": "conversation.item.create", "item": item}


def _tool(name: str, description: str, properties: JsonObject) -> JsonObject:
    return {
        "type": "function",
        "name": name,
        "description": description,
        "parameters": {
            "type": "object",
            "properties": properties,
            **({"required": list(properties)} if properties else {}),
            "additionalProperties": False,
        },
    }


_DELEGATE_TOOL: Final = _tool(
    DELEGATE,
    "Hand what the user wants to the agent that does the work, in the user's own words. Take this for every "
    "task, and for news about a task that runs: an idle agent begins, a busy one is told. Its result comes "
    "back to you when it has finished.",
    {"prompt": {"type": "string", "description": "What the user asked for."}},
)
_SILENCE_TOOL: Final = _tool(
    STAY_SILENT,
    "Say nothing this time, because nothing that is said would help. The user notices nothing.",
    {},
)
