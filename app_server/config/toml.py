"""TOML text → JSON values. Dates become their text, infinities null; errors say where the reader stumbled."""

import math
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from app_server.config.errors import Span, UnreadableLayerError, os_error_text
from protocol.wire import JsonObject, JsonValue

_MAX_CACHED = 64
_SETTLED_NS = 100_000_000
"""A file this young may change again within one tick of the file system's clock: it is not remembered."""

_Stamp = tuple[int, int, int]
_cache: dict[str, tuple[_Stamp, JsonObject]] = {}


class TomlError(Exception):
    """Not TOML: what is wrong, and the 1-based place."""

    def __init__(self, text: str, line: int, column: int) -> None:
        super().__init__(text)
        self.line = line
        self.column = column


def stamps_of(paths: Iterable[Path]) -> tuple[_Stamp | None, ...] | None:
    """What changes whenever one of these files does; None for a file that is not there.

    None in all while one of them is so young that a further change might not show.
    """
    stamps: list[_Stamp | None] = []
    for path in paths:
        try:
            facts = os.stat(path)  # noqa: PTH116 - for each of many requests, and pathlib takes its time
        except OSError:
            stamps.append(None)
            continue
        if not _is_settled(facts):
            return None
        stamps.append(_stamp(facts))
    return tuple(stamps)


def _stamp(facts: os.stat_result) -> _Stamp:
    return (facts.st_mtime_ns, facts.st_size, facts.st_ino)


def _is_settled(facts: os.stat_result) -> bool:
    return time.time_ns() - facts.st_mtime_ns > _SETTLED_NS


def parse_toml(text: str) -> JsonObject:
    """The document as JSON values. Raises TomlError."""
    import tomllib  # milliseconds, and a home without a config.toml never needs it

    text = text.removeprefix("\ufeff")
    try:
        return {key: to_json(value) for key, value in tomllib.loads(text).items()}
    except tomllib.TOMLDecodeError as error:
        raise _stumble(str(error), text) from error
    except RecursionError as error:
        raise TomlError("nested too deeply", 1, 1) from error


def parse_value(text: str) -> JsonValue:
    """One TOML value, as on the right of `key = …`. Raises TomlError."""
    if "\n" in text:
        raise TomlError("a value of one line is expected", 1, 1)
    return parse_toml(f"v = {text}")["v"]


def read_toml_file(path: Path) -> JsonObject | None:
    """The file as JSON values, None when there is none. Remembered until the file changes: do not alter it.

    Raises UnreadableLayerError (a folder, no permission, not UTF-8), and TomlError.
    """
    try:
        with path.open("rb") as file:
            facts = os.fstat(file.fileno())
            stamp = _stamp(facts)
            known = _cache.get(str(path))
            if known is not None and known[0] == stamp:
                return known[1]
            text = _decode(path, file.read())
            settled = _is_settled(facts)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UnreadableLayerError(f"Failed to read config file {path}: {os_error_text(error)}") from error
    values = parse_toml(text)
    if settled:
        if len(_cache) >= _MAX_CACHED:
            _cache.clear()
        _cache[str(path)] = (stamp, values)
    return values


def _decode(path: Path, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        what = f"invalid utf-8 sequence of {error.end - error.start} bytes from index {error.start}"
        raise UnreadableLayerError(f"Failed to read config file {path}: {what}") from error


def to_json(value: Any) -> JsonValue:  # noqa: ANN401 - a reader of TOML may give anything
    """What a TOML reader gives, as JSON values."""
    match value:
        case dict():
            return {key: to_json(member) for key, member in cast("dict[str, Any]", value).items()}
        case list():
            return [to_json(item) for item in cast("list[Any]", value)]
        case bool() | int() | str():
            return value
        case float():
            return value if math.isfinite(value) else None
        case _:
            return value.isoformat().replace("+00:00", "Z")


def _stumble(message: str, text: str) -> TomlError:
    """tomllib ends its messages with `(at line 3, column 7)` or `(at end of document)`."""
    what, _, place = message.rpartition(" (at ")
    words = place.rstrip(")").replace(",", "").split()
    if len(words) == 4 and words[1].isdigit() and words[3].isdigit():
        return TomlError(what, int(words[1]), int(words[3]))
    lines = text.split("\n")
    return TomlError(what or message, len(lines), len(lines[-1]) + 1)


def unreadable(path: Path, error: TomlError) -> UnreadableLayerError:
    """The error of a layer's file, told with its place: `<file>:<line>:<column>: …`."""
    span = Span(error.line, error.column, error.line, error.column)
    return UnreadableLayerError(f"{path}:{error.line}:{error.column}: {error}", path=path, span=span)
