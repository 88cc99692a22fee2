"""`app/list`: the apps that a ChatGPT account has or can connect; without one, none (services.md §9)."""

import logging
from collections.abc import Iterable
from typing import Final

import anyio

from app_server.agent.app_catalogue import AppCatalogue
from app_server.agent.loaded_threads import LoadedThreads
from app_server.apps.directory import AppDirectoryError, install_url
from app_server.apps.listing import ListedApp
from app_server.apps.switches import AppSwitches, app_switches
from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Audience, Call
from app_server.handlers.pages import page
from app_server.handlers.threads.config import config_for
from protocol.app import AppInfo, AppListUpdatedNotification, AppsListParams, AppsListResponse
from protocol.decode import DecodeError, decode
from protocol.jsonrpc import RpcError, internal_error

logger = logging.getLogger("app_server.handlers")

_SECONDS: Final = 90


class AppHandlers:
    """Everybody is told of a list that somebody asked for."""

    def __init__(
        self, loaded: LoadedThreads, configs: ConfigLoader, catalogue: AppCatalogue, audience: Audience
    ) -> None:
        self._loaded = loaded
        self._configs = configs
        self._catalogue = catalogue
        self._audience = audience

    async def list_page(self, _call: Call, params: AppsListParams) -> AppsListResponse:
        """Those that can be used first, then by name."""
        config = config_for(self._configs, self._loaded, params.thread_id)
        rows = await self._listed(config, anew=params.force_refetch)
        chosen, next_cursor = page(rows, params.cursor, params.limit, "apps")
        return AppsListResponse(data=list(chosen), next_cursor=next_cursor)

    async def tell(self) -> None:
        """Let everybody have the list as it is now, if there is one."""
        try:
            await self._listed(self._configs.load(), anew=False)
        except (RpcError, ConfigError) as error:
            logger.warning("clients were not told of apps: %s", error)

    async def _listed(self, config: Config, *, anew: bool) -> list[AppInfo]:
        def tell(rows: list[ListedApp]) -> None:
            self._audience.emit(AppListUpdatedNotification(data=_infos(rows, switches)))

        switches = app_switches(config)
        try:
            with anyio.fail_after(_SECONDS):
                rows = await self._catalogue.apps(config, anew=anew, tell=tell)
        except TimeoutError:
            raise internal_error(f"timed out waiting for app lists after {_SECONDS} seconds") from None
        except AppDirectoryError as error:
            raise internal_error(f"failed to list apps: {error}") from error
        return _infos(rows or (), switches)


def _infos(rows: Iterable[ListedApp], switches: AppSwitches) -> list[AppInfo]:
    """Without those whose facts are of another shape than the wire's."""
    return [info for row in rows if (info := _info(row, switches)) is not None]


def _info(row: ListedApp, switches: AppSwitches) -> AppInfo | None:
    app = row.app
    try:
        return decode(
            AppInfo,
            {
                **app.facts,
                "id": app.id,
                "name": app.name,
                "installUrl": install_url(app.id, app.name),
                "isAccessible": row.accessible,
                "isEnabled": switches.allows_app(app.id),
                "pluginDisplayNames": list(row.plugins),
            },
        )
    except DecodeError:
        return None
