"""Which skills config turns off (prompt-input.md §4.2)."""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app_server.config.config import Config
from app_server.skills.skill import Skill
from protocol.wire import JsonObject, JsonValue


class Switch(NamedTuple):
    """One entry of `skills.config`: by path or by name, on or off."""

    path: str | None
    name: str | None
    enabled: bool

    def concerns(self, skill: Skill) -> bool:
        return skill.path == self.path if self.path is not None else skill.name == self.name


def switches(config: Config) -> tuple[Switch, ...]:
    """The entries of the user's file, then those of flags and request. A project has no say."""
    layers = (layer for layer in config.stack.enabled() if layer.source.type in ("user", "sessionFlags"))
    return tuple(switch for layer in layers for switch in _of(layer.values))


def disabled(skills: Iterable[Skill], entries: Sequence[Switch]) -> frozenset[str]:
    """The paths of the skills that are off; of several entries for one skill the last counts."""
    if not entries:
        return frozenset()
    return frozenset(skill.path for skill in skills if not _is_on(skill, entries))


def bundled_enabled(config: Config) -> bool:
    """Whether the skills that come with the server are wanted."""
    bundled = config.table("skills").get("bundled")
    return not isinstance(bundled, dict) or bundled.get("enabled") is not False


def listing_enabled(config: Config) -> bool:
    """Whether models are told of skills at all."""
    return config.table("skills").get("include_instructions") is not False


def _is_on(skill: Skill, entries: Sequence[Switch]) -> bool:
    return next((entry.enabled for entry in reversed(entries) if entry.concerns(skill)), True)


def _of(values: JsonObject) -> Iterable[Switch]:
    skills = values.get("skills")
    entries = skills.get("config") if isinstance(skills, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        switch = _switch(entry)
        if switch is not None:
            yield switch


def _switch(entry: JsonValue) -> Switch | None:
    """None for an entry that names nothing, or both a path and a name."""
    if not isinstance(entry, dict):
        return None
    path, name, enabled = entry.get("path"), entry.get("name"), entry.get("enabled", True)
    path = os.path.realpath(path) if isinstance(path, str) and path else None
    name = name.strip() if isinstance(name, str) and name.strip() else None
    if (path is None) == (name is None) or not isinstance(enabled, bool):
        return None
    return Switch(path, name, enabled)
