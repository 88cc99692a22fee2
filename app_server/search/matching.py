"""How well the letters of a query match a path (services.md §5).

The score is the best over all ways in which the letters can be found in order: each counts, more at the start
of a word and in a row, and gaps cost. Upper and lower case are the same; accents count only where the query
has them.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

_MATCH: Final = 16
_GAP_OPENS: Final = 3
_GAP_GOES_ON: Final = 1
_BOUNDARY: Final = 8
_AFTER_SLASH: Final = 9
_HUMP: Final = 5
_IN_A_ROW: Final = 4
_FIRST_COUNTS: Final = 2


class Match(NamedTuple):
    """A score, and the places of the letters that made it, ascending."""

    score: int
    places: Sequence[int]


class _Cell(NamedTuple):
    """The best way to have matched the letters so far with the last one here."""

    place: int
    score: int
    bonus: int
    """What the run that it ends gives to the next letter of it."""
    before: "_Cell | None"


class Text:
    """A path to be matched, with what is worked out of it at most once."""

    __slots__ = ("_bonuses", "_plain", "folded", "raw")

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.folded = folded(raw)
        self._plain: str | None = None
        self._bonuses: list[int] | None = None

    @property
    def plain(self) -> str:
        """Without accents as well."""
        if self._plain is None:
            self._plain = self.folded if self.folded.isascii() else without_accents(self.folded)
        return self._plain

    @property
    def bonuses(self) -> list[int]:
        """What a letter gains by its place."""
        if self._bonuses is None:
            self._bonuses = _bonuses(self.raw)
        return self._bonuses


def folded(text: str) -> str:
    """Lower case, letter by letter, so that places stay what they are."""
    if text.isascii():
        return text.lower()
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def without_accents(text: str) -> str:
    """Each letter without its accents, so that places stay what they are."""
    return "".join(map(_base_letter, text))


def subsequence(text: str, letters: str, bonuses: Sequence[int]) -> Match | None:
    """The best match of the letters in order, with anything between them; None when they are not there."""
    row: list[_Cell] = []
    for number, letter in enumerate(letters):
        row = _next_row(text, letter, bonuses, row) if number else _first_row(text, letter, bonuses)
        if not row:
            return None
    # Of equal ones the last: the end of a path tells more than its beginning.
    best: _Cell | None = max(reversed(row), key=lambda cell: cell.score)
    score, places = best.score if best else 0, list[int]()
    while best is not None:
        places.append(best.place)
        best = best.before
    return Match(score, places[::-1])


def in_a_row(place: int, letters: str, bonuses: Sequence[int]) -> Match:
    """The match of letters that stand at this place one after the other."""
    score = _MATCH + _FIRST_COUNTS * bonuses[place]
    run = bonuses[place]
    for at in range(place + 1, place + len(letters)):
        own = bonuses[at]
        run = max(run, _IN_A_ROW, own if own >= _BOUNDARY else 0)
        score += _MATCH + max(run, own)
    return Match(score, range(place, place + len(letters)))


def _first_row(text: str, letter: str, bonuses: Sequence[int]) -> list[_Cell]:
    return [
        _Cell(place, _MATCH + _FIRST_COUNTS * bonuses[place], bonuses[place], None)
        for place in _places(text, letter, 0)
    ]


def _next_row(text: str, letter: str, bonuses: Sequence[int], before: list[_Cell]) -> list[_Cell]:
    row: list[_Cell] = []
    ends = [cell.place for cell in before]
    gap: _Cell | None = None  # the best of the cells at least one letter away, and what it is worth at `at`
    worth, at, taken = 0, 0, 0
    for place in _places(text, letter, ends[0] + 1):
        last = bisect_left(ends, place - 1)
        while taken < last:
            cell = before[taken]
            faded = max(0, worth - _GAP_GOES_ON * (cell.place + 2 - at))
            opened = max(0, cell.score - _GAP_OPENS)
            gap, worth, at = (
                (cell, opened, cell.place + 2)
                if gap is None or opened >= faded
                else (gap, faded, cell.place + 2)
            )
            taken += 1
        own = bonuses[place]
        skipped = max(0, worth - _GAP_GOES_ON * (place - at)) + own
        if last < len(ends) and ends[last] == place - 1:
            cell = before[last]
            run = max(cell.bonus, _IN_A_ROW, own if own >= _BOUNDARY else 0)
            joined = cell.score + max(run, own)
            if gap is None or joined > skipped:
                row.append(_Cell(place, joined + _MATCH, run, cell))
                continue
        if gap is not None:
            row.append(_Cell(place, skipped + _MATCH, own, gap))
    return row


def _places(text: str, letter: str, start: int) -> list[int]:
    found: list[int] = []
    place = text.find(letter, start)
    while place >= 0:
        found.append(place)
        place = text.find(letter, place + 1)
    return found


def _bonuses(text: str) -> list[int]:
    found: list[int] = []
    before = "/"
    for kind in map(_kind, text):
        found.append(_bonus(before, kind))
        before = kind
    return found


def _bonus(before: str, kind: str) -> int:
    if kind in "aA1":
        if before == "/":
            return _AFTER_SLASH
        if before in " .":
            return _BOUNDARY
    if (before == "a" and kind == "A") or (before != "1" and kind == "1"):
        return _HUMP
    return _BOUNDARY if kind in " ." else 0


@lru_cache(maxsize=4096)
def _kind(letter: str) -> str:
    """`a` lower case or no case, `A` upper case, `1` a digit, `/` itself, ` ` a blank, `.` another."""
    if letter == "/":
        return "/"
    if letter.isnumeric():
        return "1"
    if letter.isupper():
        return "A"
    if letter.isalpha():
        return "a"
    return " " if letter.isspace() else "."


@lru_cache(maxsize=4096)
def _base_letter(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isalpha() or base == letter else letter
