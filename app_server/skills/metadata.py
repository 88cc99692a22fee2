"""`agents/openai.yaml` beside a SKILL.md: how the skill is shown, what it needs, when it may be used.

Optional in every way: a broken file counts as none, a broken entry as absent (prompt-input.md §4.2).
"""

import os
import re
from typing import NamedTuple

from app_server.skills.front_matter import one_line
from protocol.wire import JsonObject, JsonValue

METADATA_FILE = os.path.join("agents", "openai.yaml")
_PRODUCTS = ("chatgpt", "codex", "atlas")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SHOWN = (("display_name", 64), ("short_description", 1_024), ("default_prompt", 1_024))
_NEEDED = (("type", 64), ("value", 1_024), ("description", 1_024), ("transport", 64), ("command", 1_024))


class SkillMetadata(NamedTuple):
    """What the file says, as far as it makes sense."""

    interface: JsonObject | None = None
    dependencies: JsonObject | None = None
    implicit: bool = True
    products: tuple[str, ...] = ()


class _BrokenError(Exception):
    """A value has the wrong type: then nothing of the file counts."""


def parse_metadata(text: str, folder: str) -> SkillMetadata:
    """Read the file's text; `folder` is the skill's, which icons are relative to. Never raises."""
    import yaml  # 30 ms, and few skills have such a file

    loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        document: JsonValue = yaml.load(text, Loader=loader)  # noqa: S506 - one of the two safe loaders
        return _metadata(_table(document), folder)
    except (yaml.YAMLError, _BrokenError, ValueError, RecursionError):
        return SkillMetadata()


def _metadata(document: JsonObject, folder: str) -> SkillMetadata:
    interface, needs = _table(document.get("interface")), _table(document.get("dependencies"))
    policy = _table(document.get("policy"))
    implicit = policy.get("allow_implicit_invocation")
    if not isinstance(implicit, bool | None):
        raise _BrokenError
    products = tuple(_text(word).lower() for word in _list(policy.get("products")))
    if any(word not in _PRODUCTS for word in products):
        raise _BrokenError
    return SkillMetadata(
        _interface(interface, folder),
        _dependencies(_list(needs.get("tools"))),
        implicit is not False,
        products,
    )


def _interface(entries: JsonObject, folder: str) -> JsonObject | None:
    found: JsonObject = {key: _short(entries.get(key), limit) for key, limit in _SHOWN}
    for key in ("icon_small", "icon_large"):
        found[key] = _icon(entries.get(key), folder)
    colour = _short(entries.get("brand_color"), 64)
    found["brand_color"] = colour if colour and _COLOUR.fullmatch(colour) else None
    return found if any(value is not None for value in found.values()) else None


def _icon(value: JsonValue, folder: str) -> str | None:
    """The absolute path of a picture under `assets/`."""
    path = _short(value, 1_024)
    parts = [part for part in (path or "").replace("\\", "/").split("/") if part != "."]
    if not path or path.startswith("/") or ".." in parts or parts[0] != "assets":
        return None
    return os.path.join(folder, *parts)


def _dependencies(tools: list[JsonValue]) -> JsonObject | None:
    found: list[JsonValue] = []
    for tool in map(_table, tools):
        entry: JsonObject = {}
        for key, limit in (*_NEEDED, ("url", 1_024)):
            if (value := _short(tool.get(key), limit)) is not None:
                entry[key] = value
        if "type" in entry and "value" in entry:
            found.append(entry)
    return {"tools": found} if found else None


def _short(value: JsonValue, limit: int) -> str | None:
    """One line of text; None when there is none, or too much of it."""
    if value is None:
        return None
    text = one_line(_text(value))
    return text if text and len(text) <= limit else None


def _text(value: JsonValue) -> str:
    if isinstance(value, dict | list) or value is None:
        raise _BrokenError
    return str(value)


def _table(value: JsonValue) -> JsonObject:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise _BrokenError
    return value


def _list(value: JsonValue) -> list[JsonValue]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise _BrokenError
    return value
