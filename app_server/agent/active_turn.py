"""The turn that a thread is running: its id, what it has shown so far, how it is ended from outside."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

import anyio

from protocol.errors import TurnError
from protocol.input import AdditionalContextEntry, UserInput
from protocol.item import ThreadItem
from protocol.turn import Turn, TurnItemsView, TurnStatus
from protocol.turn_start import TurnToolOutput
from protocol.wire import JsonObject, JsonValue

if TYPE_CHECKING:
    from app_server.agent.turn_changes import TurnChanges
    from app_server.agent.turn_diff import TurnDiff


@dataclass(slots=True)
class InterruptWaiter:
    """A client that asked for the turn to stop and is answered when it has (threads-and-turns.md §4.3)."""

    stopped: anyio.Event = field(default_factory=anyio.Event)
    answered: anyio.Event = field(default_factory=anyio.Event)


@dataclass(slots=True)
class TurnInput:
    """What one `turn/start` or `turn/steer` brought: what the user said, or what another program did."""

    items: Sequence[UserInput]
    client_id: str | None = None
    brought: TurnToolOutput | None = None
    context: Mapping[str, AdditionalContextEntry] = field(default_factory=dict[str, AdditionalContextEntry])
    """What the client knows beside that, by keys of its own: all that holds now."""

    @property
    def is_empty(self) -> bool:
        return not self.items and self.brought is None


class Beside(Protocol):
    """Something that runs within the turn, but not at the model's wish."""

    async def wait(self) -> None:
        """Wait for its end."""
        ...

    async def end(self) -> None:
        """Stop it, and wait until its end was told."""
        ...


@dataclass(slots=True)
class ActiveTurn:
    """Owned by its thread; mutable only by the turn itself and by the thread's control methods."""

    id: str
    input: TurnInput
    output_schema: JsonValue = None
    client_metadata: dict[str, str] | None = None
    places: tuple[str, ...] | None = None
    """The folders where its commands run, the primary one first; None: as in the thread."""
    trigger: str | None = None
    """What made the client start it, in the client's words."""
    started_at: int | None = None
    started_ms: int | None = None
    first_token_ms: int | None = None
    error: TurnError | None = None
    last_agent_message: str | None = None
    outcome: Literal["completed", "interrupted", "failed"] | None = None
    """How it ended."""
    begun: bool = False
    kind: Literal["regular", "compact", "review", "command"] = "regular"
    accepts_input: bool = True
    replaced: bool = False
    """It is stopped because the thread was asked for something else, not because the user did not want it."""
    compaction_waived: bool = False
    """The history is too long but cannot be shortened: the turn goes on without trying again."""
    held_by_hooks: bool = False
    """Whether hooks have kept it from ending before."""
    reroute_told: bool = False
    verification_told: bool = False
    changes: "TurnChanges | None" = None
    """What its next requests do otherwise than it began."""
    called_apps: frozenset[str] = frozenset()
    """The ids of the apps that the user called, in this turn or before."""
    diff: "TurnDiff | None" = None
    """What its patches changed."""
    after: "ActiveTurn | None" = None
    """The turn that must have ended first, when this one was asked for while that was ending."""
    steered: deque[TurnInput] = field(default_factory=deque[TurnInput])
    beside: list[Beside] = field(default_factory=list[Beside])
    """What the turn does not end before, since clients see it as a part of the turn."""
    told: deque[JsonObject] = field(default_factory=deque[JsonObject])
    """What came of it, which the model has not been told yet."""
    noted: deque[JsonObject] = field(default_factory=deque[JsonObject])
    """The same, but the model is not asked again only to be told this."""
    closed: bool = False
    """Nothing may join the turn any more."""
    waiters: list[InterruptWaiter] = field(default_factory=list[InterruptWaiter])
    scope: anyio.CancelScope = field(default_factory=anyio.CancelScope)
    done: anyio.Event = field(default_factory=anyio.Event)
    _items: dict[str, ThreadItem] = field(default_factory=dict[str, ThreadItem])

    def show(self, item: ThreadItem) -> None:
        """Remember an item as clients last saw it, in the order of first sight."""
        self._items[item.id] = item

    def interrupt(self) -> InterruptWaiter:
        """Ask the turn to stop. The waiter is told when it has; asking twice is fine.

        What is said from now on is for the turn after it.
        """
        self.accepts_input = False
        waiter = InterruptWaiter()
        self.waiters.append(waiter)
        self.scope.cancel()
        return waiter

    @property
    def can_be_joined(self) -> bool:
        """Whether a command of the user's is shown as a part of it."""
        return self.started_at is not None and not self.closed and not self.scope.cancel_called

    async def wait_beside(self) -> None:
        """Wait until nothing runs within it that the model did not ask for."""
        while self.beside:
            await self.beside[0].wait()
            self.beside.pop(0)

    async def end_beside(self) -> None:
        """Let nothing join any more, and stop what did."""
        self.closed = True
        for one in self.beside:
            await one.end()

    def snapshot(self) -> Turn:
        """The turn as `thread/read` and `thread/resume` show it while it runs."""
        return self._turn("inProgress", items=list(self._items.values()), items_view="full")

    def announced(self) -> Turn:
        """The turn as the answer to `turn/start` and `turn/started` show it."""
        return self._turn("inProgress")

    def ended(self, status: TurnStatus, completed_at: int, duration_ms: int) -> Turn:
        """The turn as `turn/completed` shows it."""
        return self._turn(status, completed_at=completed_at, duration_ms=duration_ms)

    def _turn(
        self,
        status: TurnStatus,
        *,
        items: Sequence[ThreadItem] = (),
        items_view: TurnItemsView = "notLoaded",
        completed_at: int | None = None,
        duration_ms: int | None = None,
    ) -> Turn:
        return Turn(
            id=self.id,
            items=list(items),
            items_view=items_view,
            status=status,
            error=self.error,
            started_at=self.started_at,
            completed_at=completed_at,
            duration_ms=duration_ms,
        )
