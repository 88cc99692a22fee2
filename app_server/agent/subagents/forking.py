"""What an agent that begins with its parent's history gets of it: what was said, not what was done.

Settings are not taken along: the agent is told its own, in full, when its first turn begins.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal

from app_server.store.rollout_items import RESPONSE_ITEM, SESSION_META, TURN_CONTEXT, RolloutLine
from protocol.wire import JsonObject

Contextual = Callable[[JsonObject], bool]
History = int | Literal["none", "all"]


def kept_lines(
    lines: Iterable[RolloutLine], history: History, contextual: Contextual
) -> Iterator[RolloutLine]:
    """The entries of a log that an agent's log begins with."""
    every = list(lines)
    start = 0 if history == "all" else _start(every, int(history), contextual)
    for index, line in enumerate(every):
        if index < start and line.type != SESSION_META:
            continue
        if line.type != TURN_CONTEXT and (line.type != RESPONSE_ITEM or is_kept(line.payload)):
            yield line


def is_kept(item: JsonObject) -> bool:
    """Whether an item of the history is something that was said, and stands."""
    if item.get("type") != "message":
        return False
    role = item.get("role")
    return role in ("system", "developer", "user") or (
        role == "assistant" and item.get("phase") == "final_answer"
    )


def _start(lines: list[RolloutLine], turns: int, contextual: Contextual) -> int:
    """Where the newest `turns` turns begin."""
    left = turns
    for index in range(len(lines) - 1, -1, -1):
        if lines[index].type == RESPONSE_ITEM and begins_turn(lines[index].payload, contextual):
            left -= 1
            if left == 0:
                return index
    return 0


def begins_turn(item: JsonObject, contextual: Contextual) -> bool:
    """Whether a user said this."""
    return item.get("type") == "message" and item.get("role") == "user" and not contextual(item)
