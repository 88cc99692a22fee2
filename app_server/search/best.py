"""The best matches of a query among candidates (services.md §5)."""

import heapq
import os
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, NamedTuple

from app_server.search.query import Term, match
from app_server.search.walk import Candidate

MOST: Final = 50
"""So many matches are told."""


class Found(NamedTuple):
    """One match."""

    root: str
    path: str
    kind: Literal["file", "directory"]
    name: str
    score: int
    places: Sequence[int]


def best_matches(
    candidates: Iterable[Candidate], terms: Sequence[Term], stopped: Callable[[], bool]
) -> list[Found]:
    """The best, by score and then by path; where not all of one score find room, the shorter ones do.

    When stopped, the best of those looked at. Blocks.
    """
    kept = heapq.nsmallest(
        MOST, _scored(candidates, terms, stopped), key=lambda one: (one[0], len(one[1]), one[1])
    )
    ordered = sorted(kept, key=lambda one: one[:2])
    return [_found(candidate, -score, places) for score, _, places, candidate in ordered]


def _scored(
    candidates: Iterable[Candidate], terms: Sequence[Term], stopped: Callable[[], bool]
) -> Iterable[tuple[int, str, Sequence[int], Candidate]]:
    for candidate in candidates:
        if stopped():
            return
        found = match(terms, candidate.path)
        if found is not None:
            yield -found.score, candidate.path.raw, found.places, candidate


def _found(candidate: Candidate, score: int, places: Sequence[int]) -> Found:
    path = candidate.path.raw
    full = os.path.join(candidate.root, path)  # noqa: PTH118 - the root stays as the client spells it
    kind = "directory" if os.path.isdir(full) else "file"  # noqa: PTH112 - as above
    name = os.path.basename(path)  # noqa: PTH119 - as above
    return Found(candidate.root, path, kind, name, score, places)
