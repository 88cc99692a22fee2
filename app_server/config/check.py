"""Checks the merged values, and blames the file that holds the first wrong one (persistence.md §11.7)."""

from app_server.config.errors import ConfigError, InvalidValueError
from app_server.config.layers import LayerStack
from app_server.config.locate import locate
from app_server.config.providers import check_providers, check_removed_keys
from app_server.config.schema import CONFIG
from app_server.config.validate import KeyPath, first_problem, unknown_key
from protocol.wire import JsonObject, JsonValue


def check_values(stack: LayerStack) -> None:
    """Raises ConfigError for the first value of the wrong type, and for a provider that breaks its rules."""
    found = first_problem(stack.merged, CONFIG) or check_providers(stack.merged.get("model_providers"))
    if found:
        raise _blamed(stack, *found)
    check_removed_keys(stack.merged)
    _check_agents(stack.merged)


_AT_LEAST_ONE = (
    ("agents", "max_threads"),
    ("agents", "max_depth"),
    ("agents", "job_max_runtime_seconds"),
    ("features", "multi_agent_v2", "max_concurrent_threads_per_session"),
)


def _check_agents(values: JsonObject) -> None:
    """Raises ConfigError for limits by which there could be no agent at all."""
    for path in _AT_LEAST_ONE:
        limit = _at(values, path)
        if isinstance(limit, int) and not isinstance(limit, bool) and limit < 1:
            raise ConfigError(f"{'.'.join(path)} must be at least 1")


def check_types(values: JsonObject) -> str | None:
    """The first problem with a merged object, told without a file: `config/read` names none."""
    found = first_problem(values, CONFIG) or check_providers(values.get("model_providers"))
    return _without_place(*found) if found else None


def check_strictly(stack: LayerStack) -> None:
    """Raises ConfigError for the first key that nobody knows (`--strict-config`, connection.md §13)."""
    for layer in stack.enabled():
        path = unknown_key(layer.values, CONFIG)
        if path:
            raise _blamed(stack, path, f"unknown configuration field `{'.'.join(path)}`", key=True)


def _blamed(stack: LayerStack, path: KeyPath, text: str, *, key: bool = False) -> InvalidValueError:
    wrong = _at(stack.merged, path)
    for layer in reversed(stack.layers):
        if (
            layer.disabled_reason is not None
            or _at(layer.values, path) != wrong
            or not _has(layer.values, path)
        ):
            continue
        file = layer.source.file
        if file is None:
            break
        try:
            source = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            break
        span = locate(source, path, key=key)
        if span is None:
            break
        return InvalidValueError(f"{file}:{span.line}:{span.column}: {text}", path=file, span=span)
    return InvalidValueError(_without_place(path, text))


def _without_place(path: KeyPath, text: str) -> str:
    return f"{text}\nin `{'.'.join(path)}`\n"


def _has(values: JsonObject, path: KeyPath) -> bool:
    return _at(values, path) is not None


def _at(values: JsonValue, path: KeyPath) -> JsonValue:
    for key in path:
        if isinstance(values, dict):
            values = values.get(key)
        elif isinstance(values, list):
            values = values[int(key)]
        else:
            return None
    return values
