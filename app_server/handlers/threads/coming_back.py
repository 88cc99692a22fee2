"""Bringing threads back into memory: resume, fork (threads-and-turns.md §3.2, §3.3)."""

from collections.abc import Sequence
from typing import cast

from app_server.agent.thread import AgentThread
from app_server.agent.thread_request import ThreadRequest
from app_server.agent.threads import Revived, Threads
from app_server.handlers.base import Audience, Call, Client, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.overrides import thread_overrides
from app_server.handlers.threads.reads import ThreadReads
from app_server.handlers.threads.start import note_deprecation
from app_server.handlers.threads.view import loaded_thread, loading_answer
from protocol.jsonrpc import invalid_request
from protocol.thread_events import ThreadStartedNotification, ThreadTokenUsageUpdatedNotification
from protocol.thread_resume import (
    ThreadForkParams,
    ThreadForkResponse,
    ThreadResumeParams,
    ThreadResumeResponse,
)
from protocol.turn import Turn
from protocol.wire import JsonObject


class ThreadHandlers:
    """Loads threads, and subscribes whoever asked."""

    def __init__(self, threads: Threads, audience: Audience, reads: ThreadReads) -> None:
        self._threads = threads
        self._audience = audience
        self._reads = reads

    async def resume(self, call: Call, params: ThreadResumeParams) -> Reply[ThreadResumeResponse]:
        note_deprecation(call.client, asked=params.persist_extended_history)
        overrides = thread_overrides(params, params.personality)
        request = ThreadRequest(cwd=params.cwd, config=params.config, overrides=overrides)
        if params.history is not None:
            return await self._begin_with(call.client, params, request)
        with refusals():
            revived = await self._threads.resume(_named(params), request, params.path)
            turns = await self._turns(revived, exclude=params.exclude_turns)
            record = await self._reads.record(revived.thread.id)
        thread = revived.thread
        self._audience.subscribe(call.client, thread.id)

        def tell() -> None:
            if not params.exclude_turns:
                _replay_usage(call.client, thread)
            if (goals := thread.session.goals) is not None:
                goals.announce(to=call.client.notify)
                goals.go_on()
            self._audience.replay_requests(call.client, thread.id)
            thread.session.mcp.announce()

        view = loaded_thread(thread, turns, record)
        return Reply(ThreadResumeResponse(**loading_answer(thread, view)), tell)

    async def fork(self, call: Call, params: ThreadForkParams) -> Reply[ThreadForkResponse]:
        note_deprecation(call.client, asked=params.persist_extended_history)
        request = ThreadRequest(
            cwd=params.cwd,
            config=params.config,
            overrides=thread_overrides(params),
            ephemeral=params.ephemeral,
            thread_source=params.thread_source,
        )
        with refusals():
            revived = await self._threads.fork(_named(params), request, params.path)
            thread = revived.thread
            record = None if thread.facts.ephemeral else await self._reads.record(thread.id)
        self._audience.subscribe(call.client, thread.id)

        def tell() -> None:
            if not params.exclude_turns:
                _replay_usage(call.client, thread)
            self._audience.emit(ThreadStartedNotification(thread=loaded_thread(thread, (), record)))
            thread.session.mcp.announce()

        view = loaded_thread(thread, () if params.exclude_turns else revived.turns, record)
        return Reply(ThreadForkResponse(**loading_answer(thread, view)), tell)

    async def _begin_with(
        self, client: Client, params: ThreadResumeParams, request: ThreadRequest
    ) -> Reply[ThreadResumeResponse]:
        """A given history makes a new thread; the id in the request only says which one it is not."""
        history = cast("list[JsonObject]", params.history)
        if not history:
            raise invalid_request("history must not be empty")
        running = self._threads.loaded.get(params.thread_id)
        if running is not None:
            raise invalid_request(
                f"cannot resume thread {running.id} with history while it is already running"
            )
        with refusals():
            thread = await self._threads.begin_with(history, request)
        self._audience.subscribe(client, thread.id)
        return Reply(
            ThreadResumeResponse(**loading_answer(thread, loaded_thread(thread))), thread.session.mcp.announce
        )

    async def _turns(self, revived: Revived, *, exclude: bool) -> Sequence[Turn]:
        if exclude:
            return ()
        return await self._reads.live_turns(revived.thread) if revived.was_loaded else revived.turns


def _named(params: ThreadResumeParams | ThreadForkParams) -> str:
    """The thread that a request names; with a path the id is not looked at."""
    return params.thread_id if params.path is not None else thread_id_of(params.thread_id)


def _replay_usage(client: Client, thread: AgentThread) -> None:
    """The last known usage, to whoever brought the thread back."""
    usage = thread.session.usage.to_wire()
    turn_id = thread.session.usage.turn_id
    if usage is not None and turn_id is not None:
        client.notify(
            ThreadTokenUsageUpdatedNotification(thread_id=thread.id, turn_id=turn_id, token_usage=usage)
        )
