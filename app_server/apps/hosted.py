"""The MCP server that hosts the tools of an account's apps, reached under the account's login."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final, Protocol

import anyio.to_thread

from app_server.apps.kept_tools import KeptTools, Owner
from app_server.config.config import Config
from app_server.http.client import HttpClient
from app_server.mcp.settings import ACCOUNT_SERVER, ServerSettings, StreamableHttp
from protocol.wire import JsonObject

_TOKEN_VARIABLE: Final = "CODEX_CONNECTORS_TOKEN"  # noqa: S105 - the variable's name
"""A token in place of the login's."""


class AccountLogin(Owner, Protocol):
    """The login of an account, and what a request carries that is sent now."""

    @property
    def headers(self) -> tuple[tuple[str, bytes], ...]: ...


class HostedApps:
    """The account's server, as one thread reaches it. Implements `mcp.world.Account`."""

    def __init__(
        self, codex_home: Path, log_in: Callable[[], Awaitable[AccountLogin | None]], http: HttpClient
    ) -> None:
        """`log_in` gives the login as it is now, renewed if need be."""
        self._codex_home = codex_home
        self._log_in = log_in
        self._http = http
        self._headers: Mapping[str, bytes] = {}

    async def login(self) -> AccountLogin | None:
        """The login whose apps these are; None when nobody is logged in any more."""
        return await self._log_in()

    def server(self, config: Config) -> ServerSettings | None:
        """The server of the account; None while apps are off."""
        if not config.feature("apps"):
            return None
        sku = config.values.get("apps_mcp_product_sku")
        transport = StreamableHttp(
            url=hosted_url(config.chatgpt_base_url, _path(config)),
            bearer_token_env_var=_TOKEN_VARIABLE,
            http_headers=(("X-OpenAI-Product-Sku", sku),) if isinstance(sku, str) and sku else (),
            env_http_headers=(),
        )
        return ServerSettings(ACCOUNT_SERVER, transport, of_account=True)

    async def upload(self, path: Path, config: Config) -> JsonObject:
        """Give the account's backend a file; what a tool takes in its place. Raises UploadError."""
        from app_server.apps.files import FileUploads  # few tools take files

        await self.current()
        return await FileUploads(self._http, config.chatgpt_base_url, self._headers).upload(path)

    async def current(self) -> str | None:
        login = await self._log_in()
        self._headers = {} if login is None else dict(login.headers)
        token = self._headers.get("authorization")
        return None if token is None else token.decode("utf-8", "surrogateescape")

    async def instead_of(self, refused: str) -> str | None:
        """What another process may have got meanwhile; nothing is renewed because this server refuses."""
        token = await self.current()
        return None if token == refused else token

    def headers(self, token: str) -> Mapping[str, bytes]:
        return {**self._headers, "authorization": token.encode("utf-8", "surrogateescape")}

    async def kept(self) -> tuple[JsonObject, ...]:
        """The tools that the server listed when it was last asked, by anybody who uses this home."""
        login = await self._log_in()
        return () if login is None else await anyio.to_thread.run_sync(self._tools(login).load)

    async def keep(self, tools: tuple[JsonObject, ...]) -> None:
        """Remember what the server lists."""
        login = await self._log_in()
        if login is not None:
            await anyio.to_thread.run_sync(self._tools(login).save, tools)

    def _tools(self, login: AccountLogin) -> KeptTools:
        return KeptTools(self._codex_home, login)


def hosted_url(base_url: str, path: str | None = None) -> str:
    """Where the server is, below the address of the account's backend; `path` is a place of its own there."""
    base = base_url.rstrip("/")
    if "/backend-api" in base:
        return f"{base}/{path or 'wham/apps'}"
    root = base if base.endswith("/api/codex") else f"{base}/api/codex"
    return f"{root}/{path or 'apps'}"


def _path(config: Config) -> str | None:
    override = config.table("features").get("apps_mcp_path_override")
    path = override.get("path") if isinstance(override, dict) else None
    if not config.feature("apps_mcp_path_override") or not isinstance(path, str):
        return None
    return path.strip("/") or None
