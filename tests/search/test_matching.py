"""The scores and places of matches, as the reference has them (services.md §5)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app_server.search.best import MOST, best_matches
from app_server.search.matching import Match, Text, in_a_row, subsequence
from app_server.search.query import match, terms_of
from app_server.search.walk import Candidate


def score(query: str, path: str) -> int | None:
    found = match(terms_of(query), Text(path))
    return None if found is None else found.score


@pytest.mark.parametrize(
    ("query", "path", "expected"),
    [
        ("main", "src/main.rs", 109),
        ("main", "ignored_main.log", 104),
        ("main.rs", "src/main.rs", 184),
        ("^src rs$", "src/main.rs", 140),
        ("bar", "fooBar.txt", 68),
        ("fb", "fooBar.txt", 51),
        ("fn", "my-file_name.md", 50),
        ("1", "a1b", 26),
        ("MAIN", "src/main.rs", 109),
        ("src !main", "src/main.rs", None),
        ("src !lib", "src/main.rs", 84),
        ("'srm", "src/main.rs", None),
        ("^main", "src/main.rs", None),
        ("rs$", "src/main.rs.bak", None),
        ("^a1b$", "a1b", 84),
        ("!nothing", "src/main.rs", 0),
        ("zz", "src/main.rs", None),
    ],
)
def test_scores(query: str, path: str, expected: int | None) -> None:
    assert score(query, path) == expected


def test_places_count_characters_and_are_those_of_all_terms() -> None:
    found = match(terms_of("rs$ ünü"), Text("übung/ünüs.rs"))

    assert found is not None
    assert list(found.places) == [6, 7, 8, 11, 12]


def test_accents_count_only_where_the_query_has_them() -> None:
    assert score("uber", "über.txt") is not None
    assert score("über", "uber.txt") is None
    assert score("über", "ÜBER.txt") is not None


def every_way(text: str, letters: str, bonuses: list[int]) -> int | None:
    """The best score, by trying all places: what `subsequence` has to find."""
    best: int | None = None
    for places in itertools.combinations(range(len(text)), len(letters)):
        if all(text[place] == letter for place, letter in zip(places, letters, strict=True)):
            found = score_of(places, bonuses)
            best = found if best is None else max(best, found)
    return best


def score_of(places: tuple[int, ...], bonuses: list[int]) -> int:
    total = 16 + 2 * bonuses[places[0]]
    run = bonuses[places[0]]
    for before, place in itertools.pairwise(places):
        own = bonuses[place]
        if place == before + 1:
            run = max(run, 4, own if own >= 8 else 0)
            total += 16 + max(run, own)
        else:
            run = own
            total = max(0, total - 3 - (place - before - 2)) + 16 + own
    return total


@given(st.text("ab/_B1", max_size=9), st.text("ab1", min_size=1, max_size=3))
def test_no_way_of_matching_scores_more_than_the_best_by_much(path: str, letters: str) -> None:
    text = Text(path)

    found = subsequence(text.folded, letters, text.bonuses)
    best = every_way(text.folded, letters, text.bonuses)

    assert (found is None) == (best is None)
    if found is not None and best is not None:
        # The best so far is kept for each letter and place, as the reference does: a run that would only
        # pay off later may lose, and never by more than what its places are worth.
        assert best - 9 * len(letters) <= found.score <= best
        assert score_of(tuple(found.places), text.bonuses) == found.score


def test_letters_in_a_row_are_worth_the_same_either_way() -> None:
    text = Text("src/main.rs")

    assert in_a_row(4, "main", text.bonuses) == Match(109, range(4, 8))


def test_of_equal_matches_the_last_one_is_shown() -> None:
    found = match(terms_of("main"), Text("main/main"))

    assert found == Match(109, [5, 6, 7, 8])


def test_where_not_all_of_one_score_find_room_the_shorter_do() -> None:
    long = [Candidate("/r", Text(f"a{number:02}/{'x' * 9}")) for number in range(MOST)]
    short = [Candidate("/r", Text("z1")), Candidate("/r", Text("z0"))]

    found = best_matches([*long, *short], terms_of("!nothing"), lambda: False)

    assert len(found) == MOST
    assert [one.path for one in found[-2:]] == ["z0", "z1"]
