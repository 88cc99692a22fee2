"""What models give the tools for agents, and how it is checked (tools.md §12)."""

import string
from typing import Final, Literal
from uuid import UUID

from app_server.tools.call import ToolRefusal
from protocol.input import (
    ImageUserInput,
    LocalImageUserInput,
    MentionUserInput,
    SkillUserInput,
    TextUserInput,
    UserInput,
)
from protocol.wire import VerbatimModel

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh"]

SHORTEST_WAIT_MS: Final = 10_000
USUAL_WAIT_MS: Final = 30_000
LONGEST_WAIT_MS: Final = 3_600_000
_OF_IDS: Final = frozenset(string.hexdigits + "-")


class InputArg(VerbatimModel):
    """A part of what an agent is told."""

    type: Literal["text", "image", "local_image", "skill", "mention"]
    text: str | None = None
    image_url: str | None = None
    path: str | None = None
    name: str | None = None


def input_of(message: str | None, items: list[InputArg] | None) -> list[UserInput]:
    """What is said, given in one of two ways. Raises ToolRefusal."""
    if message is None and items is None:
        raise ToolRefusal("Provide one of: message or items")
    if message is not None and items is not None:
        raise ToolRefusal("Provide either message or items, but not both")
    if message is not None:
        return [TextUserInput(text=spoken(message))]
    if not items:
        raise ToolRefusal("Items can't be empty")
    return [_part(item) for item in items]


def spoken(message: str) -> str:
    """A message that says something. Raises ToolRefusal."""
    if not message.strip():
        raise ToolRefusal("Empty message can't be sent to an agent")
    return message


def _part(item: InputArg) -> UserInput:
    match item.type:
        case "text":
            return TextUserInput(text=item.text or "")
        case "image":
            return ImageUserInput(url=item.image_url or "")
        case "local_image":
            return LocalImageUserInput(path=item.path or "")
        case "skill":
            return SkillUserInput(name=item.name or "", path=item.path or "")
        case "mention":
            return MentionUserInput(name=item.name or "", path=item.path or "")


def in_one_text(said: list[UserInput]) -> str:
    """What was said, as clients are shown it: a line for each part."""
    return "\n".join(_line(one) for one in said)


def _line(one: UserInput) -> str:
    match one:
        case TextUserInput():
            return one.text
        case MentionUserInput():
            return f"[mention:${one.name}]({one.path})"
        case SkillUserInput():
            return f"[skill:${one.name}]({one.path})"
        case LocalImageUserInput():
            return f"[local_image:{one.path}]"
        case ImageUserInput():
            return "[image]"
        case _:
            return "[input]"


def agent_id(text: str) -> str:
    """A thread's id in its usual spelling. Raises ToolRefusal."""
    try:
        return str(UUID(text))
    except ValueError:
        raise ToolRefusal(f"invalid agent id {text}: Error({_problem(text)})") from None


def _problem(text: str) -> str:
    """What is wrong with an id, as the reference's models read it."""
    for place, character in enumerate(text, 1):
        if character not in _OF_IDS:
            return f"ParseChar {{ character: '{character}', index: {place} }}"
    return f"ParseSimpleLength {{ len: {len(text)} }}"
