"""`mcpServer/oauth/login`: a login to an MCP server, through the user's browser (services.md §8)."""

from collections.abc import Sequence
from typing import Final

from anyio.abc import TaskGroup

from app_server.agent.identifiers import new_item_id
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp import configured_servers, logins_of
from app_server.agent.mcp_reload import queue_servers
from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call
from app_server.handlers.threads.config import config_for
from app_server.http.client import HttpClient
from app_server.mcp.oauth.login import ServerLogin, Wanted
from app_server.mcp.oauth.requests import OAuthError
from app_server.mcp.oauth.storage import Logins
from app_server.mcp.settings import ServerSettings, StreamableHttp
from protocol.jsonrpc import internal_error, invalid_request
from protocol.mcp import (
    McpServerOauthLoginCompletedNotification,
    McpServerOauthLoginParams,
    McpServerOauthLoginResponse,
)

_SECONDS: Final = 300


class McpLoginHandlers:
    """A login outlives the connection that asked for it: everybody is told of its end."""

    def __init__(
        self,
        loaded: LoadedThreads,
        configs: ConfigLoader,
        audience: Audience,
        http: HttpClient,
        tasks: TaskGroup,
    ) -> None:
        self._loaded = loaded
        self._configs = configs
        self._audience = audience
        self._http = http
        self._tasks = tasks

    async def log_in(self, _call: Call, params: McpServerOauthLoginParams) -> McpServerOauthLoginResponse:
        """The address that the client is to open in a browser."""
        config = config_for(self._configs, self._loaded, params.thread_id)
        settings = next((one for one in configured_servers(config) if one.name == params.name), None)
        if settings is None:
            raise invalid_request(f"No MCP server named '{params.name}' found.")
        if not isinstance(settings.transport, StreamableHttp):
            raise invalid_request("OAuth login is only supported for streamable HTTP servers.")
        if params.client_registration == "cimd":
            raise internal_error(
                f"failed to login to MCP server '{params.name}': "
                "this client has no metadata document to be known by"
            )
        try:
            login = await ServerLogin.begin(
                self._http, _wanted(settings, settings.transport, config, params.scopes)
            )
        except OAuthError as error:
            raise internal_error(f"failed to login to MCP server '{params.name}': {error}") from error
        login_id = new_item_id()
        asked = params.timeout_secs
        seconds = _SECONDS if asked is None else max(1, asked)
        self._tasks.start_soon(self._finish, login, logins_of(config), params, login_id, seconds)
        return McpServerOauthLoginResponse(authorization_url=login.url, login_id=login_id)

    async def _finish(
        self,
        login: ServerLogin,
        logins: Logins,
        params: McpServerOauthLoginParams,
        login_id: str,
        seconds: int,
    ) -> None:
        """Loaded threads whose server failed for want of this login try it again with their next turns."""
        error: str | None = None
        try:
            await login.finish(logins.storage, seconds)
            queue_servers(self._loaded, self._configs)
        except (OAuthError, ConfigError) as problem:
            error = str(problem)
        self._audience.emit(
            McpServerOauthLoginCompletedNotification(
                name=params.name,
                thread_id=params.thread_id,
                login_id=login_id,
                success=error is None,
                error=error,
            )
        )


def _wanted(
    settings: ServerSettings, transport: StreamableHttp, config: Config, scopes: Sequence[str] | None
) -> Wanted:
    """Scopes: those that were asked for, else those of the configuration, else those that the server has."""
    port, url = (config.values.get(f"mcp_oauth_callback_{key}") for key in ("port", "url"))
    return Wanted(
        settings.name,
        transport.url,
        scopes if scopes is not None else settings.scopes or None,
        transport.oauth_resource,
        port if isinstance(port, int) else None,
        url if isinstance(url, str) else None,
    )
