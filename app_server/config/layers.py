"""The layers of the configuration, low to high, and what they merge to (persistence.md §11.1, §11.2)."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.config.errors import ConfigError
from app_server.config.merge import merge_all
from app_server.config.schema import CONFIG
from app_server.config.toml import TomlError, read_toml_file, unreadable
from app_server.config.trust import DEFAULT_ROOT_MARKERS, Decision, Project, decision_for, find_project
from app_server.config.validate import with_absolute_paths
from app_server.platform import is_windows
from protocol.wire import JsonObject, JsonValue

CONFIG_FILE = "config.toml"
MANAGED_FILE = "managed_config.toml"
_TRUST_GRANTS = "load project-local config, hooks, and exec policies"
_NOT_FOR_PROJECTS = (
    "openai_base_url",
    "chatgpt_base_url",
    "model_provider",
    "model_providers",
    "notify",
    "profile",
    "profiles",
    "experimental_realtime_ws_base_url",
    "otel",
)


class LayerSource(NamedTuple):
    """Where a layer comes from: the wire's `ConfigLayerSource` type, and its file or folder."""

    type: str
    path: Path | None = None

    def to_wire(self) -> JsonObject:
        """As `config/read` names it."""
        match self.type:
            case "user":
                return {"type": self.type, "file": str(self.path), "profile": None}
            case "project":
                return {"type": self.type, "dotCodexFolder": str(self.path)}
            case "sessionFlags":
                return {"type": self.type}
            case _:
                return {"type": self.type, "file": str(self.path)}

    @property
    def file(self) -> Path | None:
        """The TOML file behind the layer, if one is."""
        return self.path / CONFIG_FILE if self.path and self.type == "project" else self.path


class ConfigLayer(NamedTuple):
    """One layer's own values, its relative paths made absolute. A disabled layer is listed but not merged."""

    source: LayerSource
    values: JsonObject
    disabled_reason: str | None = None
    refused_keys: tuple[str, ...] = ()
    """What a project's file may not set, and was dropped."""

    @property
    def effective(self) -> JsonObject:
        """The values under their present names: these are merged, while `values` are as they were written."""
        return _renamed(self.values)


class LayerStack(NamedTuple):
    """All layers of one load, low to high."""

    layers: tuple[ConfigLayer, ...]
    merged: JsonObject
    project: Project | None
    decision: Decision | None

    def enabled(self) -> Iterator[ConfigLayer]:
        """The layers that count, low to high."""
        return (layer for layer in self.layers if layer.disabled_reason is None)


def declares_hooks(stack: LayerStack) -> bool:
    """Whether any layer says something of hooks, in its file or in the one beside it. Looks at the disk."""
    for layer in stack.enabled():
        file = layer.source.file
        if "hooks" in layer.values or (file is not None and os.path.lexists(file.parent / "hooks.json")):
            return True
    return False


class LayerFiles(NamedTuple):
    """Where the layers' files are."""

    codex_home: Path
    system_folder: Path

    @property
    def user(self) -> Path:
        return self.codex_home / CONFIG_FILE

    @property
    def managed(self) -> Path:
        """The old file for managed settings; on Windows it lies in CODEX_HOME."""
        return (self.codex_home if is_windows else self.system_folder) / MANAGED_FILE


def load_layers(
    files: LayerFiles, session: JsonObject, *, cwd: Path | None, base: Path, trusted: Sequence[str] = ()
) -> LayerStack:
    """Read all layers as they are now. Without `cwd` there are no project layers.

    `session` is what flags and the request set, with paths relative to `base`; `trusted` are folders that
    count as trusted although that could not be written down. Raises ConfigError for a file that is no TOML.
    """
    system = files.system_folder / CONFIG_FILE
    low = [
        ConfigLayer(LayerSource("system", system), _file_values(system)),
        ConfigLayer(LayerSource("user", files.user), _file_values(files.user)),
    ]
    high: list[ConfigLayer] = []
    if session:
        values = with_absolute_paths(session, CONFIG, str(base))
        high.append(ConfigLayer(LayerSource("sessionFlags"), values))
    managed = _file_values(files.managed)
    if managed:
        high.append(ConfigLayer(LayerSource("legacyManagedConfigTomlFromFile", files.managed), managed))
    so_far = merge_all(layer.effective for layer in (*low, *high))
    project = find_project(cwd, root_markers(so_far)) if cwd else None
    projects = _with_trusted(so_far.get("projects"), trusted)
    decision = decision_for(project.cwd, project, projects) if project else None
    local = list(_project_layers(files, project, projects)) if project else []
    layers = (*low, *local, *high)
    enabled = (layer.effective for layer in layers if layer.disabled_reason is None)
    merged = merge_all(enabled) if local else so_far
    return LayerStack(layers, merged, project, decision)


def merged_with(stack: LayerStack, user_values: JsonObject) -> JsonObject:
    """What the layers would merge to, if the user's file said this."""
    return with_user_layer(stack, user_values).merged


def with_user_layer(stack: LayerStack, user_values: JsonObject) -> LayerStack:
    """The stack with another user's layer; which projects are trusted stays as it was decided."""
    layers = tuple(
        one._replace(values=user_values) if one.source.type == "user" else one for one in stack.layers
    )
    merged = merge_all(one.effective for one in layers if one.disabled_reason is None)
    return stack._replace(layers=layers, merged=merged)


def root_markers(values: JsonObject) -> Sequence[str]:
    """`project_root_markers`, its default when it is absent or no list of strings."""
    markers = values.get("project_root_markers")
    if not isinstance(markers, list):
        return DEFAULT_ROOT_MARKERS
    names = [marker for marker in markers if isinstance(marker, str)]
    return names if len(names) == len(markers) else DEFAULT_ROOT_MARKERS


def _file_values(path: Path) -> JsonObject:
    try:
        values = read_toml_file(path)
    except TomlError as error:
        raise unreadable(path, error) from error
    return with_absolute_paths(values, CONFIG, str(path.parent)) if values else {}


def _renamed(values: JsonObject) -> JsonObject:
    """`memories.no_memories_if_mcp_or_web_search` has a new name."""
    memories = values.get("memories")
    if not isinstance(memories, dict) or "no_memories_if_mcp_or_web_search" not in memories:
        return values
    rest = {key: value for key, value in memories.items() if key != "no_memories_if_mcp_or_web_search"}
    moved = memories["no_memories_if_mcp_or_web_search"]
    return {**values, "memories": {"disable_on_external_context": moved, **rest}}


def _with_trusted(projects: JsonValue, folders: Sequence[str]) -> JsonObject:
    known = projects if isinstance(projects, dict) else {}
    return {**{folder: {"trust_level": "trusted"} for folder in folders}, **known} if folders else known


def _project_layers(files: LayerFiles, project: Project, projects: JsonObject) -> Iterator[ConfigLayer]:
    """The `.codex` folders from the project's root down to cwd."""
    home = os.path.realpath(files.codex_home)
    folders = [
        folder for folder in (project.cwd, *project.cwd.parents) if folder.is_relative_to(project.root)
    ]
    for folder in reversed(folders):
        dot_codex = folder / ".codex"
        if dot_codex.is_dir() and os.path.realpath(dot_codex) != home:
            decision = decision_for(folder, project, projects)
            yield _project_layer(dot_codex, files.user, project, decision)


def _project_layer(folder: Path, user_file: Path, project: Project, decision: Decision | None) -> ConfigLayer:
    source = LayerSource("project", folder)
    reason = _disabled_reason(user_file, project, decision)
    try:
        values = _file_values(folder / CONFIG_FILE)
    except ConfigError:
        if reason is None:
            raise
        values = {}
    refused = tuple(key for key in _NOT_FOR_PROJECTS if key in values)
    kept = {key: value for key, value in values.items() if key not in refused}
    return ConfigLayer(source, kept, reason, refused)


def _disabled_reason(user_file: Path, project: Project, decision: Decision | None) -> str | None:
    if decision is None:
        root = project.repository or project.root
        return f"To {_TRUST_GRANTS}, add {root} as a trusted project in {user_file}."
    if decision.level == "trusted":
        return None
    return f"{decision.key} is marked as untrusted in {user_file}. To {_TRUST_GRANTS}, mark it trusted."
