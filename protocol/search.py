"""Finding files by a few letters (services.md §5)."""

from typing import Literal

from protocol.wire import U32, VerbatimModel, WireModel

FuzzyFileSearchMatchType = Literal["file", "directory"]
"""What was found."""


class FuzzyFileSearchParams(WireModel):
    """`fuzzyFileSearch`."""

    query: str
    roots: list[str]
    cancellation_token: str | None = None
    """A later search with the same one ends this one."""


class FuzzyFileSearchResult(VerbatimModel):
    """A match. Some keys are snake_case on the wire."""

    root: str
    path: str
    """Relative to the root."""
    match_type: FuzzyFileSearchMatchType
    file_name: str
    score: U32
    indices: list[U32] | None = None
    """Of the letters of `path` that matched, in characters."""


class FuzzyFileSearchResponse(WireModel):
    """The best matches, the best first."""

    files: list[FuzzyFileSearchResult]


class FuzzyFileSearchSessionCompletedNotification(WireModel):
    """`fuzzyFileSearch/sessionCompleted`: there will be no more for this query."""

    session_id: str


class FuzzyFileSearchSessionStartParams(WireModel):
    """`fuzzyFileSearch/sessionStart`: a search that goes on while the user types."""

    session_id: str
    roots: list[str]


class FuzzyFileSearchSessionStartResponse(WireModel):
    """Empty."""


class FuzzyFileSearchSessionStopParams(WireModel):
    """`fuzzyFileSearch/sessionStop`."""

    session_id: str


class FuzzyFileSearchSessionStopResponse(WireModel):
    """Empty."""


class FuzzyFileSearchSessionUpdateParams(WireModel):
    """`fuzzyFileSearch/sessionUpdate`: what the user has typed now."""

    session_id: str
    query: str


class FuzzyFileSearchSessionUpdateResponse(WireModel):
    """Empty."""


class FuzzyFileSearchSessionUpdatedNotification(WireModel):
    """`fuzzyFileSearch/sessionUpdated`: the matches so far."""

    session_id: str
    query: str
    files: list[FuzzyFileSearchResult]
