"""Runs the server over this process's stdin and stdout, until that one connection ends (connection.md §12.1).

The end is stdin's end, a signal, the death of the parent, or a client that closed its reading end. What the
client asked for before is still answered, within bounds that an impatient launcher allows for.
"""

import asyncio
from collections.abc import Awaitable, Callable

import anyio

from app_server.rpc.introduction import Introduction
from app_server.rpc.server import PATIENCE_SECONDS, RpcServer
from app_server.transport.lifeline import watch_lifeline
from app_server.transport.signals import StopSignals
from app_server.transport.stdio import StdioChannel

_HURRY_SECONDS = 0.5


async def serve_stdio(
    rpc: RpcServer,
    channel: StdioChannel,
    signals: StopSignals,
    *,
    greeted: Introduction | None = None,
    turns_are_running: Callable[[], bool] = lambda: False,
    before_close: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Serve the one client of stdio; returns when it is done with.

    While a turn runs, or after a signal, little is waited for. `before_close` ends turns and threads: it runs
    when the client's requests are answered, and what it emits still goes out.
    """
    stopping = anyio.Event()

    def stop() -> None:
        stopping.set()
        source.stop()

    def patience() -> float:
        if outlet.gone:
            return 0.0
        return _HURRY_SECONDS if stopping.is_set() or turns_are_running() else PATIENCE_SECONDS

    source, outlet = channel.attach(stop)
    loop = asyncio.get_running_loop()

    def signalled() -> None:
        try:
            loop.call_soon_threadsafe(stop)
        except RuntimeError:
            # The loop has ended, and the process is about to.
            return

    signals.listen(signalled)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(watch_lifeline, channel.parent, channel.writing_fd, stop)
        await rpc.run_connection(
            source,
            outlet,
            greeted=greeted,
            stopping=stopping,
            patience=patience,
            before_close=before_close,
        )
        tasks.cancel_scope.cancel()
    outlet.close()
