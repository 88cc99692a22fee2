"""The bearer token that a command prints, for providers with an `auth` table (model-client.md §10.1)."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import anyio

from app_server.model.errors import ModelError
from app_server.model.provider import CommandAuth

_log: Final = logging.getLogger("app_server.model")


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
        from subprocess import DEVNULL, PIPE  # only providers with a command need it

        command = [self._command.command, *self._command.args]
        output = b""
        with anyio.move_on_after(self._command.timeout_ms / 1000) as timeout:
            try:
                done = await anyio.run_process(
                    command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, check=False, cwd=self._cwd
                )
            except OSError as error:
                raise _failed(f"could not be started: {error.strerror}") from None
            if done.returncode != 0:
                raise _failed(f"exited with status {done.returncode}")
            output = done.stdout
        if timeout.cancelled_caught:
            raise _failed(f"gave no token within {self._command.timeout_ms} ms")
        try:
            token = output.decode().strip()
        except UnicodeDecodeError:
            raise _failed("printed something that is no text") from None
        if not token:
            raise _failed("printed an empty token")
        return token


def _failed(what: str) -> ModelError:
    _log.warning("the auth command of the model provider %s", what)
    return ModelError(f"The auth command of the model provider {what}", retryable=True)
