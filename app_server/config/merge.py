"""How one layer lies on another: tables by key, everything else replaced (persistence.md §11.1)."""

from collections.abc import Iterable, Iterator

from protocol.wire import JsonObject, JsonValue


def merge(lower: JsonObject, upper: JsonObject) -> JsonObject:
    """A new object; neither argument is altered, unchanged parts are shared."""
    merged = dict(lower)
    for key, value in upper.items():
        below = merged.get(key)
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def merge_all(layers: Iterable[JsonObject]) -> JsonObject:
    """All of them, low to high."""
    merged: JsonObject = {}
    for layer in layers:
        if layer:
            merged = merge(merged, layer) if merged else layer
    return merged


def leaves(value: JsonValue, path: str = "") -> Iterator[str]:
    """The dotted paths of all leaves, elements of arrays by their index. An empty container has none."""
    match value:
        case dict():
            members: Iterable[tuple[object, JsonValue]] = value.items()
        case list():
            members = enumerate(value)
        case _:
            yield path
            return
    for key, member in members:
        yield from leaves(member, f"{path}.{key}" if path else str(key))
