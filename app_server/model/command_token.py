"""The bearer token that a command prints, for providers with an `auth` table (model-client.md §10.1)."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio

from app_server.model.errors import ModelError
from app_server.model.provider import CommandAuth

if TYPE_CHECKING:
    from app_server.exec.output import Beginning
    from app_server.exec.process import Process
    from app_server.platform.pipes import ReadEnd

_log: Final = logging.getLogger("app_server.model")
_MOST_BYTES: Final = 65536
"""No token is as long, and none could go into a header."""
_READ_BYTES: Final = 65536
_LAST_OUTPUT_SECONDS: Final = 0.5
"""How long output is waited for once the command itself has ended."""


class CommandToken:
    """Owns the token of one provider: runs the command when there is none yet, or it has become old."""

    def __init__(
        self,
        command: CommandAuth,
        config_dir: Path | None,
        *,
        clock: Callable[[], float] = anyio.current_time,
    ) -> None:
        self._command = command
        self._cwd = command.cwd or config_dir
        self._clock = clock
        self._token: str | None = None
        self._since = 0.0
        self._running = anyio.Lock()

    async def get(self) -> str:
        """The token. Raises ModelError when the command gives none."""
        async with self._running:
            if self._token is None or self._is_old():
                self._token = await self._run()
                self._since = self._clock()
            return self._token

    async def renew(self) -> bool:
        """The token was refused: forget it. Whether the command now gives another one."""
        async with self._running:
            refused, self._token = self._token, None
            try:
                token = await self._run()
            except ModelError:
                return False
            self._token, self._since = token, self._clock()
            return token != refused

    def _is_old(self) -> bool:
        interval = self._command.refresh_interval_ms / 1000
        return interval > 0 and self._clock() - self._since >= interval

    async def _run(self) -> str:
        from app_server.exec.output import Beginning  # only providers with a command need them
        from app_server.exec.process import Command, open_process

        argv = (self._command.command, *self._command.args)
        command = Command(argv, str(self._cwd or Path.cwd()), os.environ)
        printed = Beginning(_MOST_BYTES)
        status: int | None = None
        with anyio.move_on_after(self._command.timeout_ms / 1000):
            try:
                async with open_process(command) as process:
                    status = await _read_to_end(process, printed)
            except OSError as error:
                raise _failed(f"could not be started: {error.strerror}") from None
        if printed.full:
            raise _failed("printed more than a token")
        if status is None:
            raise _failed(f"gave no token within {self._command.timeout_ms} ms")
        if status != 0:
            raise _failed(f"exited with status {status}")
        try:
            token = printed.kept().decode().strip()
        except UnicodeDecodeError:
            raise _failed("printed something that is no text") from None
        if not token:
            raise _failed("printed an empty token")
        return token


async def _read_to_end(process: "Process", printed: "Beginning") -> int:
    """The exit status. What the command leaves behind may hold its output open, and is not waited for."""
    status = 0
    async with anyio.create_task_group() as reading:
        for end, kept in ((process.stdout, printed), (process.stderr, None)):
            if end is not None:
                reading.start_soon(_read, end, kept)
        status = await process.wait()
        reading.cancel_scope.deadline = anyio.current_time() + _LAST_OUTPUT_SECONDS
    return status


async def _read(end: "ReadEnd", kept: "Beginning | None") -> None:
    """To the end, or until there is more than any token has."""
    while (kept is None or not kept.full) and (data := await end.receive(_READ_BYTES)):
        if kept is not None:
            kept.add(data)


def _failed(what: str) -> ModelError:
    _log.warning("the auth command of the model provider %s", what)
    return ModelError(f"The auth command of the model provider {what}", retryable=True)
