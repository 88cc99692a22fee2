"""`config/value/write`, `config/batchWrite`: the user's file edited, all or none (persistence.md §11.6)."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.config.check import check_types
from app_server.config.edit import Edit, EditError, edited_text, edited_values, same, without_empty, writable
from app_server.config.errors import ConfigError, os_error_text
from app_server.config.layers import ConfigLayer, LayerSource, LayerStack, merged_with
from app_server.config.read import layer_version
from app_server.config.requirements import Requirements
from app_server.config.toml import TomlError, parse_toml
from app_server.platform import replace_private_file
from protocol.wire import JsonObject, JsonValue

_OVERRIDES = {
    "sessionFlags": "session flags",
    "legacyManagedConfigTomlFromFile": "legacy managed_config.toml: {file}",
    "project": "project config: {file}",
    "system": "managed config (system): {file}",
    "user": "user config: {file}",
}


class WriteError(Exception):
    """The write is refused, and nothing was written: the wire's code, and the message."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class Override(NamedTuple):
    """Why a value that was written does not hold."""

    message: str
    source: LayerSource
    version: str
    effective: JsonValue


class Written(NamedTuple):
    """The user's layer after the write."""

    version: str
    file: Path
    override: Override | None


def edit_of(key_path: str, value: JsonValue, *, upsert: bool) -> Edit:
    """An edit as a client asks for it; every dot separates two keys. Raises WriteError."""
    if not key_path.strip():
        raise WriteError("configValidationError", "keyPath must not be empty")
    try:
        kept = writable(value)
    except EditError as error:
        raise _invalid(str(error)) from error
    return Edit(tuple(key_path.split(".")), kept, "upsert" if upsert else "replace")


def write_edits(
    user_file: Path,
    edits: Sequence[Edit],
    load: Callable[[], tuple[LayerStack, Requirements]],
    *,
    asked_file: str | None = None,
    expected_version: str | None = None,
) -> Written:
    """Make the edits; `load` reads the layers. Raises WriteError, and ConfigError for broken files."""
    if asked_file is not None and os.path.realpath(asked_file) != os.path.realpath(user_file):
        raise WriteError("configLayerReadonly", "Only writes to the user config are allowed")
    stack, requirements = load()
    if expected_version not in (None, layer_version(_user(stack).values)):
        text = "Configuration was modified since last read. Fetch latest version and retry."
        raise WriteError("configVersionConflict", text)
    target = Path(os.path.realpath(user_file))
    text, values = _read(target)
    wanted = edited_values(values, edits)
    if not same(wanted, values):
        _check(stack, wanted, requirements)
        try:
            after = edited_text(text, edits)
            came_out = parse_toml(after)
        except (EditError, TomlError) as error:
            raise ConfigError(f"{user_file} cannot be edited: {error}") from error
        if not same(without_empty(came_out), without_empty(wanted)):
            raise ConfigError(f"{user_file} cannot be edited without changing something else")
        try:
            replace_private_file(target, after.encode())
        except OSError as error:
            raise ConfigError(os_error_text(error)) from error
    now, _ = load()
    return Written(layer_version(_user(now).values), user_file, _first_override(now, edits))


def _read(target: Path) -> tuple[str, JsonObject]:
    try:
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        return text, parse_toml(text)
    except OSError as error:
        raise ConfigError(os_error_text(error)) from error
    except (UnicodeDecodeError, TomlError) as error:
        raise ConfigError(str(error)) from error


def _check(stack: LayerStack, wanted: JsonObject, requirements: Requirements) -> None:
    problem = check_types(wanted) or check_types(merged_with(stack, wanted))
    if problem:
        raise _invalid(problem)
    features, required = wanted.get("features"), (requirements.raw or {}).get("features")
    if not isinstance(features, dict) or not isinstance(required, dict):
        return
    for name, must in required.items():
        if isinstance(features.get(name), bool) and features[name] != must:
            said, allowed = f"features.{name}={str(features[name]).lower()}", f"{name}={str(must).lower()}"
            raise _invalid(f"invalid value for `features`: `{said}` is not in the allowed set [{allowed}]")


def _invalid(text: str) -> WriteError:
    return WriteError("configValidationError", f"Invalid configuration: {text}")


def _user(stack: LayerStack) -> ConfigLayer:
    return next(layer for layer in stack.layers if layer.source.type == "user")


def _first_override(stack: LayerStack, edits: Sequence[Edit]) -> Override | None:
    """The first edited place where something else holds than what the user's file says."""
    user = _user(stack)
    for edit in edits:
        effective = _at(stack.merged, edit.path)
        if same(effective, _at(user.effective, edit.path)):
            continue
        having = [one for one in stack.enabled() if _at(one.effective, edit.path) is not None]
        others = [one for one in having if one is not user]
        if not others:
            continue
        layer = others[-1]
        what = _OVERRIDES[layer.source.type].format(file=layer.source.path)
        return Override(f"Overridden by {what}", layer.source, layer_version(layer.values), effective)
    return None


def _at(values: JsonValue, path: tuple[str, ...]) -> JsonValue:
    for key in path:
        if not isinstance(values, dict):
            return None
        values = values.get(key)
    return values
