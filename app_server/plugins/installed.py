"""The plugins that config turned on and that are really there (prompt-input.md §2.6)."""

import os
from typing import NamedTuple

from app_server.config.config import Config
from app_server.plugins.manifest import Manifest, read_manifest
from protocol.wire import JsonValue

_LOCAL = "local"
"""The version of a plugin that its author works on: it goes before all others."""
_PART = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


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
    if not table or not config.feature("plugins"):
        return ()
    cache = os.path.join(config.codex_home, "plugins", "cache")
    found = (_installed(plugin_id, cache) for plugin_id in sorted(table) if _is_on(table[plugin_id]))
    return tuple(plugin for plugin in found if plugin is not None)


def _is_on(value: JsonValue) -> bool:
    return isinstance(value, dict) and value.get("enabled") is not False


def _installed(plugin_id: str, cache: str) -> Plugin | None:
    name, _, market = plugin_id.rpartition("@")
    if not name or not market or not _PART.issuperset(name + market):
        return None
    versions = os.path.join(cache, market, name)
    version = _version(versions)
    if version is None:
        return None
    folder = os.path.realpath(os.path.join(versions, version))
    manifest = read_manifest(folder)
    return None if manifest is None else Plugin(plugin_id, folder, manifest)


def _version(folder: str) -> str | None:
    """The version in use: the author's own, else the last by name."""
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if entry.is_dir()]
    except OSError:
        return None
    return _LOCAL if _LOCAL in names else max(names, default=None)
