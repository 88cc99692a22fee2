"""Finding words in what users and agents said in a thread, whatever their case."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import orjson

from protocol.input import TextUserInput
from protocol.item import AgentMessageThreadItem, ThreadItem, UserMessageThreadItem
from protocol.turn import Turn

_BEFORE: Final = 49
_AFTER: Final = 96
_CUT_BEFORE: Final = "... "
_CUT_AFTER: Final = " ..."


class Occurrence(NamedTuple):
    """A place, with some of what stands around it; `start` and `end` are characters of the snippet."""

    turn_id: str
    item_id: str
    snippet: str
    start: int
    end: int


def occurrences(turns: Sequence[Turn], term: str) -> Iterator[Occurrence]:
    """All places where the term stands, none overlapping another."""
    pattern = re.compile(re.escape(term), re.IGNORECASE)
    for turn in turns:
        for item in turn.items:
            text = _said(item)
            for match in pattern.finditer(text) if text else ():
                yield _around(turn.id, item.id, text, match.start(), match.end())


def may_hold(data: bytes, term: str) -> bool:
    """Whether a log could hold the term: a quick look, before it is read as a whole."""
    if not term.isascii():
        return True
    return orjson.dumps(term)[1:-1].lower() in data.lower()


def in_one_line(snippet: str) -> str:
    """The snippet for a row of a list."""
    return " ".join(snippet.split())


def _said(item: ThreadItem) -> str:
    match item:
        case UserMessageThreadItem():
            return "\n".join(part.text for part in item.content if isinstance(part, TextUserInput))
        case AgentMessageThreadItem():
            return item.text
        case _:
            return ""


def _around(turn_id: str, item_id: str, text: str, start: int, end: int) -> Occurrence:
    first, last = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    before = (_CUT_BEFORE if first else "") + text[first:start]
    after = text[end:last] + (_CUT_AFTER if last < len(text) else "")
    found = text[start:end]
    return Occurrence(turn_id, item_id, f"{before}{found}{after}", len(before), len(before) + len(found))
