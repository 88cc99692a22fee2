"""From the log to the turns that clients read back (persistence.md §5.2, threads-and-turns.md §9).

Turns, items and failures come back as they were live where the log has their ids and errors (ours, and that
of 0.169.0). In older logs items are numbered `item-1`, `item-2`, … over the whole thread, and a failed turn
cannot be told from a completed one.
"""

from collections.abc import Iterable
from typing import Final

from pydantic import ValidationError

from app_server.store.casing import camel_case
from app_server.store.recorded_items import item_completed, item_of_event
from app_server.store.replayed_turn import ReplayedTurn
from app_server.store.rollout_items import EVENT, RolloutLine
from protocol.errors import TurnError
from protocol.turn import Turn, TurnStatus
from protocol.wire import JsonObject, JsonValue

_REASONING_PARTS: Final = frozenset({"agent_reasoning", "agent_reasoning_raw_content"})


class TurnReplay:
    """Takes the log's entries one by one."""

    def __init__(self) -> None:
        self._turns: list[ReplayedTurn] = []
        self._by_id: dict[str, ReplayedTurn] = {}
        self._current: ReplayedTurn | None = None
        self._number = 0
        self._line = -1

    def feed(self, line: RolloutLine) -> None:
        """Take one entry; what is not understood shows nothing."""
        self._line += 1
        if line.type != EVENT:
            return
        payload = line.payload
        match payload.get("type"):
            case "task_started" | "turn_started":
                self._start(payload)
            case "task_complete" | "turn_complete":
                self._end(payload, "completed")
            case "turn_aborted":
                self._end(payload, "interrupted")
            case "thread_rolled_back":
                self._roll_back(payload.get("num_turns"))
            case "item_completed":
                self._completed_item(payload)
            case _:
                self._event_item(payload)

    def result(self, active_turn_id: str | None = None) -> list[Turn]:
        """The turns so far, oldest first; `active_turn_id` is the one that runs now."""
        return [turn.to_wire(active=turn.id == active_turn_id) for turn in self._kept()]

    def _kept(self) -> list[ReplayedTurn]:
        return [turn for turn in self._turns if turn.explicit or turn.items]

    def _start(self, payload: JsonObject) -> None:
        turn_id = _text(payload.get("turn_id")) or self._implicit_id()
        started_at = _integer(payload.get("started_at"))
        self._open(ReplayedTurn(turn_id, explicit=True, status="inProgress", started_at=started_at))

    def _open(self, turn: ReplayedTurn) -> ReplayedTurn:
        self._turns.append(turn)
        self._by_id[turn.id] = turn
        self._current = turn
        return turn

    def _open_implicit(self) -> ReplayedTurn:
        return self._open(ReplayedTurn(self._implicit_id(), explicit=False))

    def _implicit_id(self) -> str:
        return f"rollout-{self._line}"

    def _end(self, payload: JsonObject, status: TurnStatus) -> None:
        turn = self._named(payload) or self._current
        if turn is None:
            return
        error = payload.get("error")
        if isinstance(error, dict):
            status, turn.error = "failed", _wire_error(error)
        turn.status = status
        turn.completed_at = _integer(payload.get("completed_at"))
        turn.duration_ms = _integer(payload.get("duration_ms"))
        if turn is self._current:
            self._current = None

    def _named(self, payload: JsonObject) -> ReplayedTurn | None:
        return self._by_id.get(_text(payload.get("turn_id")) or "")

    def _roll_back(self, count: JsonValue) -> None:
        if not isinstance(count, int) or count < 1:
            return
        self._turns = self._kept()[:-count]
        self._by_id = {turn.id: turn for turn in self._turns}
        self._current = None
        self._number = sum(len(turn.items) for turn in self._turns)

    def _event_item(self, payload: JsonObject) -> None:
        kind = payload.get("type")
        if kind in _REASONING_PARTS and self._continue_reasoning(payload):
            return
        number = self._number
        item = item_of_event(payload, self._next_id)
        if item is None:
            return
        turn = self._named(payload) or self._current or self._open_implicit()
        if kind == "user_message" and not turn.explicit and turn.items:
            turn = self._open_implicit()
        turn.show(item, numbered=self._number > number)

    def _next_id(self) -> str:
        self._number += 1
        return f"item-{self._number}"

    def _continue_reasoning(self, payload: JsonObject) -> bool:
        """Whether this part belongs to the item before it: it has the same id, or neither has one."""
        turn = self._current
        if turn is None or not turn.items or turn.items[-1]["type"] != "reasoning":
            return False
        last, item_id = turn.items[-1], payload.get("item_id")
        if item_id != last["id"] if item_id is not None else not turn.is_numbered(last):
            return False
        parts = last["summary" if payload.get("type") == "agent_reasoning" else "content"]
        if isinstance(parts, list):
            parts.append(payload.get("text"))
        return True

    def _completed_item(self, payload: JsonObject) -> None:
        recorded = payload.get("item")
        item = item_completed(recorded) if isinstance(recorded, dict) else None
        if item is not None:
            turn = self._named(payload) or self._current or self._open_implicit()
            turn.show(item, numbered=False)


def replay_turns(lines: Iterable[RolloutLine], active_turn_id: str | None = None) -> list[Turn]:
    """The turns that these entries tell of, oldest first; `active_turn_id` is the one that runs now."""
    replay = TurnReplay()
    for line in lines:
        replay.feed(line)
    return replay.result(active_turn_id)


def _wire_error(error: JsonObject) -> JsonObject:
    """The recorded error in wire form; a kind that we do not know becomes `other`."""
    shown: JsonObject = {
        "message": _text(error.get("message")) or "",
        "codexErrorInfo": camel_case(error.get("codex_error_info")),
        "additionalDetails": _text(error.get("additional_details")),
    }
    try:
        TurnError.model_validate(shown)
    except ValidationError:
        shown["codexErrorInfo"] = "other"
    return shown


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None


def _integer(value: JsonValue) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
