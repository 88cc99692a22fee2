"""What a connection is told after its `initialize`: a configuration that is not used, or only in part.

connection.md §2.3, persistence.md §11.7.
"""

from typing import NamedTuple

from app_server.config.config import Config
from app_server.config.errors import ConfigError, Span
from app_server.config.layers import ConfigLayer, LayerStack
from app_server.config.rules import BROKEN_RULES, RulesError
from app_server.config.rules_in_force import load_rules
from protocol.wire import JsonObject

BROKEN = "Invalid configuration; using defaults."


class StartupWarning(NamedTuple):
    """One `configWarning`. Path and range are told only where they are known."""

    summary: str
    details: str | None = None
    path: str | None = None
    range: JsonObject | None = None


def broken_config(error: ConfigError) -> StartupWarning:
    """The user's configuration is not used at all."""
    return StartupWarning(BROKEN, str(error), str(error.path) if error.path else None, _place(error.span))


def broken_rules(config: Config) -> tuple[StartupWarning, ...]:
    """The rules for commands are not in force, because one of their files is broken (tools.md §6.4)."""
    try:
        load_rules(config.stack)
    except RulesError as error:
        return (StartupWarning(BROKEN_RULES, str(error), str(error.path), _place(error.span)),)
    return ()


def partly_used(config: Config) -> tuple[StartupWarning, ...]:
    """Project folders and keys that do not count, and values that the requirements replaced."""
    warnings = [*_untrusted(config.stack), *map(_refused, config.stack.enabled()), *config.warnings]
    return tuple(StartupWarning(text) for text in warnings if text)


def _place(span: Span | None) -> JsonObject | None:
    return span and {
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }


def _untrusted(stack: LayerStack) -> list[str]:
    disabled = [layer for layer in stack.layers if layer.disabled_reason is not None]
    if not disabled:
        return []
    lines = ["Config, hooks and exec policies in these project folders are not used; their skills are."]
    for number, layer in enumerate(disabled, 1):
        lines += [f"    {number}. {layer.source.path}", f"       {layer.disabled_reason}"]
    return ["\n".join(lines) + "\n"]


def _refused(layer: ConfigLayer) -> str:
    if not layer.refused_keys:
        return ""
    keys = ", ".join(layer.refused_keys)
    return f"A project may not set {keys} ({layer.source.file}). Set them in the user's config.toml instead."
