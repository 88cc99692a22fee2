"""`-c key=value` and the `config` map of a request: dotted keys → one nested layer (persistence.md §11.1)."""

from collections.abc import Iterable, Mapping

from app_server.config.merge import merge
from protocol.wire import JsonObject, JsonValue

Override = tuple[tuple[str, ...], JsonValue]
"""A path of at least one key, and the value to set there."""


class OverrideError(Exception):
    """A `-c` that is no `key=value`; the text without `error parsing -c overrides: `."""


def parse_override(text: str) -> Override:
    """`a.b=1` → `(("a", "b"), 1)`. What is no TOML value is a string, without the quotes around it.

    Raises OverrideError for a missing `=` and for an empty key.
    """
    key, equals, value = text.partition("=")
    if not equals:
        raise OverrideError(f"Invalid override (missing '='): {text}")
    key = key.strip()
    if not key:
        raise OverrideError(f"Empty key in override: {text}")
    return tuple(key.split(".")), _value(value.strip())


def _value(text: str) -> JsonValue:
    if text.isidentifier() and text not in ("true", "false", "inf", "nan"):
        return text  # a bare word is the usual case and never TOML
    from app_server.config.toml import TomlError, parse_value  # a bare word needs no reader

    try:
        return parse_value(text)
    except TomlError:
        return text.strip("\"'")


def feature_overrides(enable: Iterable[str], disable: Iterable[str]) -> list[Override]:
    """`--enable F` and `--disable F` as the overrides that they stand for.

    Raises UnknownFeatureError for a name that no feature has.
    """
    from app_server.config.features import known_feature  # only when such an option is given

    switches = [(name, True) for name in enable] + [(name, False) for name in disable]
    return [(("features", known_feature(name)), on) for name, on in switches]


def request_overrides(config: Mapping[str, JsonValue]) -> list[Override]:
    """The `config` map of a request. A null becomes an empty string, as the reference has it."""
    return [(tuple(key.split(".")), "" if value is None else value) for key, value in config.items()]


def nest(overrides: Iterable[Override]) -> JsonObject:
    """One layer of them all; a later one wins, tables merge."""
    layer: JsonObject = {}
    for (*outer, last), value in overrides:
        nested: JsonObject = {last: value}
        for name in reversed(outer):
            nested = {name: nested}
        layer = merge(layer, nested)
    return layer
