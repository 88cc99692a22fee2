"""A thread as it lies on disk, ready to be replayed."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app_server.store import records
from app_server.store.replay_history import Contextual, HistoryReplay, ReplayedHistory
from app_server.store.replay_turns import TurnReplay
from app_server.store.rollout_items import EVENT, RolloutLine
from app_server.store.rollout_reader import Damage, RolloutFile
from app_server.store.session_meta import SessionMeta
from protocol.turn import Turn


@dataclass(frozen=True, slots=True)
class StoredThread:
    """`parts` are the files that make up its log, in order; mostly one. Iterating reads them anew."""

    path: Path
    archived: bool
    meta: SessionMeta
    parts: tuple[RolloutFile, ...]

    def __iter__(self) -> Iterator[RolloutLine]:
        """Raises UnreadableRolloutError."""
        for part in self.parts:
            yield from part

    @property
    def damage(self) -> Damage:
        """Lines that the last reading could not use; `first` counts within the thread's own file."""
        return self.parts[-1].damage

    @property
    def notice(self) -> str | None:
        """What to tell about damage that the last reading came across; None when there was none."""
        damage = self.damage
        if not damage.lines:
            return None
        what = "1 line" if damage.lines == 1 else f"{damage.lines} lines"
        return f"{what} of {self.path} could not be read and were skipped; the first is line {damage.first}."

    def replay(
        self,
        contextual: Contextual,
        active_turn_id: str | None = None,
        *,
        rollback: int = 0,
        before: str | None = None,
    ) -> tuple[ReplayedHistory, list[Turn]]:
        """The model's history and the clients' turns, in one reading. Blocking: for a worker thread.

        `rollback`: as they would be with so many turns taken back, the first of which is `before`, if said.
        """
        rollbacks = sum(part.count(b'"thread_rolled_back"') for part in self.parts)
        history = HistoryReplay(contextual, rollbacks + (1 if rollback else 0))
        turns = TurnReplay()
        for line in self:
            history.feed(line)
            turns.feed(line)
        if rollback:
            line = RolloutLine("", EVENT, records.thread_rolled_back(rollback, before).payload)
            history.feed(line)
            turns.feed(line)
        return history.result(), turns.result(active_turn_id)
