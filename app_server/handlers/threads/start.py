"""Beginning threads (threads-and-turns.md §3.1)."""

from app_server.agent.thread_request import ThreadRequest
from app_server.agent.threads import Threads
from app_server.handlers.base import Audience, Call, Client, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.dynamic_tools import dynamic_tools
from app_server.handlers.threads.overrides import places_asked_for, thread_overrides
from app_server.handlers.threads.view import loaded_thread, loading_answer
from protocol.thread_events import ThreadStartedNotification
from protocol.thread_start import ThreadStartParams, ThreadStartResponse


class ThreadStart:
    """Makes threads, and subscribes whoever asked."""

    def __init__(self, threads: Threads, audience: Audience) -> None:
        self._threads = threads
        self._audience = audience

    async def start(self, call: Call, params: ThreadStartParams) -> Reply[ThreadStartResponse]:
        note_deprecation(call.client, asked=params.persist_extended_history)
        tools = dynamic_tools(params.dynamic_tools or ())
        places = places_asked_for(params.environments)
        with refusals():
            thread = await self._threads.start(
                ThreadRequest(
                    cwd=params.cwd,
                    config=params.config,
                    overrides=thread_overrides(params, params.personality),
                    ephemeral=params.ephemeral or False,
                    thread_source=params.thread_source,
                    dynamic_tools=tools,
                )
            )
        if places == ():
            thread.leave_machine()
        if thread.session.hooks is not None and params.session_start_source is not None:
            thread.session.hooks.beginning = params.session_start_source
        self._audience.subscribe(call.client, thread.id)
        view = loaded_thread(thread)

        def tell() -> None:
            self._audience.emit(ThreadStartedNotification(thread=view))
            thread.session.mcp.announce()

        return Reply(
            ThreadStartResponse(**loading_answer(thread, view)),
            tell,
        )


def note_deprecation(client: Client, *, asked: bool) -> None:
    """Tell a client that has asked for it what is no more."""
    if asked:
        from protocol.warnings import DeprecationNoticeNotification  # hardly anyone asks

        client.notify(
            DeprecationNoticeNotification(summary="persistExtendedHistory is deprecated and ignored")
        )
