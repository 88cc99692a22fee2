"""One turn while it is put together from a log; its items are wire JSON until it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import cast, get_args

from pydantic import ValidationError

from protocol.errors import TurnError
from protocol.item import ThreadItem
from protocol.turn import Turn, TurnStatus
from protocol.wire import JsonObject, JsonValue

Said = tuple[str, str]


@cache
def _item_types() -> Mapping[str, type[ThreadItem]]:
    variants = cast("tuple[type[ThreadItem], ...]", get_args(get_args(ThreadItem)[0]))
    return {variant.model_fields["type"].default: variant for variant in variants}


@dataclass(slots=True)
class ReplayedTurn:
    """`explicit`: the log names the turn; otherwise a user message opened it."""

    id: str
    explicit: bool
    status: TurnStatus = "completed"
    error: JsonObject | None = None
    started_at: int | None = None
    completed_at: int | None = None
    duration_ms: int | None = None
    items: list[JsonObject] = field(default_factory=list[JsonObject])
    _numbered: set[str] = field(default_factory=set[str])
    _places: dict[str, int] = field(default_factory=dict[str, int])
    _told: dict[Said, int] = field(default_factory=dict[Said, int])

    def show(self, item: JsonObject, *, numbered: bool) -> bool:
        """Add the item; False when the turn had it, and now has its newer state in the same place.

        `numbered`: the log had no id for it. A log may tell an item in two forms, as an event without an id
        and as `item_completed` with one; then the one with the id stays.
        """
        item_id, said = cast("str", item["id"]), _said(item)
        place = self._places.get(item_id)
        twin = self._told.get(said) if place is None and said is not None else None
        if twin is not None and self.is_numbered(self.items[twin]) != numbered:
            if numbered:
                return False
            place = twin
        if added := place is None:
            place = len(self.items)
            self.items.append(item)
        else:
            self.items[place] = item
        self._places[item_id] = place
        if said is not None:
            self._told[said] = place
        if numbered:
            self._numbered.add(item_id)
        return added

    def is_numbered(self, item: JsonObject) -> bool:
        """Whether the item's id was made up by the replay."""
        return item["id"] in self._numbered

    def to_wire(self, *, active: bool) -> Turn:
        """The turn as clients see it. One without an end was interrupted, unless it is running now."""
        status = "interrupted" if self.status == "inProgress" and not active else self.status
        return Turn(
            id=self.id,
            items=[item for item in map(_validated, self.items) if item is not None],
            items_view="full",
            status=status,
            error=None if self.error is None else TurnError.model_validate(self.error),
            started_at=self.started_at,
            completed_at=self.completed_at,
            duration_ms=self.duration_ms,
        )


def _validated(item: JsonObject) -> ThreadItem | None:
    variant = _item_types().get(str(item["type"]))
    if variant is None:
        return None
    try:
        return variant.model_validate(item)
    except ValidationError:
        return None  # damaged, or newer than what we know


def _said(item: JsonObject) -> Said | None:
    """What identifies an item that may be told in two forms."""
    match item["type"]:
        case "agentMessage":
            return "agent", str(item.get("text"))
        case "reasoning":
            return "reasoning", str(item.get("summary"))
        case "userMessage":
            content: JsonValue = item.get("content")
            entries = content if isinstance(content, list) else []
            texts = (entry.get("text") for entry in entries if isinstance(entry, dict))
            return "user", "".join(text for text in texts if isinstance(text, str))
        case _:
            return None
