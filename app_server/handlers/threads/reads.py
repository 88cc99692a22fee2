"""Looking at threads without loading them: read, list (threads-and-turns.md §3.4, §3.5)."""

from collections.abc import Sequence
from pathlib import Path

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import AgentThread
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.view import loaded_thread, stored_thread
from app_server.prompt.contextual import is_contextual
from app_server.store.thread_list import ThreadQuery, page_limit
from app_server.store.thread_record import ThreadRecord
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_params, invalid_request
from protocol.thread import Thread, ThreadStatus
from protocol.thread_list import ThreadListParams, ThreadListResponse, ThreadReadParams, ThreadReadResponse
from protocol.turn import Turn


class ThreadReads:
    """Reads what is loaded and what is stored, and changes neither."""

    def __init__(self, store: LocalThreadStore, loaded: LoadedThreads, configs: ConfigLoader) -> None:
        self._store = store
        self._loaded = loaded
        self._configs = configs

    async def read(self, _call: Call, params: ThreadReadParams) -> ThreadReadResponse:
        thread_id = thread_id_of(params.thread_id)
        loaded = self._loaded.get(thread_id)
        with refusals():
            if loaded is not None:
                return ThreadReadResponse(thread=await self._read_loaded(loaded, params.include_turns))
            record = await self.record(thread_id)
            if record is None:
                raise invalid_request(f"thread not loaded: {thread_id}", kind="thread_not_found")
            turns = await self.stored_turns(thread_id) if params.include_turns else ()
        return ThreadReadResponse(
            thread=stored_thread(record, default_provider=self.default_provider(), turns=turns)
        )

    async def list_page(self, _call: Call, params: ThreadListParams) -> ThreadListResponse:
        if params.sort_key == "section_position":
            raise invalid_request(
                "Invalid request: unknown variant `section_position`, expected one of "
                "`created_at`, `updated_at`, `recency_at`"
            )
        providers = params.model_providers
        default_provider = self.default_provider()
        query = ThreadQuery(
            limit=page_limit(params.limit),
            cursor=params.cursor,
            sort="created_at" if params.sort_key in (None, "created_at") else "updated_at",
            descending=params.sort_direction != "asc",
            archived=params.archived or False,
            model_providers=frozenset([default_provider] if providers is None else providers),
            default_provider=default_provider,
            source_kinds=frozenset(params.source_kinds or ()),
            cwds=self._folders(params.cwd),
            search=params.search_term,
        )
        with refusals():
            page = await self._store.list(query)
        return ThreadListResponse(
            data=[
                stored_thread(record, default_provider=default_provider, status=self.status(record.id))
                for record in page.records
            ],
            next_cursor=page.next_cursor,
            backwards_cursor=page.backwards_cursor,
        )

    async def record(self, thread_id: str) -> ThreadRecord | None:
        """What the store knows of a thread, archived ones included; None when it knows nothing."""
        return await self._store.read(thread_id)

    async def live_turns(self, thread: AgentThread) -> Sequence[Turn]:
        """The turns of a loaded thread: what its log holds, and the running one as far as it has come."""
        if thread.path is None:
            return ()
        running = thread.snapshot()
        turns = await self.stored_turns(thread.id, running.id if running else None)
        if running is None:
            return turns
        return [*(turn for turn in turns if turn.id != running.id), running]

    async def view(self, thread_id: str) -> Thread:
        """A thread that has a log, without its turns. Raises RpcError and StoreError."""
        loaded, record = self._loaded.get(thread_id), await self.record(thread_id)
        if record is None:
            raise invalid_request(f"thread not found: {thread_id}", kind="thread_not_found")
        if loaded is not None:
            return loaded_thread(loaded, (), record)
        return stored_thread(record, default_provider=self.default_provider())

    async def turns_of(self, thread_id: str, method: str) -> Sequence[Turn]:
        """The turns of a thread, loaded or stored, for a method that pages through them. Raises RpcError."""
        thread = self._loaded.get(thread_id)
        if thread is None:
            if await self.record(thread_id) is None:
                raise invalid_request(f"thread not loaded: {thread_id}", kind="thread_not_found")
            return await self.stored_turns(thread_id)
        if thread.facts.ephemeral:
            raise invalid_request(f"ephemeral threads do not support {method}")
        if not thread.is_stored:
            raise invalid_request(
                f"thread {thread_id} is not materialized yet; "
                f"{method} is unavailable before first user message"
            )
        return await self.live_turns(thread)

    async def _read_loaded(self, thread: AgentThread, include_turns: bool) -> Thread:
        if not include_turns:
            return loaded_thread(thread, (), await self.record(thread.id) if thread.is_stored else None)
        if thread.facts.ephemeral:
            raise invalid_request("ephemeral threads do not support includeTurns")
        if not thread.is_stored:
            raise invalid_request(
                f"thread {thread.id} is not materialized yet; "
                "includeTurns is unavailable before first user message"
            )
        return loaded_thread(thread, await self.live_turns(thread), await self.record(thread.id))

    async def stored_turns(self, thread_id: str, active_turn_id: str | None = None) -> Sequence[Turn]:
        stored = await self._store.load(thread_id)
        _, turns = await self._store.replay(stored, is_contextual, active_turn_id)
        return turns

    def status(self, thread_id: str) -> ThreadStatus | None:
        thread = self._loaded.get(thread_id)
        return None if thread is None else thread.session.status.current

    def default_provider(self) -> str:
        """What a thread without a provider counts as; also the one that lists are about by default."""
        return self._configs.without_projects().model_provider

    def _folders(self, asked: str | list[str] | None) -> tuple[str, ...] | None:
        if asked is None:
            return None
        folders = [asked] if isinstance(asked, str) else asked
        if any("\0" in folder for folder in folders):
            raise invalid_params("invalid cwd filter: a path holds a NUL character")
        return tuple(str(self._configs.absolute(Path(folder))) for folder in folders)
