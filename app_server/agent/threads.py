"""Starting, resuming and forking threads (threads-and-turns.md §3)."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import anyio.to_thread
from anyio.abc import TaskGroup

from app_server.agent.background import carefully
from app_server.agent.errors import ThreadNotFoundError
from app_server.agent.identifiers import new_thread_id, unix_millis
from app_server.agent.lineage import lineage_of
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp import RequiredServersError
from app_server.agent.model_listing import ModelListing
from app_server.agent.opening import Upstream, instructions_of, open_session, user_instructions_of
from app_server.agent.ports import AgentAudience, AttestationProvider, EventSink, Questions
from app_server.agent.session import Session
from app_server.agent.taking_up import preview_of, with_stored_settings
from app_server.agent.thread import AgentThread, ThreadFacts
from app_server.agent.thread_request import ThreadRequest
from app_server.agent.warm_up import warm_up
from app_server.config.config import Config
from app_server.config.loader import ConfigLoader, wants_trust
from app_server.http.message import HttpError
from app_server.prompt.contextual import is_contextual
from app_server.prompt.markers import turn_aborted_message
from app_server.store import records
from app_server.store.session_meta import SessionMeta
from app_server.store.threads import LocalThreadStore
from app_server.store.timestamps import utc_ms
from app_server.tools.dynamic import recorded_tools
from app_server.version import WIRE_VERSION

if TYPE_CHECKING:  # what brings threads back is not imported before one is
    from collections.abc import Callable, Sequence

    from app_server.agent.active_turn import ActiveTurn
    from app_server.agent.goals.goals import Goals
    from app_server.store.replay_history import ReplayedHistory
    from app_server.store.stored_thread import StoredThread
    from app_server.store.thread_log import ThreadLog
    from app_server.tools.approvals.subject import Judgement, Subject
    from app_server.tools.crew import Crew
    from protocol.turn import Turn
    from protocol.wire import JsonObject

logger = logging.getLogger("app_server.agent")


class Revived(NamedTuple):
    """A thread that came back, or a fork of one."""

    thread: AgentThread
    turns: Sequence[Turn] = ()
    """What was said before; of a thread that was loaded already, nothing."""
    was_loaded: bool = False


class Crews(Protocol):
    """The agents of the server's threads. Implemented by `subagents.crews`, which stands above this."""

    def of(self, thread: AgentThread) -> Crew:
        """The agents that the agent of this thread can reach."""
        ...


class Threads:
    """Brings threads into memory, where `loaded` keeps them."""

    def __init__(
        self,
        *,
        configs: ConfigLoader,
        store: LocalThreadStore,
        upstream: Upstream,
        attestation: AttestationProvider,
        questions: Questions,
        sink_for: Callable[[str], EventSink],
        loaded: LoadedThreads,
        tasks: TaskGroup,
        crews: Callable[[Threads], Crews],
        source: str = "vscode",
        agents_heard_by: AgentAudience | None = None,
    ) -> None:
        """`tasks` is where turns run: it must outlive every connection. `source` is what rollouts say.

        `crews` is called when a thread first wants agents.
        """
        self.loaded = loaded
        self.store = store
        self.listing = ModelListing(upstream, configs)
        self._configs = configs
        self._upstream = upstream
        self._attestation = attestation
        self._questions = questions
        self._sink_for = sink_for
        self._tasks = tasks
        self._source = source
        self._agents_heard_by = agents_heard_by
        self._make_crews = crews
        self._crews: Crews | None = None

    async def start(self, request: ThreadRequest) -> AgentThread:
        """A new thread. Raises ConfigError and ProviderError, and then leaves nothing behind."""
        config = await self._configure(request)
        if wants_trust(config, explicit_cwd=request.cwd is not None):
            await anyio.to_thread.run_sync(self._configs.trust, config)
            config = await self._configure(request)
        meta = self._new_meta(config, request, instructions_of(config))
        log = self.store.create(meta, ephemeral=request.ephemeral)
        return await self.open(config, meta, log, ephemeral=request.ephemeral)

    async def begin_with(self, history: list[JsonObject], request: ThreadRequest) -> AgentThread:
        """A new thread whose history the client gives. Raises as `start` does."""
        thread = await self.start(request)
        thread.session.conversation.add(history)
        thread.session.preview = preview_of(history)
        await thread.session.persist()
        return thread

    async def resume(
        self,
        thread_id: str,
        request: ThreadRequest,
        path: str | None = None,
        *,
        session_id: str | None = None,
    ) -> Revived:
        """The thread as it was left. One that is loaded is given as it is, whatever the request says.

        `session_id` is that of the tree that an agent comes back to.
        Raises AgentError, StoreError, ConfigError and ProviderError.
        """
        if path is None and (running := self._stored_if_loaded(thread_id)) is not None:
            return Revived(running, was_loaded=True)
        stored = await self._stored(thread_id, path)
        if self.loaded.get(stored.meta.id) is not None:
            return Revived(self.loaded.require(stored.meta.id), was_loaded=True)
        replayed, turns = await self.store.replay(stored, is_contextual)
        config = await self._configure(with_stored_settings(request, stored.meta, replayed))
        log = self.store.open_for_append(stored.meta.id, stored.path)
        thread = await self.open(config, stored.meta, log, replayed=replayed, session_id=session_id)
        if thread.session.hooks is not None:
            thread.session.hooks.beginning = "resume"
        thread.session.preview = preview_of(replayed.items)
        thread.session.status.announce_loaded()
        if stored.notice is not None:
            thread.session.warn(stored.notice)
        recorded = replayed.last_model
        if recorded is not None and recorded != thread.session.settings.model:
            thread.session.warn(
                f"This session was recorded with model `{recorded}` but is resuming with "
                f"`{thread.session.settings.model}`. The change may affect how well it goes on."
            )
        return Revived(thread, turns)

    async def fork(self, thread_id: str, request: ThreadRequest, path: str | None = None) -> Revived:
        """A new thread that begins with all that another has recorded so far.

        A turn that is running there is an interrupted one here. Raises as `resume` does.
        """
        if path is None and (running := self._stored_if_loaded(thread_id)) is not None:
            await running.session.persist()
        stored = await self._stored(thread_id, path)
        config = await self._configure(replace(request, cwd=request.cwd or stored.meta.cwd))
        meta = replace(
            self._new_meta(config, request, instructions_of(config, stored.meta.base_instructions)),
            forked_from_id=stored.meta.id,
            dynamic_tools=stored.meta.dynamic_tools,
        )
        replayed, turns = await self.store.replay(stored, is_contextual)
        log = self.store.create(meta, ephemeral=request.ephemeral)
        await log.copy(stored)
        replayed = replace(replayed, compactions=0)  # its windows are its own
        thread = await self.open(config, meta, log, replayed=replayed, ephemeral=request.ephemeral)
        if replayed.open_turn_id is not None:
            thread.session.conversation.add([turn_aborted_message()])
            thread.session.conversation.log(records.turn_aborted(replayed.open_turn_id))
        thread.session.preview = preview_of(replayed.items)
        await thread.session.persist()
        return Revived(thread, turns)

    def _stored_if_loaded(self, thread_id: str) -> AgentThread | None:
        """The loaded thread; AgentError when it is one that no log could bring back."""
        if self.loaded.get(thread_id) is None:
            return None
        thread = self.loaded.require(thread_id)
        if not thread.is_stored:
            raise ThreadNotFoundError(f"no rollout found for thread id {thread_id}")
        return thread

    async def _configure(self, request: ThreadRequest) -> Config:
        config = self._configs.load(
            cwd=Path(request.cwd) if request.cwd else None,
            request_config=request.config,
            typed=request.overrides,
        )
        await self.listing.ready(config)
        return config

    def _new_meta(self, config: Config, request: ThreadRequest, instructions: str) -> SessionMeta:
        return SessionMeta(
            id=new_thread_id(),
            timestamp=utc_ms(unix_millis()),
            cwd=str(config.cwd),
            originator=self._upstream.identity.originator,
            cli_version=WIRE_VERSION,
            source=self._source,
            model_provider=config.model_provider,
            base_instructions=instructions,
            thread_source=request.thread_source,
            dynamic_tools=tuple(tool.to_record() for tool in request.dynamic_tools) or None,
        )

    async def _stored(self, thread_id: str, path: str | None) -> StoredThread:
        return await (self.store.load(thread_id) if path is None else self.store.load_path(path))

    async def open(
        self,
        config: Config,
        meta: SessionMeta,
        log: ThreadLog,
        *,
        replayed: ReplayedHistory | None = None,
        ephemeral: bool = False,
        session_id: str | None = None,
    ) -> AgentThread:
        """The thread of a new log, or of one whose entries were replayed. Raises as `start` does."""
        try:
            user = user_instructions_of(config)
            session = await open_session(
                self._upstream,
                config,
                log,
                self._sink_for(meta.id),
                thread_id=meta.id,
                session_id=session_id or meta.id,
                instructions=instructions_of(config, meta.base_instructions),
                user_instructions=user.text,
                attestation=self._attestation,
                questions=self._questions,
                dynamic_tools=recorded_tools(meta.dynamic_tools or ()),
                ephemeral=ephemeral,
                replayed=replayed,
                lineage=lineage_of(meta),
                thread_source=meta.thread_source,
            )
        except BaseException:
            log.discard()
            raise
        self._tasks.start_soon(carefully(session.mcp.run), name=f"MCP servers of {meta.id}")
        if failures := await session.mcp.failures_of_required():
            await session.mcp.close()
            log.discard()
            raise RequiredServersError(failures)
        for warning in config.warnings:
            session.warn(warning)
        thread = AgentThread(session, ThreadFacts(meta, ephemeral, user.sources), self._tasks)
        if config.feature("goals") and not ephemeral:
            await self.goals_of(thread)
        self.loaded.add(thread)
        session.on_models_etag = self._hear_of_models
        session.crew = partial(self._crew_of, thread)
        session.reviewer = _review
        self._tasks.start_soon(carefully(self._prepare_upstream), session)
        self._tasks.start_soon(carefully(self.listing.refresh_for), config)
        self._tasks.start_soon(carefully(self._prepare_skills), config)
        return thread

    async def goals_of(self, thread: AgentThread) -> Goals:
        """What holds the goal of a thread that is stored."""
        from app_server.agent.goal_keeper import goal_keeper  # few threads may have goals
        from app_server.store.goals import GoalFiles

        if thread.session.goals is None:
            keeper = await goal_keeper(thread.session, GoalFiles(thread.session.config.codex_home))
            thread.session.goals = keeper
            keeper.attach(thread)
        return thread.session.goals

    def welcome(self, agent: AgentThread, *, announced: bool = False) -> None:
        """Let every client hear of a thread that an agent started, or (`announced`) has brought back."""
        if self._agents_heard_by is not None:
            self._agents_heard_by.subscribe_everyone(agent.id)
        if not announced:
            agent.session.status.announce_loaded()

    async def end(self, thread_id: str) -> None:
        """Close the thread of an agent, and those under it."""
        ended = [thread_id, *(agent.id for agent in self.loaded.under(thread_id))]
        await self.loaded.unload(thread_id)
        for one in ended:
            if self._agents_heard_by is not None:
                self._agents_heard_by.forget(one)

    def _crew_of(self, thread: AgentThread) -> Crew:
        if self._crews is None:
            self._crews = self._make_crews(self)
        return self._crews.of(thread)

    def _hear_of_models(self, provider_id: str, etag: str) -> None:
        self._tasks.start_soon(carefully(self.listing.heard), provider_id, etag)

    async def _prepare_upstream(self, session: Session) -> None:
        """Load what the first turn will need while the client still thinks about it."""
        provider = session.client.provider
        try:
            await self._upstream.http.prepare(provider.url("responses", chatgpt_login=True))
        except HttpError:
            logger.debug("thread %s: the provider's address cannot be used", session.thread_id)
            return
        if session.client.uses_websocket:
            await warm_up(session)

    async def _prepare_skills(self, config: Config) -> None:
        """Search the skills, so that the first turn finds them known and a change of them is noticed."""
        try:
            await anyio.to_thread.run_sync(self._upstream.skills.catalogue, config)
        except OSError:
            logger.debug("the skills that %s sees cannot be searched", config.cwd)


async def _review(session: Session, turn: ActiveTurn, subject: Subject) -> Judgement:
    from app_server.agent.guardian.review import review  # few threads leave it to the reviewer

    return await review(session, turn, subject)
