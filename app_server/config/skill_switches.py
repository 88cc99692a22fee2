"""Turning a skill on or off in the user's config.toml; all else in it stays as it was (services.md §7)."""

import os
from collections.abc import MutableMapping, MutableSequence
from pathlib import Path
from typing import cast

from app_server.config.errors import ConfigError, os_error_text
from app_server.platform import replace_private_file

_Table = MutableMapping[str, object]
_Array = MutableSequence[object]


def switch_skill(config_file: Path, key: str, value: str, *, enabled: bool) -> None:
    """Write the entry of `skills.config` that turns a skill off, or take all such entries out.

    `key` is `path` or `name`. Raises ConfigError when the file cannot be read, parsed or replaced.
    """
    import tomlkit  # 25 ms, for a rare write
    from tomlkit.exceptions import TOMLKitError

    target = Path(os.path.realpath(config_file))
    try:
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        document = tomlkit.parse(text)
        _edit(cast("_Table", document), key, value, enabled=enabled)
        after = tomlkit.dumps(document)
        if after != text:
            replace_private_file(target, after.encode())
    except OSError as error:
        raise ConfigError(os_error_text(error)) from error
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(str(error)) from error


def _edit(document: _Table, key: str, value: str, *, enabled: bool) -> None:
    import tomlkit
    from tomlkit.items import Array, InlineTable

    if enabled and "config" not in _table(document.get("skills", {}), "skills"):
        return
    skills = _table(document.setdefault("skills", tomlkit.table(is_super_table=True)), "skills")
    skills.setdefault("config", tomlkit.array() if isinstance(skills, InlineTable) else tomlkit.aot())
    inline = isinstance(skills["config"], Array)
    entries = _array(skills["config"], "skills.config")
    own = [entry for entry in map(_entry, entries) if entry is not None and _is_for(entry, key, value)]
    if enabled:
        for index in reversed(range(len(entries))):
            if any(entries[index] is entry for entry in own):
                del entries[index]
    elif not own:
        fresh = cast("_Table", tomlkit.inline_table() if inline else tomlkit.table())
        fresh.update({key: value, "enabled": False})
        entries.append(fresh)
    for entry in () if enabled else own:
        entry["enabled"] = False
    if not entries:
        del skills["config"]
    if not skills:
        del document["skills"]


def _is_for(entry: _Table, key: str, value: str) -> bool:
    written = entry.get(key)
    if not isinstance(written, str):
        return False
    return os.path.realpath(written) == value if key == "path" else written.strip() == value


def _table(value: object, name: str) -> _Table:
    if not isinstance(value, MutableMapping):
        raise ConfigError(f"`{name}` is not a table")
    return cast("_Table", value)


def _array(value: object, name: str) -> _Array:
    if not isinstance(value, MutableSequence):
        raise ConfigError(f"`{name}` is not a list")
    return cast("_Array", value)


def _entry(value: object) -> _Table | None:
    return cast("_Table", value) if isinstance(value, MutableMapping) else None
