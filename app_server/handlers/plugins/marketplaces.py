"""`marketplace/*`: adding marketplaces, removing them, bringing them up to date (services.md §9)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

import anyio.to_thread

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.mcp_reload import queue_servers
from app_server.config.config import Config
from app_server.config.edit import Edit
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.config.write import WriteError
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.plugins.added import add, remove_folder, to_remove, to_upgrade, upgrade
from app_server.plugins.git import GitError
from app_server.plugins.install import put_in
from app_server.plugins.installed import installed_folder
from app_server.plugins.marketplace import LocalSource, Marketplace
from app_server.plugins.marketplaces import Added
from app_server.plugins.names import PluginError
from protocol.jsonrpc import internal_error, invalid_request
from protocol.marketplace import (
    MarketplaceAddParams,
    MarketplaceAddResponse,
    MarketplaceRemoveParams,
    MarketplaceRemoveResponse,
    MarketplaceUpgradeErrorInfo,
    MarketplaceUpgradeParams,
    MarketplaceUpgradeResponse,
)
from protocol.wire import JsonObject

_TABLE: Final = "marketplaces"


class MarketplaceHandlers:
    """Owns `[marketplaces]` of the user's config.toml, and the clones below CODEX_HOME."""

    def __init__(self, configs: ConfigLoader, loaded: LoadedThreads, environ: Mapping[str, str]) -> None:
        self._configs = configs
        self._loaded = loaded
        self._environ = environ

    async def add(self, _call: Call, params: MarketplaceAddParams) -> MarketplaceAddResponse:
        """A folder stays where it is; a repository is cloned."""
        config = self._config()
        try:
            addition = await add(
                params.source,
                params.ref_name,
                params.sparse_paths or (),
                config=config,
                cwd=self._configs.launch_folder,
                environ=self._environ,
            )
        except GitError as error:
            raise internal_error(str(error)) from error
        except PluginError as error:
            raise invalid_request(str(error)) from error
        except OSError as error:
            raise internal_error(f"failed to add marketplace: {error.strerror}") from error
        if addition.is_new:
            self._write(addition.added.name, _table(addition.added))
        return MarketplaceAddResponse(
            marketplace_name=addition.added.name,
            installed_root=addition.root,
            already_added=not addition.is_new,
        )

    async def remove(self, _call: Call, params: MarketplaceRemoveParams) -> MarketplaceRemoveResponse:
        """Forget it, and remove its clone. What was installed from it stays."""
        name = params.marketplace_name
        try:
            folder = to_remove(name, self._config())
            self._write(name, None)
            if folder is not None:
                await anyio.to_thread.run_sync(remove_folder, folder)
        except PluginError as error:
            raise invalid_request(str(error)) from error
        except OSError as error:
            raise internal_error(f"failed to remove marketplace: {error.strerror}") from error
        return MarketplaceRemoveResponse(marketplace_name=name, installed_root=folder)

    async def upgrade(self, _call: Call, params: MarketplaceUpgradeParams) -> MarketplaceUpgradeResponse:
        """Each clone to what its repository has now, and what was installed from it with it."""
        config = self._config()
        try:
            chosen = to_upgrade(params.marketplace_name, config)
        except PluginError as error:
            raise invalid_request(str(error)) from error
        roots: list[str] = []
        problems: list[MarketplaceUpgradeErrorInfo] = []
        for one in chosen:
            try:
                changed = await upgrade(one, config.codex_home)
                if changed is not None:
                    added, marketplace = changed
                    self._write(one.name, _table(added))
                    await anyio.to_thread.run_sync(partial(_install_anew, marketplace, config))
                    roots.append(one.root(config.codex_home))
            except (PluginError, OSError) as error:
                problems.append(MarketplaceUpgradeErrorInfo(marketplace_name=one.name, message=str(error)))
        if roots:
            queue_servers(self._loaded, self._configs)
        return MarketplaceUpgradeResponse(
            selected_marketplaces=[one.name for one in chosen], upgraded_roots=roots, errors=problems
        )

    def _config(self) -> Config:
        with refusals():
            return self._configs.load()

    def _write(self, name: str, table: JsonObject | None) -> None:
        try:
            self._configs.write([Edit((_TABLE, name), table)])
        except (WriteError, ConfigError) as error:
            raise internal_error(f"failed to persist marketplace config: {error}") from error


def _table(added: Added) -> JsonObject:
    table: JsonObject = {
        "last_updated": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "last_revision": added.revision,
        "source_type": added.kind,
        "source": added.source,
        "ref": added.ref,
        "sparse_paths": list(added.sparse_paths) or None,
    }
    return {key: value for key, value in table.items() if value is not None}


def _install_anew(marketplace: Marketplace, config: Config) -> None:
    """The plugins that were installed from this marketplace, as it offers them now. Blocks."""
    for entry in marketplace.entries:
        known = installed_folder(str(entry.id), config.codex_home) is not None
        if known and isinstance(entry.source, LocalSource):
            put_in(entry.source.folder, entry.id, config.codex_home)
