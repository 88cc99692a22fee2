"""`app/list`: the apps that a ChatGPT account can connect; without one there are none (services.md §9)."""

from collections.abc import Sequence
from typing import Final

import anyio

from app_server.agent.backend import BackendLogin, backend_login
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.opening import Upstream
from app_server.config.config import Config
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call
from app_server.handlers.pages import page
from app_server.handlers.threads.config import config_for
from app_server.model.app_directory import AppDirectoryError, DirectoryApp, install_url, read_directory
from app_server.model.login.issuer import Caller
from protocol.app import AppInfo, AppListUpdatedNotification, AppsListParams, AppsListResponse
from protocol.decode import DecodeError, decode
from protocol.jsonrpc import internal_error

_SECONDS: Final = 90


class AppHandlers:
    """Keeps the directory of the account that asked last, until somebody wants it anew.

    Which apps a model could call the vendor's MCP server tells, which this server does not connect to; so no
    app counts as accessible.
    """

    def __init__(
        self, loaded: LoadedThreads, configs: ConfigLoader, upstream: Upstream, audience: Audience
    ) -> None:
        self._loaded = loaded
        self._configs = configs
        self._upstream = upstream
        self._audience = audience
        self._kept: tuple[str | None, Sequence[DirectoryApp]] | None = None

    async def list_page(self, _call: Call, params: AppsListParams) -> AppsListResponse:
        """The apps by name. Everybody is told of a list that was fetched."""
        config = config_for(self._configs, self._loaded, params.thread_id)
        login = await backend_login(self._upstream)
        if login is None or not config.feature("apps"):
            return AppsListResponse(data=[])
        if params.force_refetch or self._kept is None or self._kept[0] != login.account_id:
            self._kept = login.account_id, await self._fetch(login, config)
            fetched = True
        else:
            fetched = False
        rows = [row for app in self._kept[1] if (row := _row(app, config)) is not None]
        if fetched:
            self._audience.emit(AppListUpdatedNotification(data=rows))
        chosen, next_cursor = page(rows, params.cursor, params.limit, "apps")
        return AppsListResponse(data=list(chosen), next_cursor=next_cursor)

    async def _fetch(self, login: BackendLogin, config: Config) -> Sequence[DirectoryApp]:
        caller = Caller(self._upstream.http, self._upstream.identity)
        try:
            with anyio.fail_after(_SECONDS):
                return await read_directory(caller, config.chatgpt_base_url, login.headers)
        except TimeoutError:
            raise internal_error(f"timed out waiting for app lists after {_SECONDS} seconds") from None
        except AppDirectoryError as error:
            raise internal_error(f"failed to list apps: {error}") from error


def _row(app: DirectoryApp, config: Config) -> AppInfo | None:
    """None for an app whose facts are of another shape than the wire's."""
    settings = config.table("apps").get(app.id)
    enabled = not isinstance(settings, dict) or settings.get("enabled") is not False
    try:
        return decode(
            AppInfo,
            {
                **app.facts,
                "id": app.id,
                "name": app.name,
                "installUrl": install_url(app),
                "isEnabled": enabled,
            },
        )
    except DecodeError:
        return None
