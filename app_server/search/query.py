"""A query: terms between blanks, each of which must match, with marks that say how (services.md §5)."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from app_server.search.matching import Match, Text, folded, in_a_row, subsequence, without_accents

How = Literal["letters", "within", "start", "end", "whole"]


class Term(NamedTuple):
    """One term without its marks, lower case."""

    letters: str
    how: How
    negated: bool
    accents: bool
    """The term has letters with accents, so that they count."""


def terms_of(query: str) -> tuple[Term, ...]:
    """The terms of a query; a mark with nothing behind it is no term."""
    return tuple(term for word in query.split() if (term := _term(word)).letters)


def match(terms: Sequence[Term], text: Text) -> Match | None:
    """The sum of the terms' scores and all their places; None when one does not match."""
    score = 0
    places: set[int] = set()
    for term in terms:
        found = _found(term, text)
        if term.negated:
            if found is not None:
                return None
        elif found is None:
            return None
        else:
            score += found.score
            places.update(found.places)
    return Match(score, sorted(places))


def _term(word: str) -> Term:
    negated = word.startswith("!")
    word = word.removeprefix("!")
    how: How = "within" if negated else "letters"
    if word.startswith("^"):
        word, how = word[1:], "start"
    elif word.startswith("'"):
        word, how = word[1:], "within"
    if word.endswith("$"):
        word, how = word[:-1], "whole" if how == "start" else "end"
    letters = folded(word)
    return Term(letters, how, negated, letters != without_accents(letters))


def _found(term: Term, text: Text) -> Match | None:
    body = text.folded if term.accents else text.plain
    letters = term.letters
    match term.how:
        case "letters":
            return subsequence(body, letters, text.bonuses) if _in_order(body, letters) else None
        case "within":
            return _best_within(body, letters, text)
        case "start":
            return in_a_row(0, letters, text.bonuses) if body.startswith(letters) else None
        case "end":
            place = len(body) - len(letters)
            return in_a_row(place, letters, text.bonuses) if body.endswith(letters) else None
        case "whole":
            return in_a_row(0, letters, text.bonuses) if body == letters else None


def _in_order(text: str, letters: str) -> bool:
    """Whether the letters are there at all: most paths are told apart here, quickly."""
    place = -1
    for letter in letters:
        place = text.find(letter, place + 1)
        if place < 0:
            return False
    return True


def _best_within(body: str, letters: str, text: Text) -> Match | None:
    best: Match | None = None
    place = body.find(letters)
    while place >= 0:
        found = in_a_row(place, letters, text.bonuses)
        if best is None or found.score > best.score:
            best = found
        place = body.find(letters, place + 1)
    return best
