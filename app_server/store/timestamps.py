"""Instants as rollout lines, file names and cursors write them; inside, whole milliseconds since 1970.

Written out by hand, because the first turn of a process waits for it: no `datetime`, no pattern to compile.
"""

import time
from typing import Final

_MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_STAMP_SEPARATORS: Final = ((4, "-"), (7, "-"), (10, "Tt "), (13, ":-"), (16, ":-"))


def utc_ms(instant_ms: int) -> str:
    """`2026-01-02T03:04:05.678Z`, as every line of a rollout carries it (persistence.md §2.2)."""
    seconds, ms = divmod(instant_ms, 1000)
    t = time.gmtime(seconds)
    return f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}T{t.tm_hour:02}:{t.tm_min:02}:{t.tm_sec:02}.{ms:03}Z"


def utc_ns(instant_ns: int) -> str:
    """The same with nine digits, as the journal of names has it (persistence.md §9)."""
    return f"{utc_ms(instant_ns // 1_000_000)[:-1]}{instant_ns % 1_000_000:06}Z"


def local_stamp(instant_ms: int) -> str:
    """`2026-01-02T03-04-05` in local time: the date folder and the name of a rollout come from it."""
    t = time.localtime(instant_ms // 1000)
    return f"{t.tm_year:04}-{t.tm_mon:02}-{t.tm_mday:02}T{t.tm_hour:02}-{t.tm_min:02}-{t.tm_sec:02}"


def parse_instant(text: str) -> int | None:
    """Milliseconds of an RFC 3339 time or of a rollout name's stamp (read as UTC); None for anything else."""
    if len(text) < 19 or not text.isascii():
        return None
    if any(text[place] not in allowed for place, allowed in _STAMP_SEPARATORS):
        return None
    parts = (text[0:4], text[5:7], text[8:10], text[11:13], text[14:16], text[17:19])
    if not all(part.isdecimal() for part in parts):
        return None
    seconds = _seconds(list(map(int, parts)))
    rest = _fraction_and_zone(text[19:])
    return None if seconds is None or rest is None else (seconds - rest[1]) * 1000 + rest[0]


def _seconds(parts: list[int]) -> int | None:
    year, month, day, hour, minute, second = parts
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= month <= 12 or not 1 <= day <= _MONTH_DAYS[month - 1] + (leap and month == 2):
        return None
    if year < 1 or hour > 23 or minute > 59 or second > 59:
        return None
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400 - 719_162
    days += sum(_MONTH_DAYS[: month - 1]) + (leap and month > 2) + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def _fraction_and_zone(text: str) -> tuple[int, int] | None:
    """Milliseconds of `.678`, and the seconds by which a zone such as `+02:00` is ahead of UTC."""
    ms = 0
    if text.startswith("."):
        digits = len(text) - 1 - len(text[1:].lstrip("0123456789"))
        if not 1 <= digits <= 9:
            return None
        ms = int(text[1 : 1 + digits].ljust(3, "0")[:3])
        text = text[1 + digits :]
    if text in {"", "Z", "z"}:
        return ms, 0
    hours, minutes = text[1:3], text[-2:]
    if text[0] not in "+-" or len(text) != 6 or text[3] != ":" or not (hours + minutes).isdecimal():
        return None
    ahead = (int(hours) * 60 + int(minutes)) * 60
    return ms, -ahead if text[0] == "-" else ahead
