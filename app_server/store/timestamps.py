"""Instants as rollout lines, file names and cursors write them; inside, whole milliseconds since 1970."""

import re
import time
from datetime import UTC, datetime
from functools import cache

DAY_MS = 86_400_000


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


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d)[:-](\d\d)[:-](\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):?(\d\d))?",
        re.ASCII,
    )


def parse_instant(text: str) -> int | None:
    """Milliseconds of an RFC 3339 time or of a rollout name's stamp (read as UTC); None for anything else."""
    match = _pattern().fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    ms = int((match[7] or "0").ljust(3, "0")[:3])
    offset = 0
    if match[8]:
        offset = (int(match[9]) * 60 + int(match[10])) * (-60 if match[8] == "-" else 60)
    return (int(moment.timestamp()) - offset) * 1000 + ms
