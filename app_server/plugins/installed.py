"""The plugins that config turned on and that are really there (prompt-input.md §2.6)."""

import os
from pathlib import Path
from typing import Final, NamedTuple

from app_server.config.config import Config
from app_server.plugins.manifest import Manifest, read_manifest
from app_server.plugins.names import plugin_id_of
from protocol.wire import JsonValue

LOCAL: Final = "local"
"""The version of a plugin that says none, or that its author works on: it goes before all others."""


class Plugin(NamedTuple):
    """One installed plugin. `id` is `NAME@MARKETPLACE`, as config has it."""

    id: str
    folder: str
    """Of the version in use, links resolved."""
    manifest: Manifest

    @property
    def marketplace(self) -> str:
        """The folder of all plugins of the same marketplace."""
        return os.path.dirname(os.path.dirname(self.folder))


def installed_plugins(config: Config) -> tuple[Plugin, ...]:
    """Those that are on, ordered by id. One that is not there, or broken, is silently absent. Blocks."""
    table = config.table("plugins")
    if not config.has_plugins:
        return ()
    names = (plugin_id for plugin_id in sorted(table) if _is_on(table[plugin_id]))
    found = (_installed(plugin_id, config.codex_home) for plugin_id in names)
    return tuple(plugin for plugin in found if plugin is not None)


def is_enabled(plugin_id: str, config: Config) -> bool:
    """Whether config turned it on."""
    return _is_on(config.table("plugins").get(plugin_id))


def cache_of(codex_home: str | os.PathLike[str]) -> str:
    """Where installed plugins lie: `MARKETPLACE/NAME/VERSION`."""
    return os.path.join(codex_home, "plugins", "cache")


def installed_folder(plugin_id: str, codex_home: Path) -> str | None:
    """Where the version in use lies, links resolved; None when there is none."""
    parts = plugin_id_of(plugin_id)
    if parts is None:
        return None
    versions = os.path.join(cache_of(codex_home), parts.marketplace, parts.name)
    version = _version(versions)
    return None if version is None else os.path.realpath(os.path.join(versions, version))


def _is_on(value: JsonValue) -> bool:
    return isinstance(value, dict) and value.get("enabled") is not False


def _installed(plugin_id: str, codex_home: Path) -> Plugin | None:
    folder = installed_folder(plugin_id, codex_home)
    manifest = None if folder is None else read_manifest(folder)
    return None if folder is None or manifest is None else Plugin(plugin_id, folder, manifest)


def _version(folder: str) -> str | None:
    """The version in use: the author's own, else the last by name."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return None
    return LOCAL if LOCAL in names else max(names, default=None)
