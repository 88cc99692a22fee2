"""`fs/watch` and `fs/unwatch`: a connection is told what changes, until it asks no more or closes."""

import logging
from contextlib import aclosing

import anyio
from anyio.abc import TaskStatus

from app_server.files.watch import PathWatch
from app_server.handlers.base import Call, Client
from app_server.handlers.files.operations import refused_by_the_system
from protocol.files import (
    FsChangedNotification,
    FsUnwatchParams,
    FsUnwatchResponse,
    FsWatchParams,
    FsWatchResponse,
)
from protocol.jsonrpc import invalid_request

logger = logging.getLogger("app_server.files")


class FileWatchHandlers:
    """Owns the watches of all connections; each ends with the connection that asked for it."""

    def __init__(self) -> None:
        self._scopes: dict[tuple[int, str], anyio.CancelScope] = {}

    async def watch(self, call: Call, params: FsWatchParams) -> FsWatchResponse:
        """Answered when nothing is missed any more. The path need not exist."""
        key = (call.client.number, params.watch_id)
        if key in self._scopes:
            raise invalid_request(f"watchId already exists: {params.watch_id}")
        try:
            await call.client.tasks.start(self._watch, call.client, params)
        except OSError as error:
            raise refused_by_the_system(error) from error
        return FsWatchResponse(path=params.path)

    async def unwatch(self, call: Call, params: FsUnwatchParams) -> FsUnwatchResponse:
        """Nothing is told any more after the answer; an id that is not known is fine."""
        scope = self._scopes.pop((call.client.number, params.watch_id), None)
        if scope is not None:
            scope.cancel()
        return FsUnwatchResponse()

    async def _watch(
        self,
        client: Client,
        params: FsWatchParams,
        *,
        task_status: TaskStatus[None] = anyio.TASK_STATUS_IGNORED,
    ) -> None:
        key = (client.number, params.watch_id)
        watch = PathWatch(params.path)
        scope = anyio.CancelScope()
        try:
            with scope:
                await watch.prepare()
                self._scopes[key] = scope
                task_status.started()
                await _tell(watch, client, params.watch_id)
        finally:
            watch.close()
            if self._scopes.get(key) is scope:
                del self._scopes[key]


async def _tell(watch: PathWatch, client: Client, watch_id: str) -> None:
    try:
        async with aclosing(watch.changes()) as changes:
            async for paths in changes:
                client.notify(FsChangedNotification(watch_id=watch_id, changed_paths=paths))
    except OSError as error:  # the connection goes on without it
        logger.warning("the watch %s ends: %s", watch_id, error)
