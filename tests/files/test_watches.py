"""Watches end with the connection that asked for them (services.md §4)."""

from dataclasses import dataclass, field
from pathlib import Path

import anyio
from anyio.abc import TaskGroup

from app_server.files import watch as watching
from app_server.handlers.base import Call
from app_server.handlers.files.watches import FileWatchHandlers
from protocol.files import FsChangedNotification, FsUnwatchParams, FsWatchParams
from protocol.wire import WireModel

DEADLINE = 15.0


@dataclass
class Listener:
    """A connection as handlers know it."""

    number: int
    tasks: TaskGroup
    experimental_api: bool = False
    open_requests: int = 0
    queued_requests: int = 0
    told: list[WireModel] = field(default_factory=list[WireModel])
    heard: anyio.Event = field(default_factory=anyio.Event)

    async def drain(self) -> None:
        """It reads at once."""

    def shows_to_know(self, word: str) -> None:
        """It is told nothing that has versions."""

    def notify(self, event: WireModel) -> None:
        self.told.append(event)
        self.heard.set()


async def no_thread_waits() -> None:
    with anyio.fail_after(DEADLINE):
        while watching.waiting_threads.borrowed_tokens:  # noqa: ASYNC110 - a thread ends untold
            await anyio.sleep(0.01)


async def test_a_closed_connection_takes_its_watches_and_their_threads_along(tmp_path: Path) -> None:
    handlers = FileWatchHandlers()
    tasks = anyio.create_task_group()
    client = Listener(1, tasks)
    async with tasks:
        for name in ("a", "b"):
            params = FsWatchParams(watch_id=name, path=str(tmp_path))
            await handlers.watch(Call(client, "fs/watch", 1), params)
        (tmp_path / "file").write_text("")
        with anyio.fail_after(DEADLINE):
            await client.heard.wait()
        tasks.cancel_scope.cancel()

    await no_thread_waits()
    event = client.told[0]
    assert isinstance(event, FsChangedNotification)
    assert str(tmp_path / "file") in event.changed_paths
    async with anyio.create_task_group() as again:  # its ids are free again
        await handlers.watch(
            Call(Listener(1, again), "fs/watch", 1), FsWatchParams(watch_id="a", path=str(tmp_path))
        )
        again.cancel_scope.cancel()


async def test_ids_belong_to_their_connection(tmp_path: Path) -> None:
    handlers = FileWatchHandlers()
    params = FsWatchParams(watch_id="w", path=str(tmp_path))
    tasks = anyio.create_task_group()
    first, second = Listener(1, tasks), Listener(2, tasks)
    async with tasks:
        await handlers.watch(Call(first, "fs/watch", 1), params)
        await handlers.watch(Call(second, "fs/watch", 1), params)

        await handlers.unwatch(Call(first, "fs/unwatch", 2), FsUnwatchParams(watch_id="w"))
        (tmp_path / "file").write_text("")
        with anyio.fail_after(DEADLINE):
            await second.heard.wait()

        tasks.cancel_scope.cancel()
    await no_thread_waits()
    assert first.told == []
