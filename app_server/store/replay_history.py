"""From the log to what the model has seen: its history, and what it was last told (persistence.md §5.1).

The log is a sequence of states, each entry leading to the next: an item is appended, a compaction puts
another history in place, a rollback goes back to the state before the Nth newest user turn. So a rollback
over a compaction finds the history that was there before it, where the reference loses it.

For that the states at the beginnings of user turns are kept, but only as long as a rollback is still ahead:
otherwise the history before a compaction is let go at once, and the memory taken is that of the result.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from app_server.store.kept_images import with_known_images
from app_server.store.response_items import persisted_form
from app_server.store.rollout_items import RolloutLine
from protocol.wire import JsonObject, JsonValue

_STARTED: Final = frozenset({"task_started", "turn_started"})
_ENDED: Final = frozenset({"task_complete", "turn_complete", "turn_aborted"})

Contextual = Callable[[JsonObject], bool]
"""Whether a user or developer message is context that was put in for the model, not something a user said."""


@dataclass(frozen=True, slots=True)
class ReplayedHistory:
    """What a resumed thread goes on from."""

    items: list[JsonObject]
    """The model's history in stored form; tool outputs are whole."""
    context: JsonObject | None
    """The settings that the history describes to the model (a `turn_context`); None: describe them anew."""
    last_context: JsonObject | None
    """The newest settings known, also where a compaction has removed their description."""
    chosen_context: JsonObject | None
    """The newest settings of all: that turns are taken back does not undo what was chosen in them."""
    usage: JsonObject | None
    """`info` of the last `token_count` that had one."""
    usage_turn_id: str | None
    """The turn in which `usage` was recorded."""
    open_turn_id: str | None
    """The turn that the log leaves without an end."""
    compactions: int

    @property
    def last_model(self) -> str | None:
        """The model of the newest turn."""
        model = (self.last_context or {}).get("model")
        return model if isinstance(model, str) else None


@dataclass(slots=True)
class _TurnStart:
    """Where a rollback of this user turn goes back to."""

    history: list[JsonObject]
    length: int
    context: JsonObject | None
    last_context: JsonObject | None
    first: bool
    turns: int = 0
    """How many user turns there were before it."""


@dataclass(slots=True)
class HistoryReplay:
    """Takes the log's entries one by one. `rollbacks_ahead` of None means that any number may come."""

    contextual: Contextual
    rollbacks_ahead: int | None = None
    _history: list[JsonObject] = field(default_factory=list[JsonObject])
    _context: JsonObject | None = None
    _last_context: JsonObject | None = None
    _chosen_context: JsonObject | None = None
    _turns: list[_TurnStart] = field(default_factory=list[_TurnStart])
    _tasks: dict[str, _TurnStart] = field(default_factory=dict[str, _TurnStart])
    """The same by the ids of turns, with and without words of a user."""
    _turn_counted: bool = False
    _task_context: tuple[JsonObject | None, JsonObject | None] | None = None
    _usage: JsonObject | None = None
    _usage_turn: str | None = None
    _open_turn: str | None = None
    _compactions: int = 0

    def feed(self, line: RolloutLine) -> None:
        """Take one entry; what is not understood changes nothing."""
        match line.type:
            case "response_item":
                self._item(line.payload)
            case "turn_context":
                self._context = self._last_context = self._chosen_context = line.payload
            case "compacted":
                self._compact(line.payload)
            case "event_msg":
                self._event(line.payload)
            case _:
                pass

    def result(self) -> ReplayedHistory:
        """The state that the entries so far have led to."""
        return ReplayedHistory(
            items=self._history,
            context=self._context,
            last_context=self._last_context,
            chosen_context=self._chosen_context,
            usage=self._usage,
            usage_turn_id=self._usage_turn,
            open_turn_id=self._open_turn,
            compactions=self._compactions,
        )

    def _item(self, payload: JsonObject) -> None:
        item = persisted_form(payload)
        if item is None:
            return
        if self.rollbacks_ahead != 0 and self._is_user_turn(item) and not self._turn_counted:
            self._turns.append(self._turn_start())
            self._turn_counted = self._task_context is not None
        self._history.append(item)

    def _turn_start(self) -> _TurnStart:
        # A task's own settings are logged before its user message, and go with it.
        context, last_context = self._task_context or (self._context, self._last_context)
        turns = len(self._turns)
        return _TurnStart(self._history, len(self._history), context, last_context, not turns, turns)

    def _compact(self, payload: JsonObject) -> None:
        self._compactions += 1
        self._context = None
        replacement = payload.get("replacement_history")
        if isinstance(replacement, list):
            kept = (persisted_form(item) for item in replacement if isinstance(item, dict))
            self._history = with_known_images((item for item in kept if item is not None), self._history)
            return
        # Older logs name only the summary: the user's words stay, and the summary follows them.
        message = payload.get("message")
        self._history = [item for item in self._history if self._is_user_turn(item)]
        self._history.append(_user_text(message if isinstance(message, str) else ""))

    def _event(self, payload: JsonObject) -> None:
        kind = payload.get("type")
        if kind in _STARTED:
            self._open_turn = _text(payload.get("turn_id"))
            self._turn_counted = False
            self._task_context = (self._context, self._last_context)
            if self.rollbacks_ahead != 0 and self._open_turn is not None:
                self._tasks[self._open_turn] = self._turn_start()
        elif kind in _ENDED:
            self._open_turn = None
        elif kind == "token_count" and isinstance(info := payload.get("info"), dict):
            self._usage, self._usage_turn = info, self._open_turn
        elif kind == "thread_rolled_back":
            count, before = payload.get("num_turns"), _text(payload.get("before_turn_id"))
            task = None if before is None else self._tasks.get(before)
            if task is None:
                self._roll_back(count if isinstance(count, int) else 0)
            else:
                self._go_back_to(task)

    def _go_back_to(self, task: _TurnStart) -> None:
        """To the beginning of a turn, before anything of it was said."""
        del self._turns[task.turns :]
        self._history = task.history
        del self._history[task.length :]
        self._context, self._last_context = task.context, task.last_context
        self._roll_back(0)

    def _roll_back(self, count: int) -> None:
        if self.rollbacks_ahead:
            self.rollbacks_ahead -= 1
        if count > 0 and self._turns:
            start = self._turns[max(0, len(self._turns) - count)]
            del self._turns[max(0, len(self._turns) - count) :]
            self._history = start.history
            del self._history[start.length :]
            self._context, self._last_context = start.context, start.last_context
            while not start.first and self._history and self.contextual(self._history[-1]):
                self._history.pop()  # it introduced the turn that is gone
        self._turn_counted = False
        self._task_context = None
        if self.rollbacks_ahead == 0:
            self._turns.clear()
            self._tasks.clear()

    def _is_user_turn(self, item: JsonObject) -> bool:
        return item.get("type") == "message" and item.get("role") == "user" and not self.contextual(item)


def replay_history(
    lines: Iterable[RolloutLine], contextual: Contextual, *, rollbacks: int | None = None
) -> ReplayedHistory:
    """The model's history after these entries. `rollbacks`: how many of them are rollbacks, if known."""
    replay = HistoryReplay(contextual, rollbacks)
    for line in lines:
        replay.feed(line)
    return replay.result()


def _user_text(text: str) -> JsonObject:
    return {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
