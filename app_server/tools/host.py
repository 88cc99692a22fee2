"""What a running tool knows of its turn, and asks of it."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn, Protocol

from app_server.exec.terminals import Terminals
from app_server.model.model_info import ModelInfo
from app_server.tools.approvals.grants import Grant
from app_server.tools.approvals.thread import TurnApprovals
from app_server.tools.call import FileState
from app_server.tools.dynamic import DynamicTool
from protocol.item import ThreadItem
from protocol.wire import WireModel

if TYPE_CHECKING:
    from app_server.tools.approvals.subject import Judgement, Subject
    from app_server.tools.crew import Crew
    from app_server.tools.goal_book import GoalBook
    from app_server.tools.mcp_turn import McpTurn
    from protocol.permissions import PermissionGrantScope


class CommandPlace(NamedTuple):
    """What commands of a turn run with."""

    terminals: Terminals
    """Those of the thread."""
    environment: dict[str, str]
    session_environment: dict[str, str]
    """The same, for sessions."""
    allow_login: bool
    drain: Callable[[], Awaitable[None]]
    """Waits for clients that read slowly."""


class ToolHost(Protocol):
    """The turn, as its tools see it."""

    @property
    def thread_id(self) -> str: ...

    @property
    def turn_id(self) -> str: ...

    @property
    def cwd(self) -> str: ...

    @property
    def commands(self) -> CommandPlace: ...

    @property
    def model(self) -> ModelInfo: ...

    @property
    def mode(self) -> Literal["plan", "default"]: ...

    @property
    def deferred_tools(self) -> Sequence[DynamicTool]:
        """What a search may find."""
        ...

    @property
    def mcp(self) -> "McpTurn":
        """The MCP servers of the thread."""
        ...

    @property
    def agents(self) -> "Crew":
        """The agents that the one of this thread can reach."""
        ...

    @property
    def goals(self) -> "GoalBook":
        """What the thread works towards."""
        ...

    @property
    def approvals(self) -> TurnApprovals:
        """What the turn may do by itself."""
        ...

    def grant(self, rights: Grant, scope: "PermissionGrantScope") -> None:
        """From now on commands have these rights, for the turn or for the session."""
        ...

    async def judge(self, subject: "Subject") -> "Judgement | None":
        """What hooks and the automatic reviewer say; None: the user is to be asked."""
        ...

    def waiting_on_approval(self) -> AbstractContextManager[None]:
        """While inside, the thread's status says that somebody has to answer. An interrupt ends it, too."""
        ...

    async def end_turn(self) -> NoReturn:
        """Interrupt the turn that asks; the caller is cancelled."""
        ...

    def now_ms(self) -> int:
        """The time, in Unix milliseconds."""
        ...

    def files_changed(self, states: Sequence[FileState]) -> None:
        """Some files are not what they were; clients are told what the turn has changed so far."""
        ...

    def has(self, feature: str) -> bool:
        """Whether a feature is on."""
        ...

    def emit(self, event: WireModel) -> None:
        """Tell the thread's clients."""
        ...

    def started(self, item: ThreadItem) -> None:
        """Show clients that an item has begun."""
        ...

    def completed(self, item: ThreadItem) -> None:
        """Show clients the item as it ended, and record it."""
        ...

    async def ask(self, method: str, params: WireModel) -> WireModel:
        """Ask the thread's clients; waits for as long as they take.

        Raises Unanswered or UnreadableAnswer.
        """
        ...
