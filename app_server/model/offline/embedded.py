"""The offline provider inside the server's own process, started when the first thread wants it."""

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import anyio

from app_server.model.provider import ProviderError

SCRIPT_VARIABLE = "CODEX_OFFLINE_SCRIPT"


class EmbeddedOffline:
    """Owns the loopback servers, one for each script in use, as long as it is entered."""

    def __init__(self, env: Mapping[str, str]) -> None:
        self._env = env
        self._tasks = anyio.create_task_group()
        self._starting = anyio.Lock()
        self._base_urls: dict[str | None, str] = {}

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        self._tasks.cancel_scope.cancel()
        return await self._tasks.__aexit__(kind, error, trace)

    async def base_url(self, script: str | None) -> str:
        """Where the provider listens that plays this script, by default the environment's, else the persona.

        Raises ProviderError when the script cannot be played, or no port can be had.
        """
        path = script or self._env.get(SCRIPT_VARIABLE) or None
        async with self._starting:
            if path not in self._base_urls:
                self._base_urls[path] = await self._start(path)
            return self._base_urls[path]

    async def _start(self, path: str | None) -> str:
        # Only who uses the provider pays for it.
        from app_server.model.offline.script import ScriptError, load_script
        from app_server.model.offline.server import OfflineServer, listen, serve

        try:
            script = None if path is None else load_script(Path(path))
            listener, base_url = await listen()
        except (ScriptError, OSError) as error:
            raise ProviderError(f"the offline provider cannot start: {error}") from error
        self._tasks.start_soon(serve, listener, OfflineServer(script).reply)
        return base_url
