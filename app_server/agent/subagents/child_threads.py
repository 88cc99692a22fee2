"""Beginning, finding and ending the threads of agents: all that agents know of the server's threads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app_server.agent.errors import AgentError
from app_server.agent.identifiers import new_thread_id, unix_millis
from app_server.agent.lineage import lineage_of
from app_server.agent.subagents.forking import begins_turn, is_kept, kept_lines
from app_server.config.errors import ConfigError
from app_server.model.provider import ProviderError
from app_server.prompt.contextual import is_contextual
from app_server.store.errors import StoreError
from app_server.store.session_meta import SessionMeta
from app_server.store.timestamps import utc_ms
from app_server.tools.crew import AgentMissing, SpawnRefused
from app_server.version import WIRE_VERSION

if TYPE_CHECKING:
    from app_server.agent.lineage import Lineage
    from app_server.agent.subagents.forking import History
    from app_server.agent.thread import AgentThread
    from app_server.agent.threads import Threads
    from app_server.config.config import Config


class ChildThreads:
    """Threads that run on the same server as those that clients start, and that clients see as well."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    def find(self, thread_id: str) -> AgentThread | None:
        return self._threads.loaded.get(thread_id)

    async def begin(
        self, parent: AgentThread, lineage: Lineage, config: Config, instructions: str, history: History
    ) -> AgentThread:
        """A new thread that has taken no turn. Raises SpawnRefused when it cannot be opened."""
        of_parent = parent.facts.meta
        meta = SessionMeta(
            id=new_thread_id(),
            timestamp=utc_ms(unix_millis()),
            cwd=str(config.cwd),
            originator=of_parent.originator,
            cli_version=WIRE_VERSION,
            source=lineage.to_source(),
            model_provider=config.model_provider,
            base_instructions=instructions,
            forked_from_id=None if history == "none" else parent.id,
            thread_source="subagent",
            agent_nickname=lineage.nickname,
            agent_role=lineage.role,
            agent_path=lineage.path,
        )
        try:
            child = await self._opened(parent, config, meta, history)
        except (AgentError, ConfigError, ProviderError, StoreError) as error:
            raise SpawnRefused(str(error)) from error
        self._threads.welcome(child)
        return child

    async def _opened(
        self, parent: AgentThread, config: Config, meta: SessionMeta, history: History
    ) -> AgentThread:
        threads, ephemeral = self._threads, parent.facts.ephemeral
        session_id = parent.session.session_id
        log = threads.store.create(meta, ephemeral=ephemeral)
        if history == "none":
            return await threads.open(config, meta, log, ephemeral=ephemeral, session_id=session_id)
        if ephemeral:
            child = await threads.open(config, meta, log, ephemeral=True, session_id=session_id)
            said = parent.session.conversation.history
            starts = [i for i, item in enumerate(said) if begins_turn(item, is_contextual)]
            first = 0 if history == "all" or len(starts) < history else starts[-history]
            child.session.conversation.add([item for item in said[first:] if is_kept(item)])
            return child
        await parent.session.persist()
        stored = await threads.store.load(parent.id)
        await log.copy(kept_lines(stored, history, is_contextual))
        replayed, _ = await threads.store.replay(await threads.store.load(meta.id), is_contextual)
        child = await threads.open(
            config, meta, log, replayed=replace(replayed, context=None), session_id=session_id
        )
        child.session.preview = parent.session.preview
        return child

    async def revive(self, parent: AgentThread, thread_id: str) -> AgentThread:
        """A thread that was closed, as it was left. Raises AgentMissing."""
        from app_server.agent.thread_request import ThreadRequest

        session = parent.session
        try:
            if lineage_of((await self._threads.store.load(thread_id)).meta) is None:
                raise AgentMissing(thread_id)  # a thread of the user's own
            revived = await self._threads.resume(thread_id, ThreadRequest(), session_id=session.session_id)
        except (AgentError, ConfigError, ProviderError, StoreError) as error:
            raise AgentMissing(thread_id) from error
        child, now = revived.thread, session.settings
        child.session.settings = replace(
            child.session.settings,
            approval_policy=now.approval_policy,
            approvals_reviewer=now.approvals_reviewer,
            sandbox=now.sandbox,
            permission_profile=now.permission_profile,
            workspace_roots=now.workspace_roots,
        )
        self._threads.welcome(child, announced=True)
        return child

    async def close(self, thread_id: str) -> None:
        """End a thread with those under it."""
        await self._threads.end(thread_id)
