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
    description = values.get("description")
    return Manifest(
        name,
        shown.strip() if isinstance(shown, str) and shown.strip() else name,
        description if isinstance(description, str) else None,
        _skill_folders(values.get("skills"), folder),
        _keys_of(
            _inside(values.get("mcpServers"), folder) or os.path.join(folder, ".mcp.json"), "mcpServers"
        ),
        _app_ids(_inside(values.get("apps"), folder) or os.path.join(folder, ".app.json")),
    )


def _name(values: JsonObject, folder: str) -> str:
    name = values.get("name")
    return name.strip() if isinstance(name, str) and name.strip() else os.path.basename(folder)


def _skill_folders(value: JsonValue, folder: str) -> tuple[str, ...]:
    """The usual folder, and the one that the manifest names besides."""
    named = _inside(value, folder)
    return tuple(dict.fromkeys(path for path in (os.path.join(folder, "skills"), named) if path))


def _inside(value: JsonValue, folder: str) -> str | None:
    """A path of the manifest: it begins with `./` and never leads out of the folder."""
    if not isinstance(value, str) or not value.startswith("./"):
        return None
    parts = value[2:].split("/")
    return None if ".." in parts or not value[2:] else os.path.join(folder, *parts)


def _keys_of(path: str, key: str) -> tuple[str, ...]:
    """The names of the servers in a file: under `key`, or at its top."""
    values = _read_object(path) or {}
    inner = values.get(key, values)
    return (
        tuple(sorted(name for name in inner if isinstance(inner[name], dict)))
        if isinstance(inner, dict)
        else ()
    )


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
