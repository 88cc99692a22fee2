"""`environment/*`: the machines that commands may run on (services.md §10).

This machine is `local`. Others are noted by their addresses and can be dialled, which tells whether somebody
is there; to run commands on them is not built.
"""

from pathlib import Path
from typing import Final, NamedTuple

import anyio

from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call, Later
from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest
from app_server.http.websocket import Handshake
from app_server.platform import login_shell
from app_server.prompt.surroundings import shell_name
from protocol.environment import (
    EnvironmentAddParams,
    EnvironmentAddResponse,
    EnvironmentInfoParams,
    EnvironmentInfoResponse,
    EnvironmentShellInfo,
    EnvironmentStatusParams,
    EnvironmentStatusResponse,
)
from protocol.jsonrpc import internal_error, invalid_request

LOCAL: Final = "local"
_PROTOCOL_ERROR: Final = "exec-server protocol error: "
_NOT_CONNECTED: Final = "exec-server connection attempt failed: failed to connect to exec-server websocket"
_CONNECT_SECONDS: Final = 10.0


class _Remote(NamedTuple):
    """An exec-server, and what it takes to be let in."""

    url: str
    token: str | None
    seconds: float

    def __repr__(self) -> str:
        return f"_Remote({self.url})"


class EnvironmentHandlers:
    """Owns the remote environments, which last as long as the process."""

    def __init__(self, configs: ConfigLoader, http: HttpClient) -> None:
        self._configs = configs
        self._http = http
        self._remote: dict[str, _Remote] = {}

    async def add(self, _call: Call, params: EnvironmentAddParams) -> EnvironmentAddResponse:
        """Note an environment, or another address of it. Nobody is dialled."""
        name, url = params.environment_id.strip(), params.exec_server_url.strip()
        if not name:
            raise invalid_request(f"{_PROTOCOL_ERROR}environment id cannot be empty")
        if name == LOCAL:
            raise invalid_request(
                f"{_PROTOCOL_ERROR}environment id `{LOCAL}` is reserved for EnvironmentManager"
            )
        if not url:
            raise invalid_request(f"{_PROTOCOL_ERROR}remote environment requires an exec-server url")
        limit = params.connect_timeout_ms
        seconds = _CONNECT_SECONDS if limit is None else limit / 1000
        self._remote[name] = _Remote(url, params.auth_bearer_token, seconds)
        return EnvironmentAddResponse()

    async def info(self, _call: Call, params: EnvironmentInfoParams) -> Later[EnvironmentInfoResponse]:
        return Later(self._info(params.environment_id))

    async def status(self, _call: Call, params: EnvironmentStatusParams) -> Later[EnvironmentStatusResponse]:
        """Whether somebody answers there now."""
        return Later(self._status(params.environment_id))

    async def _info(self, name: str) -> EnvironmentInfoResponse:
        if name == LOCAL:
            shell = login_shell()
            return EnvironmentInfoResponse(
                shell=EnvironmentShellInfo(name=shell_name(), path=shell or shell_name()),
                cwd=Path(self._configs.launch_folder).as_uri(),
            )
        remote = self._remote.get(name)
        if remote is None:
            raise invalid_request(_unknown(name))
        problem = await self._dial(remote) or "this server does not speak to exec-servers yet"
        raise internal_error(f"failed to get info for environment `{name}`: {problem}")

    async def _status(self, name: str) -> EnvironmentStatusResponse:
        if name == LOCAL:
            return EnvironmentStatusResponse(status="ready")
        remote = self._remote.get(name)
        if remote is None:
            return EnvironmentStatusResponse(status="unknown", error=_unknown(name))
        problem = await self._dial(remote)
        if problem is None:
            return EnvironmentStatusResponse(status="ready")
        return EnvironmentStatusResponse(status="disconnected", error=problem)

    async def _dial(self, remote: _Remote) -> str | None:
        """Why no websocket can be had there; None when one could."""
        prefix = f"{_NOT_CONNECTED} `{remote.url}`"
        if not remote.url.startswith(("ws://", "wss://")):
            return f"{prefix}: it is no address of a websocket"
        handshake = Handshake()
        headers = dict(handshake.headers)
        if remote.token:
            headers["authorization"] = f"Bearer {remote.token}".encode()
        try:
            with anyio.fail_after(remote.seconds):
                response = await self._http.upgrade(HttpRequest("GET", remote.url, headers))
        except TimeoutError:
            return f"{prefix}: timed out"
        except HttpError as error:
            return f"{prefix}: {error}"
        await response.close()
        return None if response.status == 101 else f"{prefix}: HTTP status {response.status}"


def _unknown(name: str) -> str:
    return f"unknown environment id `{name}`"
