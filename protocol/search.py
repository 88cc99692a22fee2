"""search"""

from typing import Literal

from protocol.wire import U32, VerbatimModel, WireModel

FuzzyFileSearchMatchType = Literal["file", "directory"]


class FuzzyFileSearchParams(WireModel):
    """FuzzyFileSearchParams."""

    query: str
    roots: list[str]
    cancellation_token: str | None = None


class FuzzyFileSearchResult(VerbatimModel):
    """FuzzyFileSearchResult."""

    root: str
    path: str
    match_type: FuzzyFileSearchMatchType
    file_name: str
    score: U32
    indices: list[U32] | None = None


class FuzzyFileSearchResponse(WireModel):
    """FuzzyFileSearchResponse."""

    files: list[FuzzyFileSearchResult]


class FuzzyFileSearchSessionCompletedNotification(WireModel):
    """FuzzyFileSearchSessionCompletedNotification."""

    session_id: str


class FuzzyFileSearchSessionStartParams(WireModel):
    """FuzzyFileSearchSessionStartParams."""

    session_id: str
    roots: list[str]


class FuzzyFileSearchSessionStartResponse(WireModel):
    """FuzzyFileSearchSessionStartResponse."""


class FuzzyFileSearchSessionStopParams(WireModel):
    """FuzzyFileSearchSessionStopParams."""

    session_id: str


class FuzzyFileSearchSessionStopResponse(WireModel):
    """FuzzyFileSearchSessionStopResponse."""


class FuzzyFileSearchSessionUpdateParams(WireModel):
    """FuzzyFileSearchSessionUpdateParams."""

    session_id: str
    query: str


class FuzzyFileSearchSessionUpdateResponse(WireModel):
    """FuzzyFileSearchSessionUpdateResponse."""


class FuzzyFileSearchSessionUpdatedNotification(WireModel):
    """FuzzyFileSearchSessionUpdatedNotification."""

    session_id: str
    query: str
    files: list[FuzzyFileSearchResult]
