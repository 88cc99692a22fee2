"""Finding hooks in the layers of the configuration (services.md §7). Reads files.

A layer's hooks stand in the `hooks.json` beside its config file, in its `[hooks]` table, or in both. Layers
of projects that are not trusted contribute nothing, and no project's layer says which hooks are trusted.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from app_server.config.layers import ConfigLayer, LayerStack
from app_server.config.merge import merge_all
from app_server.hooks.hook import MOMENTS, Hook, Moment, TrustStatus, fingerprint
from protocol.wire import JsonObject, JsonValue

DEFAULT_TIMEOUT_SECONDS: Final = 600

_FILE: Final = "hooks.json"
_NO_FILE: Final = Path("/<session-flags>/config.toml")
_SOURCES: Final[Mapping[str, str]] = {
    "legacyManagedConfigTomlFromFile": "legacyManagedConfigFile",
    "legacyManagedConfigTomlFromMdm": "legacyManagedConfigMdm",
}
_MANAGED: Final = frozenset(["system", "mdm", "legacyManagedConfigFile", "legacyManagedConfigMdm"])
_ALTERNATIVES: Final = re.compile(r"[A-Za-z0-9_|]*|\*")


@dataclass(slots=True)
class HookListing:
    """What was found, in the order in which hooks run, and what is wrong with the rest."""

    hooks: list[Hook] = field(default_factory=list[Hook])
    warnings: list[str] = field(default_factory=list[str])


class BroughtHooks(NamedTuple):
    """A file of hooks that a plugin brought."""

    plugin_id: str
    file: Path
    place: str
    """Of the file in the plugin: keys of its hooks begin with the plugin and this."""
    env: Mapping[str, str]
    """What the hooks find in their environment; also put in for `${NAME}` in their commands."""

    def filled_in(self, command: str) -> str:
        """The command with what it leaves to its plugin."""
        for name, value in self.env.items():
            command = command.replace(f"${{{name}}}", value)
        return command


class _Declaring(NamedTuple):
    """What declares hooks: a file, in the name of a layer."""

    file: Path
    source: str
    states: JsonObject
    """`[hooks.state]` of all layers that may say what is trusted."""
    brought: BroughtHooks | None = None

    @property
    def name(self) -> str:
        """What the keys of its hooks begin with."""
        return str(self.file) if self.brought is None else f"{self.brought.plugin_id}:{self.brought.place}"


def find_hooks(stack: LayerStack, brought: Sequence[BroughtHooks] = ()) -> HookListing:
    """The hooks of all layers that count, the lowest precedence first; then those that plugins brought."""
    found = HookListing()
    states = _table(_table(merge_all(_trusting(stack))).get("state"))
    for layer in stack.enabled():
        _of_layer(layer, states, found)
    for one in brought:
        _of_plugin(one, states, found)
    return found


def hooks_in(brought: BroughtHooks) -> HookListing:
    """The hooks of a plugin alone, whatever is trusted."""
    found = HookListing()
    _of_plugin(brought, {}, found)
    return found


def _of_plugin(brought: BroughtHooks, states: JsonObject, found: HookListing) -> None:
    declaring = _Declaring(brought.file, "plugin", states, brought)
    _declared(_file_hooks(brought.file, found.warnings), declaring, found)


def _trusting(stack: LayerStack) -> Iterator[JsonObject]:
    """The `[hooks]` tables that may say what is trusted."""
    return (_table(layer.values.get("hooks")) for layer in stack.enabled() if layer.source.type != "project")


def _of_layer(layer: ConfigLayer, states: JsonObject, found: HookListing) -> None:
    config_file = layer.source.file or _NO_FILE
    source = _SOURCES.get(layer.source.type, layer.source.type)
    before = len(found.hooks)
    file = config_file.parent / _FILE
    # Two layers of the system lie in one folder, whose hooks.json belongs to the first of them.
    if layer.source.type in ("system", "user", "project"):
        _declared(_file_hooks(file, found.warnings), _Declaring(file, source, states), found)
    in_file = len(found.hooks)
    _declared(_table(layer.values.get("hooks")), _Declaring(config_file, source, states), found)
    if before < in_file < len(found.hooks):
        found.warnings.append(
            f"loading hooks from both {file} and {config_file}; prefer a single representation for this layer"
        )


def _file_hooks(file: Path, warnings: list[str]) -> JsonObject:
    try:
        content: JsonValue = orjson.loads(file.read_bytes())
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        return {}
    except (OSError, orjson.JSONDecodeError) as error:
        warnings.append(f"failed to parse hooks config {file}: {error}")
        return {}
    return _table(_table(content).get("hooks"))


def _declared(table: JsonObject, by: _Declaring, found: HookListing) -> None:
    for moment in MOMENTS:
        groups = table.get(moment.name)
        for number, group in enumerate(groups if isinstance(groups, list) else ()):
            if isinstance(group, dict):
                _group(group, moment, f"{by.name}:{moment.key}:{number}", by, found)


def _group(group: JsonObject, moment: Moment, key: str, by: _Declaring, found: HookListing) -> None:
    given = group.get("matcher")
    matcher = given if isinstance(given, str) and moment.matched else None
    if matcher is not None and (fault := _fault(matcher)) is not None:
        found.warnings.append(f'invalid matcher "{matcher}" in {by.file}: {fault}')
        return
    handlers = group.get("hooks")
    for number, handler in enumerate(handlers if isinstance(handlers, list) else ()):
        if not isinstance(handler, dict):
            continue
        if (problem := _problem(handler)) is not None:
            found.warnings.append(problem.format(file=by.file))
            continue
        command, timeout = str(handler["command"]), _timeout(handler.get("timeout"))
        if by.brought is not None:
            command = by.brought.filled_in(command)
        message = handler.get("statusMessage")
        status_message = message if isinstance(message, str) else None
        own_key = f"{key}:{number}"
        own_print = fingerprint(moment, matcher, command, timeout, status_message)
        state, managed = _table(by.states.get(own_key)), by.source in _MANAGED
        found.hooks.append(
            Hook(
                key=own_key,
                moment=moment,
                matcher=matcher,
                command=command,
                timeout_seconds=timeout,
                status_message=status_message,
                file=by.file,
                source=by.source,
                order=len(found.hooks),
                managed=managed,
                enabled=managed or state.get("enabled") is not False,
                trust=_trust(state.get("trusted_hash"), own_print, managed=managed),
                print=own_print,
                plugin_id=None if by.brought is None else by.brought.plugin_id,
                env={} if by.brought is None else by.brought.env,
            )
        )


def _problem(handler: JsonObject) -> str | None:
    """Why a handler is passed over."""
    kind = handler.get("type")
    if kind in ("prompt", "agent"):
        return f"skipping {kind} hook in {{file}}: {kind} hooks are not supported yet"
    if handler.get("async") is True:
        return "skipping async hook in {file}: async hooks are not supported yet"
    command = handler.get("command")
    if not isinstance(command, str) or not command.strip():
        return "skipping empty hook command in {file}"
    return None


def _timeout(value: JsonValue) -> int:
    whole = value if isinstance(value, int) and not isinstance(value, bool) else DEFAULT_TIMEOUT_SECONDS
    return max(1, whole)


def _trust(trusted: JsonValue, own_print: str, *, managed: bool) -> TrustStatus:
    if managed:
        return "managed"
    if not isinstance(trusted, str):
        return "untrusted"
    return "trusted" if trusted == own_print else "modified"


def _fault(matcher: str) -> str | None:
    """What is wrong with a matcher that has to be a pattern."""
    if _ALTERNATIVES.fullmatch(matcher):
        return None
    try:
        re.compile(matcher)
    except re.error as error:
        return str(error)
    return None


def _table(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}
