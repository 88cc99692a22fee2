"""One loaded thread's parts, put together: what a turn works with.

It exists for the threads that clients see and, with a sink that drops everything and no attestation, for the
private one behind `debug/buildPromptInput`.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app_server.agent.conversation import Conversation
from app_server.agent.lineage import Lineage
from app_server.agent.ports import EventSink, Questions
from app_server.agent.settings import ThreadSettings
from app_server.agent.status import StatusTracker
from app_server.agent.usage import UsageLedger
from app_server.config.config import Config
from app_server.exec.terminals import Terminals
from app_server.mcp.servers import ThreadServers, no_servers
from app_server.model.client import ModelClient
from app_server.skills.library import SkillLibrary
from app_server.store import records
from app_server.store.errors import RolloutWriteError
from app_server.tools.approvals.thread import ThreadApprovals
from app_server.tools.dynamic import DynamicTool
from protocol.rate_limit import AccountRateLimitsUpdatedNotification, RateLimitSnapshot
from protocol.thread_events import ThreadTokenUsageUpdatedNotification

if TYPE_CHECKING:
    from app_server.agent.active_turn import ActiveTurn
    from app_server.agent.goals.goals import Goals
    from app_server.agent.thread_hooks import ThreadHooks
    from app_server.apps.hosted import HostedApps
    from app_server.tools.approvals.subject import Judgement, Subject
    from app_server.tools.crew import Crew
    from protocol.input import AdditionalContextEntry

    Reviewer = Callable[["Session", ActiveTurn, Subject], Awaitable[Judgement]]
    """Never raises but when the turn is interrupted."""

logger = logging.getLogger("app_server.agent")


@dataclass(slots=True, eq=False, repr=False)
class Session:
    """The parts of one loaded thread, each the owner of what it holds. Few are ever replaced."""

    thread_id: str
    session_id: str
    sink: EventSink
    status: StatusTracker
    conversation: Conversation
    usage: UsageLedger
    client: ModelClient
    config: Config
    instructions: str
    """The base instructions, fixed when the thread began; a later model switch is told in the history."""
    instructions_overridden: bool
    user_instructions: str | None
    """What the AGENTS.md files said when the thread was loaded."""
    approvals: ThreadApprovals
    """What the thread has been allowed, the user's rules for commands included."""
    skills: SkillLibrary
    """Shared by all threads."""
    questions: Questions
    dynamic_tools: tuple[DynamicTool, ...]
    """What the client brought along when the thread was started."""
    ephemeral: bool
    settings: ThreadSettings
    last_model: str | None = None
    """The model of the last user turn; a turn on another one tells the model so."""
    open_elicitations: int = 0
    """Questions that the client puts to the user by itself; while there are any, timeouts stand still."""
    turn_id: str | None = None
    """The turn that runs, which a server's question belongs to."""
    mcp: ThreadServers = field(default_factory=no_servers)
    apps: "HostedApps | None" = None
    """The server of the account's apps; None: no account was logged in when the thread began."""
    app_plugins: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """The names of the plugins that bring an app, by its id."""
    apps_untold: bool = False
    """Whether the model was told all about the thread before it was known if there are apps."""
    added_context: "Mapping[str, AdditionalContextEntry]" = field(
        default_factory=dict[str, "AdditionalContextEntry"]
    )
    """What the last input's client knew beside it, by keys of its own."""
    reasoning_counted: bool = False
    """Whether the provider's usage includes the reasoning of earlier turns."""
    failed_compactions: int = 0
    """How many times in a row the history could not be compacted by itself."""
    terminals: Terminals = field(default_factory=Terminals)
    """The commands that outlived the calls that began them."""
    hooks: "ThreadHooks | None" = None
    """None: there are none that may run."""
    realtime_active: bool = False
    """Whether a spoken conversation goes on, which turns tell the model."""
    preview: str = ""
    """The first thing that a user said, which lists show."""
    lineage: Lineage | None = None
    """Where it stands in the tree of agents; None: at the root."""
    thread_source: str | None = None
    """What the thread is for, as its requests say it."""
    crew: "Callable[[], Crew] | None" = None
    """The agents that it can reach; made when it is first needed. None: it can have none."""
    reviewer: "Reviewer | None" = None
    """Judges what a turn wants to do, where the user leaves that to it."""
    goals: "Goals | None" = None
    """What the thread works towards; None: it cannot have a goal."""
    on_models_etag: Callable[[str, str], None] | None = None
    """Told which version of its list a provider has, whenever an answer says so."""

    def warn(self, message: str) -> None:
        """Tell the thread's clients something that does not stop the turn."""
        from protocol.warnings import WarningNotification  # few threads are warned

        self.sink.emit(WarningNotification(thread_id=self.thread_id, message=message))

    def report_usage(self, turn_id: str) -> None:
        """Tell clients and log what has been used; a response without usage repeats the last figures."""
        usage = self.usage.to_wire()
        if usage is not None:
            self.sink.emit(
                ThreadTokenUsageUpdatedNotification(
                    thread_id=self.thread_id, turn_id=turn_id, token_usage=usage
                )
            )
        limits = self.client.rate_limits
        if limits is not None:
            snapshot = RateLimitSnapshot.model_validate(limits.to_wire())
            self.sink.emit(AccountRateLimitsUpdatedNotification(rate_limits=snapshot))
        self.conversation.log(
            records.token_count(self.usage.to_record(), limits.to_record() if limits is not None else None)
        )

    async def persist(self) -> None:
        """Bring everything logged so far to disk. A disk that refuses costs a warning, never the turn."""
        try:
            await self.conversation.log_file().materialise()
        except RolloutWriteError as error:
            logger.warning("thread %s is not recorded: %s", self.thread_id, error)
            self.warn(str(error))

    async def persist_quietly(self) -> None:
        """The same in the middle of a turn, whose end tells of a disk that then still refuses."""
        with suppress(RolloutWriteError):
            await self.conversation.log_file().commit()

    async def release(self) -> None:
        """End the servers, write what is left and let the log go; what cannot be written is lost."""
        await self.mcp.close()
        await self.client.close()
        log = self.conversation.log_file()
        try:
            await log.close()
        except RolloutWriteError as error:
            logger.warning("thread %s is not recorded to its end: %s", self.thread_id, error)
            log.discard()
