"""A loaded thread as its clients control it: start a turn, steer, interrupt (threads-and-turns.md §4)."""

from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from anyio.abc import TaskGroup

from app_server.agent.active_turn import ActiveTurn, InterruptWaiter, TurnInput
from app_server.agent.background import carefully
from app_server.agent.errors import NotSteerableError, TurnControlError
from app_server.agent.identifiers import new_turn_id
from app_server.agent.session import Session
from app_server.agent.settings import ThreadSettings
from app_server.agent.turn import run_turn
from app_server.store.session_meta import SessionMeta
from protocol.errors import ErrorNotification, TurnError
from protocol.turn import Turn
from protocol.wire import JsonObject, JsonValue

if TYPE_CHECKING:
    from app_server.agent.review import Review
    from app_server.agent.turn_changes import TurnChanges
    from app_server.tools.commands.user_command import UserCommand


T = TypeVar("T")


class TurnRequest(NamedTuple):
    """What a client asks of a new turn."""

    input: TurnInput
    settings: ThreadSettings
    """Those of the thread with the request's overrides; they stay for later turns."""
    output_schema: JsonValue = None
    client_metadata: dict[str, str] | None = None
    places: tuple[str, ...] | None = None
    """The folders where commands of this turn run, the primary one first; None: as in the thread."""
    trigger: str | None = None
    changes: "TurnChanges | None" = None
    """What holds for this turn only."""


class ThreadFacts(NamedTuple):
    """What never changes about a loaded thread."""

    meta: SessionMeta
    ephemeral: bool
    instruction_sources: tuple[Path, ...]


class EndsWithThread(Protocol):
    """Something that a thread is not to outlive."""

    async def close(self) -> None:
        """The thread is unloaded."""
        ...


class AgentThread:
    """Runs one turn at a time. Its methods return at once; the session's sink tells what comes of them."""

    def __init__(self, session: Session, facts: ThreadFacts, tasks: TaskGroup) -> None:
        self.session = session
        self.facts = facts
        self._tasks = tasks
        session.terminals.attach(tasks)
        self._turn: ActiveTurn | None = None
        self._closing = False
        self._reviews: dict[str, Review] = {}
        """What the turns that are reviews look at, until they begin."""
        self._commands: dict[str, UserCommand] = {}
        """What the turns run that are commands of the user's, until they begin."""
        self.voice: EndsWithThread | None = None
        """What holds its spoken conversation, once a client has wanted one."""
        self.last_turn: ActiveTurn | None = None
        """The one that ended last."""
        self.watchers: list[Callable[[AgentThread], None]] = []
        """Called whenever a turn has ended, and when the thread is closed."""

    @property
    def id(self) -> str:
        return self.session.thread_id

    @property
    def path(self) -> Path | None:
        """Its rollout, which may not exist yet; None for an ephemeral thread."""
        return self.session.conversation.log_file().path

    @property
    def is_stored(self) -> bool:
        """Whether its rollout exists."""
        return self.session.conversation.log_file().materialised

    @property
    def active_turn(self) -> ActiveTurn | None:
        return self._turn

    @property
    def is_closing(self) -> bool:
        return self._closing

    def leave_machine(self) -> None:
        """The thread begins without a machine: nothing runs, and no documents of folders apply."""
        self.session.settings = replace(self.session.settings, has_machine=False)
        self.session.user_instructions = None
        self.facts = self.facts._replace(instruction_sources=())

    def prepare_turn(self, request: TurnRequest) -> ActiveTurn:
        """Reserve the thread for a new turn, which `run` begins; or steer into the one that runs.

        The overrides hold from the next turn on when one is running already.
        """
        self.session.settings = request.settings
        running = self._turn
        if running is not None and running.accepts_input:
            if not request.input.is_empty:
                running.steered.append(request.input)
            return running
        turn = ActiveTurn(
            id=new_turn_id(),
            input=request.input,
            output_schema=request.output_schema,
            client_metadata=request.client_metadata,
            places=request.places,
            trigger=request.trigger,
            changes=request.changes,
            after=running,
        )
        self._turn = turn
        return turn

    def run_aside(self, work: Callable[[T], Coroutine[object, object, None]], given: T) -> None:
        """Have something done for the thread that no turn waits for."""
        self._tasks.start_soon(carefully(work), given)

    def tell(self, items: Sequence[JsonObject], *, prolongs: bool = True) -> None:
        """Let the model know something that nobody said: within the running turn, else with the next one.

        A turn that was about to end goes on for it, unless it must not (`prolongs`).
        """
        running = self._turn
        if running is not None and running.kind == "regular" and not running.closed:
            (running.told if prolongs else running.noted).extend(items)
        else:
            self.session.conversation.add(items)
            self._tasks.start_soon(carefully(self._persist_told))

    async def _persist_told(self) -> None:
        if not self._closing:  # a log that was let go is not opened again
            await self.session.persist()

    def start_telling(self, items: Sequence[JsonObject], turn_id: str | None = None) -> ActiveTurn:
        """The same, but where no turn runs one begins for it, in which the user says nothing."""
        running = self._turn
        if running is not None and running.kind == "regular" and running.accepts_input:
            running.told.extend(items)
            return running
        turn = ActiveTurn(id=turn_id or new_turn_id(), input=TurnInput([]), told=deque(items), after=running)
        self._turn = turn
        self.run(turn)
        return turn

    def prepare_compaction(self) -> ActiveTurn:
        """Reserve the thread for a turn that compacts its history; `run` begins it. What runs is stopped."""
        running = self._turn
        if running is not None:
            running.replaced = True
            running.interrupt().answered.set()
        turn = ActiveTurn(
            id=new_turn_id(), input=TurnInput([]), kind="compact", accepts_input=False, after=running
        )
        self._turn = turn
        return turn

    def run(self, turn: ActiveTurn) -> None:
        """Begin a prepared turn, once. An empty input fails it before it begins, as clients expect."""
        if turn.begun:
            return
        turn.begun = True
        self.session.mcp.announce()
        if not turn.input.is_empty or turn.told or turn.kind != "regular":
            self._tasks.start_soon(carefully(self._run), turn, name=f"turn {turn.id}")
        else:
            self._refuse(turn)

    def steer(self, expected_turn_id: str, said: TurnInput) -> str:
        """Say something to the running turn; its id. Raises TurnControlError when it is not running."""
        if not said.items:
            raise TurnControlError("input must not be empty")
        turn = self._turn
        if turn is None or (turn.kind in ("regular", "command") and not turn.accepts_input):
            raise TurnControlError("no active turn to steer")
        if turn.id != expected_turn_id:
            raise TurnControlError(f"expected active turn id `{expected_turn_id}` but found `{turn.id}`")
        if turn.kind not in ("regular", "command"):
            raise NotSteerableError(turn.kind)
        turn.steered.append(said)
        return turn.id

    def interrupt(self, turn_id: str) -> InterruptWaiter | None:
        """Stop the running turn; the waiter is told when it has stopped.

        An empty id stops whatever is starting; None says that it need not be waited for.
        Raises TurnControlError for another turn's id, or when nothing runs.
        """
        turn = self._turn
        if not turn_id:
            if turn is not None:
                turn.interrupt().answered.set()
            return None
        if turn is None:
            raise TurnControlError("no active turn to interrupt")
        if turn.id != turn_id:
            raise TurnControlError(f"expected active turn id {turn_id} but found {turn.id}")
        return turn.interrupt()

    def prepare_review(self, prompt: TurnInput, review: "Review") -> ActiveTurn:
        """Reserve the thread for a review, which `run` begins. What runs is stopped first."""
        running = self._turn
        if running is not None:
            running.replaced = True
            running.interrupt().answered.set()
        turn = ActiveTurn(id=new_turn_id(), input=prompt, kind="review", accepts_input=False, after=running)
        self._reviews[turn.id] = review
        self._turn = turn
        return turn

    def run_command(self, command: "UserCommand") -> None:
        """Run a command of the user's: within the running turn, or as a turn of its own."""
        from app_server.agent.user_commands import join  # few threads need it

        running = self._turn
        if running is not None and running.can_be_joined:
            joined = join(self.session, running, command)
            self._tasks.start_soon(carefully(joined.run), name=f"command {command.id}")
            return
        turn = ActiveTurn(
            id=new_turn_id(), input=TurnInput([]), kind="command", accepts_input=False, after=running
        )
        self._commands[turn.id] = command
        self._turn = turn
        self.run(turn)

    def announced_only(self) -> Turn:
        """A turn for an answer to name that can never begin."""
        return ActiveTurn(id=new_turn_id(), input=TurnInput([])).announced()

    def snapshot(self) -> Turn | None:
        """The running turn as far as it has come."""
        return self._turn.snapshot() if self._turn is not None and self._turn.begun else None

    async def stop_turn(self) -> None:
        """Interrupt the running turn and those that wait for it, and wait until their ends are told."""
        turn, stopped = self._turn, list[ActiveTurn]()
        while turn is not None:
            turn.interrupt().answered.set()
            stopped.append(turn)
            turn = turn.after
        for turn in stopped:
            if turn.begun:
                await turn.done.wait()

    async def close(self) -> None:
        """Stop what runs, and let the log go. The thread takes no further turn."""
        self._closing = True
        if self.voice is not None:
            await self.voice.close()
        await self.stop_turn()
        await self.session.terminals.close()
        await self.session.release()
        self.session.status.unloaded()
        self._tell_watchers()

    async def _run(self, turn: ActiveTurn) -> None:
        try:
            if turn.after is not None:
                await turn.after.done.wait()
                turn.after = None
            if (review := self._reviews.pop(turn.id, None)) is not None:
                from app_server.agent.review import run_review  # few threads need it

                await run_review(self.session, turn, review)
            elif (command := self._commands.pop(turn.id, None)) is not None:
                from app_server.agent.user_commands import run_command_turn  # as above

                await run_command_turn(self.session, turn, command)
            else:
                await run_turn(self.session, turn)
        finally:
            self._ended(turn)

    def _ended(self, turn: ActiveTurn) -> None:
        turn.accepts_input = False
        if self._turn is turn:
            self._turn = None
        self.last_turn = turn
        turn.done.set()
        for waiter in turn.waiters:
            waiter.stopped.set()
        self._tell_watchers()

    def _tell_watchers(self) -> None:
        for watcher in tuple(self.watchers):
            watcher(self)

    def _refuse(self, turn: ActiveTurn) -> None:
        self._ended(turn)
        self.session.status.failed()
        self.session.sink.emit(
            ErrorNotification(
                thread_id=self.id,
                turn_id=turn.id,
                error=TurnError(message="input must not be empty", codex_error_info="badRequest"),
                will_retry=False,
            )
        )
