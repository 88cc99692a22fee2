"""Reading a rollout, one line in memory at a time, whatever has happened to the file (persistence.md §4).

A line that is not an entry costs that line only: garbage, torn or blank lines, entries of unknown types. Text
is decoded line by line, so a bad byte becomes a replacement character and a character across a buffer's edge
is never cut. Only a file without a single usable entry, or one that does not begin as a thread, is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

import orjson

from app_server.store.errors import UnreadableRolloutError
from app_server.store.rollout_items import LINE_TYPES, RESPONSE_ITEM, SESSION_META, RolloutLine
from app_server.store.session_meta import SessionMeta, parse_meta
from protocol.wire import JsonValue

BOM: Final = b"\xef\xbb\xbf"
META_WITHIN: Final = 10
"""So many meta and item lines are looked through for the first session meta."""


def parse_line(raw: bytes) -> RolloutLine | None:
    """The entry on a line; None when there is none. A line of an unknown type is none either."""
    value = parse_object(raw)
    if value is None:
        return None
    timestamp, kind, payload = value.get("timestamp"), value.get("type"), value.get("payload")
    if not isinstance(timestamp, str) or not isinstance(payload, dict):
        return None
    if not isinstance(kind, str) or kind not in LINE_TYPES:
        return None
    return RolloutLine(timestamp, kind, payload)


def parse_object(raw: bytes) -> dict[str, JsonValue] | None:
    """The JSON object on a line, bad bytes replaced; None for anything else."""
    raw = raw.strip()
    if not raw.startswith(b"{"):
        raw = raw.removeprefix(BOM)
        if not raw.startswith(b"{"):
            return None
    try:
        value = cast("JsonValue", orjson.loads(raw))
    except orjson.JSONDecodeError:
        text = raw.decode("utf-8", "replace")
        if "\ufffd" not in text:
            return None
        try:
            value = cast("JsonValue", orjson.loads(text))
        except orjson.JSONDecodeError:
            return None
    return value if isinstance(value, dict) else None


@dataclass(slots=True)
class Damage:
    """What a reading came across: lines that are not JSON objects, the number of the first one (from 1)."""

    lines: int = 0
    first: int | None = None

    def note(self, number: int) -> None:
        self.lines += 1
        self.first = number if self.first is None else self.first


class RolloutFile:
    """The entries of one file; each iteration reads it anew, from the start to what is there now.

    `end` stops the reading at that byte. After an iteration `damage` tells what was not readable.
    """

    def __init__(self, path: Path, *, end: int | None = None) -> None:
        self.path = path
        self.damage = Damage()
        self._end = end

    def __iter__(self) -> Iterator[RolloutLine]:
        """Raises UnreadableRolloutError when the file cannot be opened or read."""
        self.damage = Damage()
        try:
            with self.path.open("rb") as file:
                at = 0
                for number, raw in enumerate(file, start=1):
                    at += len(raw)
                    if self._end is not None and at > self._end:
                        return
                    line = parse_line(raw)
                    if line is not None:
                        yield line
                    elif raw.strip() and parse_object(raw) is None:
                        self.damage.note(number)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UnreadableRolloutError(self.path, reason) from error

    def count(self, marker: bytes) -> int:
        """How many lines hold these bytes; a quick look without parsing. Raises UnreadableRolloutError."""
        try:
            with self.path.open("rb") as file:
                return sum(marker in raw for raw in file)
        except OSError as error:
            raise UnreadableRolloutError(self.path, error.strerror or str(error)) from error


def first_meta(path: Path, lines: Iterator[RolloutLine]) -> SessionMeta:
    """The meta that names the thread: the first in the file. Raises UnreadableRolloutError."""
    looked_at = 0
    for line in lines:
        if line.type == SESSION_META:
            meta = parse_meta(line.payload)
            if meta is not None:
                return meta
        if line.type in {SESSION_META, RESPONSE_ITEM}:
            looked_at += 1
            if looked_at == META_WITHIN:
                break
    if not looked_at:
        raise UnreadableRolloutError(path, f"rollout at {path} is empty")
    raise UnreadableRolloutError(path, f"rollout at {path} does not start with session metadata")
