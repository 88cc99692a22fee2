"""A plugin's manifest, and the files that it points to (prompt-input.md §2.6, services.md §9)."""

import os
from typing import NamedTuple

import orjson

from protocol.wire import JsonObject, JsonValue

_PLACES = (os.path.join(".codex-plugin", "plugin.json"), os.path.join(".claude-plugin", "plugin.json"))


class Manifest(NamedTuple):
    """What a plugin says of itself. Paths are absolute, and inside of the plugin's folder."""

    name: str
    display_name: str
    description: str | None
    skill_folders: tuple[str, ...]
    mcp_servers: tuple[str, ...]
    apps: tuple[str, ...]
    version: str | None = None
    keywords: tuple[str, ...] = ()
    hook_files: tuple[str, ...] = ()
    """Those that are there."""
    servers_file: str = ""
    interface: JsonObject | None = None
    """As it stands in the manifest."""


def find_manifest(folder: str) -> str | None:
    """The manifest that makes this folder a plugin."""
    paths = (os.path.join(folder, place) for place in _PLACES)
    return next((path for path in paths if os.path.isfile(path)), None)


def plugin_name(manifest: str, folder: str) -> str | None:
    """The name that a manifest gives, or that the folder has; None when it is no manifest."""
    values = _read_object(manifest)
    return None if values is None else _name(values, folder)


def read_manifest(folder: str) -> Manifest | None:
    """The manifest of a plugin's folder; None when there is no valid one. Blocks."""
    path = find_manifest(folder)
    values = None if path is None else _read_object(path)
    if values is None:
        return None
    name = _name(values, folder)
    interface = values.get("interface")
    shown = interface.get("displayName") if isinstance(interface, dict) else None
    description, version, keywords = (values.get(key) for key in ("description", "version", "keywords"))
    servers_file = inside(values.get("mcpServers"), folder) or os.path.join(folder, ".mcp.json")
    return Manifest(
        name,
        shown.strip() if isinstance(shown, str) and shown.strip() else name,
        description if isinstance(description, str) else None,
        _skill_folders(values.get("skills"), folder),
        tuple(sorted(server_tables(servers_file))),
        _app_ids(inside(values.get("apps"), folder) or os.path.join(folder, ".app.json")),
        version.strip() if isinstance(version, str) and version.strip() else None,
        tuple(one for one in keywords if isinstance(one, str)) if isinstance(keywords, list) else (),
        _hook_files(values.get("hooks"), folder),
        servers_file,
        interface if isinstance(interface, dict) else None,
    )


def server_tables(path: str) -> dict[str, JsonObject]:
    """The MCP servers that a file declares: under `mcpServers`, or at its top."""
    values = _read_object(path) or {}
    inner = values.get("mcpServers", values)
    if not isinstance(inner, dict):
        return {}
    return {name: table for name, table in inner.items() if isinstance(table, dict)}


def _name(values: JsonObject, folder: str) -> str:
    name = values.get("name")
    return name.strip() if isinstance(name, str) and name.strip() else os.path.basename(folder)


def _skill_folders(value: JsonValue, folder: str) -> tuple[str, ...]:
    """The usual folder, and the one that the manifest names besides."""
    named = inside(value, folder)
    return tuple(dict.fromkeys(path for path in (os.path.join(folder, "skills"), named) if path))


def inside(value: JsonValue, folder: str) -> str | None:
    """A path of the manifest: it begins with `./` and never leads out of the folder."""
    if not isinstance(value, str) or not value.startswith("./"):
        return None
    parts = value[2:].split("/")
    return None if ".." in parts or not value[2:] else os.path.join(folder, *parts)


def _hook_files(value: JsonValue, folder: str) -> tuple[str, ...]:
    """The files that the manifest names, else the usual one."""
    named = value if isinstance(value, list) else [value]
    paths = [path for one in named if (path := inside(one, folder)) is not None]
    usual = os.path.join(folder, "hooks", "hooks.json")
    return tuple(path for path in paths or [usual] if os.path.isfile(path))


def _app_ids(path: str) -> tuple[str, ...]:
    apps = (_read_object(path) or {}).get("apps")
    entries = apps.values() if isinstance(apps, dict) else ()
    ids = (entry.get("id") for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(one for one in ids if isinstance(one, str) and one.strip()))


def _read_object(path: str) -> JsonObject | None:
    try:
        with open(path, "rb") as file:
            values: JsonValue = orjson.loads(file.read())
    except (OSError, ValueError):
        return None
    return values if isinstance(values, dict) else None
