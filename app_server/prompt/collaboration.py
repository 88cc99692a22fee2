"""How the user and the agent work together in a turn: carry out, or plan first (prompt-input.md §6.2)."""

from typing import Literal, NamedTuple

from app_server.prompt.texts import template
from protocol.wire import JsonObject, JsonValue

Mode = Literal["plan", "default"]


class CollaborationMode(NamedTuple):
    """A mode and the settings that came with it. Without instructions the model is told nothing of it."""

    mode: Mode
    model: str
    reasoning_effort: str | None = None
    developer_instructions: str | None = None

    def to_record(self) -> JsonObject:
        """`collaboration_mode` of a turn context record."""
        settings: dict[str, JsonValue] = {
            "model": self.model,
            "reasoning_effort": self.reasoning_effort,
            "developer_instructions": self.developer_instructions,
        }
        return {"mode": self.mode, "settings": settings}


def preset_instructions(mode: Mode) -> str:
    """What a client means that asks for a mode and leaves its instructions null."""
    return template(f"collaboration_{mode}")


def collaboration_part(instructions: str) -> str:
    return f"<collaboration_mode>{instructions}</collaboration_mode>"
