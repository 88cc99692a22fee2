"""What installed plugins bring to a thread beside skills: MCP servers, apps and hooks. Reads files."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.config.config import Config
from app_server.hooks.discovery import BroughtHooks
from app_server.plugins.installed import Plugin, installed_plugins
from app_server.plugins.manifest import server_tables
from app_server.plugins.names import plugin_id_of
from protocol.wire import JsonObject


class BroughtServer(NamedTuple):
    """An MCP server as a `[mcp_servers.NAME]` would say it."""

    name: str
    plugin_id: str
    table: JsonObject


def brought_servers(config: Config) -> tuple[BroughtServer, ...]:
    """The servers of all plugins that are on; of two with one name the first. Blocks."""
    found: dict[str, BroughtServer] = {}
    for plugin in installed_plugins(config):
        for server in _servers(plugin):
            found.setdefault(server.name, server)
    return tuple(found.values())


def brought_apps(config: Config) -> dict[str, tuple[str, ...]]:
    """The apps that plugins name, by id, each with the names that its plugins are shown by. Blocks."""
    found: dict[str, set[str]] = {}
    for plugin in installed_plugins(config):
        for app_id in plugin.manifest.apps:
            found.setdefault(app_id, set()).add(plugin.manifest.display_name)
    return {app_id: tuple(sorted(names)) for app_id, names in found.items()}


def all_brought_hooks(config: Config) -> tuple[BroughtHooks, ...]:
    """The files of hooks of all plugins that are on. Blocks."""
    if not config.feature("plugin_hooks"):
        return ()
    plugins = installed_plugins(config)
    return tuple(one for plugin in plugins for one in hooks_of(plugin, config.codex_home))


def hooks_of(plugin: Plugin, codex_home: Path) -> Sequence[BroughtHooks]:
    """The files of hooks of one plugin."""
    parts = plugin_id_of(plugin.id)
    own = plugin.id if parts is None else f"{parts.name}-{parts.marketplace}"
    data = os.path.join(codex_home, "plugins", "data", own)
    env = {
        f"{prefix}PLUGIN_{name}": path
        for prefix in ("", "CLAUDE_")
        for name, path in (("ROOT", plugin.folder), ("DATA", data))
    }
    return [
        BroughtHooks(plugin.id, Path(file), Path(file).relative_to(plugin.folder).as_posix(), env)
        for file in plugin.manifest.hook_files
    ]


def _servers(plugin: Plugin) -> Iterator[BroughtServer]:
    for name, table in sorted(server_tables(plugin.manifest.servers_file).items()):
        cwd = table.get("cwd")
        placed = {**table, "cwd": os.path.join(plugin.folder, cwd)} if isinstance(cwd, str) else table
        yield BroughtServer(name, plugin.id, placed)
