"""`plugin/*`: what marketplaces offer, and installing it (services.md §9)."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeVar

import anyio.to_thread

from app_server.agent.app_catalogue import AppCatalogue
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp_reload import queue_servers
from app_server.config.config import Config
from app_server.config.edit import Edit
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.config.write import WriteError
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.plugins.view import app_summary, detail, marketplace_row
from app_server.plugins.git import clone
from app_server.plugins.install import put_in, staging, take_out
from app_server.plugins.installed import cache_of, installed_folder
from app_server.plugins.manifest import inside, read_manifest
from app_server.plugins.marketplace import (
    Entry,
    GitSource,
    LocalSource,
    Marketplace,
    read_marketplace,
    shown_entries,
)
from app_server.plugins.marketplaces import Found, find_marketplaces
from app_server.plugins.names import PluginError, plugin_id_of
from protocol.app import AppSummary
from protocol.jsonrpc import RpcError, internal_error, invalid_request
from protocol.plugin import PluginDetail
from protocol.plugin_call import (
    MarketplaceLoadErrorInfo,
    PluginInstalledParams,
    PluginInstalledResponse,
    PluginInstallParams,
    PluginInstallResponse,
    PluginListParams,
    PluginListResponse,
    PluginReadParams,
    PluginReadResponse,
    PluginUninstallParams,
    PluginUninstallResponse,
)

_LOCAL: Final = "local"
T = TypeVar("T")


class PluginHandlers:
    """Marketplaces are read anew for every question."""

    def __init__(
        self, configs: ConfigLoader, loaded: LoadedThreads, environ: Mapping[str, str], apps: AppCatalogue
    ) -> None:
        self._configs = configs
        self._loaded = loaded
        self._environ = environ
        self._apps = apps

    async def list_all(self, _call: Call, params: PluginListParams) -> PluginListResponse:
        """What the marketplaces of this machine offer; the vendor's catalogue wants a login to it."""
        kinds = params.marketplace_kinds
        if any(kind != _LOCAL for kind in kinds or ()):
            raise vendor_only("list remote plugin catalog")
        config = self._config()
        if not config.feature("plugins") or kinds == []:
            return PluginListResponse(marketplaces=[])

        def read() -> PluginListResponse:
            found = self._find(config, params.cwds)
            rows = [marketplace_row(one, shown, config) for one, shown in shown_entries(found.marketplaces)]
            return PluginListResponse(marketplaces=rows, marketplace_load_errors=_problems(found))

        return await anyio.to_thread.run_sync(read)

    async def list_installed(self, _call: Call, params: PluginInstalledParams) -> PluginInstalledResponse:
        """Those that are installed, and those that the client may want to suggest."""
        config = self._config()
        if not config.feature("plugins"):
            return PluginInstalledResponse(marketplaces=[])
        suggested = frozenset(params.install_suggestion_plugin_names or ())

        def read() -> PluginInstalledResponse:
            found = self._find(config, params.cwds)
            chosen = [
                (one, [entry for entry in shown if _is_there(entry, config) or entry.id.name in suggested])
                for one, shown in shown_entries(found.marketplaces)
            ]
            rows = [marketplace_row(one, entries, config) for one, entries in chosen if entries]
            return PluginInstalledResponse(marketplaces=rows, marketplace_load_errors=_problems(found))

        return await anyio.to_thread.run_sync(read)

    async def read(self, _call: Call, params: PluginReadParams) -> PluginReadResponse:
        file = _one_of(params.marketplace_path, params.remote_marketplace_name, "plugin/read")
        if file is None:
            raise vendor_only("read remote plugin details")
        config = self._config()

        def read() -> PluginReadResponse:
            marketplace = read_marketplace(file)
            return PluginReadResponse(
                plugin=detail(marketplace, marketplace.entry(params.plugin_name), config)
            )

        answer = await _asked(read, "read plugin details")
        return PluginReadResponse(plugin=await self._with_apps(answer.plugin, config))

    async def _with_apps(self, plugin: PluginDetail, config: Config) -> PluginDetail:
        """The plugin, with what the account's list says of its apps."""
        if not plugin.apps:
            return plugin
        rows = await self._apps.of_plugin(config, [app.id for app in plugin.apps])
        return plugin.model_copy(update={"apps": [app_summary(row) for row in rows]})

    async def install(self, _call: Call, params: PluginInstallParams) -> PluginInstallResponse:
        """Copy the plugin into the cache and turn it on; loaded threads get its servers with a turn."""
        file = _one_of(params.marketplace_path, params.remote_marketplace_name, "plugin/install")
        if file is None:
            raise vendor_only("read remote plugin details before install")

        def find() -> Entry:
            marketplace: Marketplace = read_marketplace(file)
            return marketplace.installable(params.plugin_name)

        entry = await _asked(find, "install plugin")
        try:
            await self._put_in(entry)
        except PluginError as error:
            raise invalid_request(str(error)) from error
        except OSError as error:
            raise internal_error(f"failed to install plugin: {error.strerror}") from error
        self._switch(str(entry.id), {"enabled": True})
        return PluginInstallResponse(
            auth_policy=entry.authentication, apps_needing_auth=await self._needing_auth(entry)
        )

    async def _needing_auth(self, entry: Entry) -> list[AppSummary]:
        """The apps of a plugin that the account has not connected; without an account none is asked for."""
        config = self._config()
        folder = installed_folder(str(entry.id), config.codex_home)
        manifest = None if folder is None else await anyio.to_thread.run_sync(read_manifest, folder)
        if manifest is None or not manifest.apps or not self._apps.has_account(config):
            return []
        rows = await self._apps.of_plugin(config, manifest.apps)
        return [app_summary(row) for row in rows if not row.accessible]

    async def uninstall(self, _call: Call, params: PluginUninstallParams) -> PluginUninstallResponse:
        """Remove the plugin and what config says of it; one that is not there is no error."""
        plugin_id = plugin_id_of(params.plugin_id)
        if plugin_id is None:
            is_remote = bool(params.plugin_id) and all(
                char.isalnum() or char in "_-~" for char in params.plugin_id
            )
            raise (
                vendor_only("uninstall remote plugin")
                if is_remote
                else invalid_request("invalid remote plugin id")
            )
        try:
            await anyio.to_thread.run_sync(take_out, plugin_id, self._configs.codex_home)
        except OSError as error:
            raise internal_error(f"failed to uninstall plugin: {error.strerror}") from error
        self._switch(str(plugin_id), None)
        return PluginUninstallResponse()

    async def _put_in(self, entry: Entry) -> None:
        """Raises PluginError and OSError."""
        home = self._configs.codex_home
        match entry.source:
            case LocalSource(folder):
                await anyio.to_thread.run_sync(put_in, folder, entry.id, home)
            case GitSource() as source:
                async with staging(cache_of(home)) as staged:
                    cloned = Path(staged, "clone")
                    await clone(source.url, str(cloned), ref=source.sha or source.ref)
                    folder = inside(f"./{source.folder}", str(cloned)) if source.folder else str(cloned)
                    if folder is None:
                        raise PluginError("the plugin's folder is not in its repository")
                    await anyio.to_thread.run_sync(put_in, folder, entry.id, home)
            case _:
                raise PluginError("plugins of package registries cannot be installed by this server")

    def _switch(self, plugin_id: str, value: dict[str, bool] | None) -> None:
        try:
            self._configs.write(
                [Edit(("plugins", plugin_id), None if value is None else {**value}, "upsert")]
            )
        except (WriteError, ConfigError) as error:
            raise internal_error(f"failed to persist plugin config: {error}") from error
        queue_servers(self._loaded, self._configs)

    def _config(self) -> Config:
        with refusals():
            return self._configs.load()

    def _find(self, config: Config, cwds: Sequence[str] | None) -> Found:
        return find_marketplaces(config, self._environ, [str(one) for one in cwds or ()])


def vendor_only(action: str) -> RpcError:
    """What needs the vendor's catalogue, to which this server has no way."""
    return invalid_request(f"{action}: chatgpt authentication required for remote plugin catalog")


def _is_there(entry: Entry, config: Config) -> bool:
    return installed_folder(str(entry.id), config.codex_home) is not None


def _one_of(path: str | None, remote: str | None, method: str) -> str | None:
    """The marketplace's file; None for one of the vendor's. Raises RpcError unless just one is named."""
    if (path is None) == (remote is None):
        raise invalid_request(f"{method} requires exactly one of marketplacePath or remoteMarketplaceName")
    return None if path is None else str(path)


async def _asked(read: Callable[[], T], what: str) -> T:
    try:
        return await anyio.to_thread.run_sync(read)
    except PluginError as error:
        raise invalid_request(str(error)) from error
    except OSError as error:
        reason = f"{error.strerror} (os error {error.errno})"
        raise internal_error(f"failed to {what}: failed to read marketplace file: {reason}") from error


def _problems(found: Found) -> list[MarketplaceLoadErrorInfo]:
    return [MarketplaceLoadErrorInfo(marketplace_path=file, message=text) for file, text in found.problems]
