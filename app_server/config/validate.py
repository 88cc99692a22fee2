"""Values against shapes: the first problem in serde's words, unknown keys, and relative paths made absolute.

A shape is a word (`str`, `bool`, `i64`, `u16`, `u64`, `usize`, `a nonzero u64`, `path`, `any`), a tuple of
the words that are allowed, `[shape]` for a list, a table by its keys (`*` stands for all that are not named),
or a function that tells the problem.
"""

from collections.abc import Callable
from os.path import normpath
from pathlib import Path
from typing import cast

from protocol.wire import JsonObject, JsonValue

KeyPath = tuple[str, ...]
Shape = str | tuple[str, ...] | list["Shape"] | dict[str, "Shape"] | Callable[[JsonValue], str | None]
Table = dict[str, Shape]

_LIMITS = {
    "i64": (-(2**63), 2**63 - 1),
    "u16": (0, 2**16 - 1),
    "u64": (0, 2**64 - 1),
    "usize": (0, 2**64 - 1),
    "a nonzero u64": (1, 2**64 - 1),
}


def first_problem(value: JsonValue, shape: Shape, path: KeyPath = ()) -> tuple[KeyPath, str] | None:
    """Where and what the first wrong value is, in the order of the document. Unknown keys are no problem."""
    match shape:
        case str():
            text = _word_problem(value, shape)
        case tuple():
            text = _choice_problem(value, shape)
        case list():
            if isinstance(value, list):
                found = (first_problem(one, shape[0], (*path, str(at))) for at, one in enumerate(value))
                return next(filter(None, found), None)
            text = _wrong_type(value, "a sequence")
        case dict():
            if isinstance(value, dict):
                rest = shape.get("*", "any")
                members = ((key, member, shape.get(key, rest)) for key, member in value.items())
                found = (first_problem(member, inner, (*path, key)) for key, member, inner in members)
                return next(filter(None, found), None)
            text = _wrong_type(value, "a map")
        case _:
            text = shape(value)
    return (path, text) if text else None


def unknown_key(value: JsonValue, shape: Shape, path: KeyPath = ()) -> KeyPath | None:
    """The first key that no shape knows, or None."""
    table = table_of(shape)
    if not isinstance(value, dict) or table is None:
        return None
    for key, member in value.items():
        inner = table.get(key) or table.get("*")
        if inner is None:
            return (*path, key)
        if deeper := unknown_key(member, inner, (*path, key)):
            return deeper
    return None


def with_absolute_paths(values: JsonObject, shape: Table, base: str) -> JsonObject:
    """The same with relative paths taken from `base` and `~/` expanded; copied only where it changes."""
    changed: JsonObject = {}
    for key, value in values.items():
        inner = shape.get(key) or shape.get("*")
        if inner is not None and (resolved := _absolute(value, inner, base)) is not value:
            changed[key] = resolved
    return {**values, **changed} if changed else values


def absolute_path(path: str, base: str) -> str:
    """`path` from `base`, `~/` expanded, `.` and `..` folded; symlinks stay as they are."""
    if path == "~" or path.startswith("~/"):
        return normpath(Path(path).expanduser())
    return normpath(Path(base) / path)


def _absolute(value: JsonValue, shape: Shape, base: str) -> JsonValue:
    if isinstance(value, str):
        return absolute_path(value, base) if shape == "path" else value
    if isinstance(value, list):
        return [_absolute(one, "path", base) for one in value] if shape == ["path"] else value
    table = table_of(shape)
    return with_absolute_paths(value, table, base) if isinstance(value, dict) and table is not None else value


def table_of(shape: Shape) -> Table | None:
    """The shape as that of a table, or None."""
    return cast("Table", shape) if isinstance(shape, dict) else None


def _word_problem(value: JsonValue, word: str) -> str | None:
    if word in ("str", "path"):
        return None if isinstance(value, str) else _wrong_type(value, "a string")
    if word == "bool":
        return None if isinstance(value, bool) else _wrong_type(value, "a boolean")
    if word not in _LIMITS:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        return _wrong_type(value, word)
    low, high = _LIMITS[word]
    return None if low <= value <= high else f"invalid value: integer `{value}`, expected {word}"


def _choice_problem(value: JsonValue, words: tuple[str, ...]) -> str | None:
    if value in words:
        return None
    if not isinstance(value, str):
        return _wrong_type(value, "a string")
    from protocol.mismatch import unknown_variant  # only a refusal needs it

    return unknown_variant(value, words)


def _wrong_type(value: JsonValue, expected: str) -> str:
    from protocol.mismatch import unexpected

    return f"invalid type: {unexpected(value)}, expected {expected}"
