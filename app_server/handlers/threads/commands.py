"""The commands of a thread: those that go on, and the user's own (threads-and-turns.md §3.13)."""

from app_server.agent.identifiers import new_item_id
from app_server.agent.loaded_threads import LoadedThreads
from app_server.exec.terminals import Terminal
from app_server.exec.usage import usage_of
from app_server.handlers.base import Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.pages import page
from app_server.handlers.threads.ids import thread_id_of
from app_server.tools.commands.user_command import UserCommand
from protocol.jsonrpc import invalid_request
from protocol.thread_control import (
    ThreadBackgroundTerminal,
    ThreadBackgroundTerminalsCleanParams,
    ThreadBackgroundTerminalsCleanResponse,
    ThreadBackgroundTerminalsListParams,
    ThreadBackgroundTerminalsListResponse,
    ThreadBackgroundTerminalsTerminateParams,
    ThreadBackgroundTerminalsTerminateResponse,
    ThreadShellCommandParams,
    ThreadShellCommandResponse,
)


class ThreadCommands:
    """Acts on threads that are loaded, and on no others."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def shell_command(
        self, _call: Call, params: ThreadShellCommandParams
    ) -> Reply[ThreadShellCommandResponse]:
        """Answered at once; its item follows, in the running turn or in one of its own."""
        script = params.command.strip()
        if not script:
            raise invalid_request("command must not be empty")
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        command = UserCommand(new_item_id(), script, params.timeout_ms)
        return Reply(ThreadShellCommandResponse(), lambda: thread.run_command(command))

    async def clean(
        self, _call: Call, params: ThreadBackgroundTerminalsCleanParams
    ) -> ThreadBackgroundTerminalsCleanResponse:
        """Answered when all of them have ended."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        await thread.session.terminals.close()
        return ThreadBackgroundTerminalsCleanResponse()

    async def list_page(
        self, _call: Call, params: ThreadBackgroundTerminalsListParams
    ) -> ThreadBackgroundTerminalsListResponse:
        """Those that run, by number, so that pages do not depend on which was used last."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        running = sorted(thread.session.terminals.running(), key=lambda one: one.number)
        rows, following = page(running, params.cursor, params.limit, "background terminals")
        return ThreadBackgroundTerminalsListResponse(
            data=[_described(terminal) for terminal in rows], next_cursor=following
        )

    async def terminate(
        self, _call: Call, params: ThreadBackgroundTerminalsTerminateParams
    ) -> ThreadBackgroundTerminalsTerminateResponse:
        """Answered when it has ended; what is no number of ours names none."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        name = params.process_id
        known = name.isascii() and name.isdecimal() and len(name) < 9
        ended = known and await thread.session.terminals.end(int(name))
        return ThreadBackgroundTerminalsTerminateResponse(terminated=ended)


def _described(terminal: Terminal) -> ThreadBackgroundTerminal:
    pid = terminal.process.pid
    usage = usage_of(pid)
    return ThreadBackgroundTerminal(
        item_id=terminal.shown.item_id,
        process_id=str(terminal.number),
        command=terminal.shown.command,
        cwd=terminal.shown.cwd,
        os_pid=pid,
        cpu_percent=usage.cpu_percent,
        rss_kb=usage.resident_kb,
    )
