"""review"""

from typing import Annotated, Literal

from protocol.turn import Turn
from protocol.wire import WireModel, by_tag

ReviewDelivery = Literal["inline", "detached"]


class UncommittedChangesReviewTarget(WireModel):
    """UncommittedChangesReviewTarget."""

    type: Literal["uncommittedChanges"] = "uncommittedChanges"


class BaseBranchReviewTarget(WireModel):
    """BaseBranchReviewTarget."""

    type: Literal["baseBranch"] = "baseBranch"
    branch: str


class CommitReviewTarget(WireModel):
    """CommitReviewTarget."""

    type: Literal["commit"] = "commit"
    sha: str
    title: str | None = None


class CustomReviewTarget(WireModel):
    """CustomReviewTarget."""

    type: Literal["custom"] = "custom"
    instructions: str


ReviewTarget = Annotated[
    UncommittedChangesReviewTarget | BaseBranchReviewTarget | CommitReviewTarget | CustomReviewTarget,
    by_tag("type"),
]


class ReviewStartParams(WireModel):
    """ReviewStartParams."""

    thread_id: str
    target: ReviewTarget
    delivery: ReviewDelivery | None = None


class ReviewStartResponse(WireModel):
    """ReviewStartResponse."""

    turn: Turn
    review_thread_id: str
