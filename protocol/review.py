"""`review/start`: a turn that reviews code."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.turn import Turn
from protocol.wire import WireModel

ReviewDelivery = Literal["inline", "detached"]
"""In the thread itself, or in one of its own."""


class UncommittedChangesReviewTarget(WireModel):
    """What is not committed yet."""

    type: Literal["uncommittedChanges"] = "uncommittedChanges"


class BaseBranchReviewTarget(WireModel):
    """What differs from a branch."""

    type: Literal["baseBranch"] = "baseBranch"
    branch: str


class CommitReviewTarget(WireModel):
    """One commit."""

    type: Literal["commit"] = "commit"
    sha: str
    title: str | None = None
    """For display."""


class CustomReviewTarget(WireModel):
    """Whatever the instructions say."""

    type: Literal["custom"] = "custom"
    instructions: str


ReviewTarget = Annotated[
    UncommittedChangesReviewTarget | BaseBranchReviewTarget | CommitReviewTarget | CustomReviewTarget,
    Field(discriminator="type"),
]
"""What is reviewed."""


class ReviewStartParams(WireModel):
    """`review/start`."""

    thread_id: str
    target: ReviewTarget
    delivery: ReviewDelivery | None = None
    """Absent: `inline`."""


class ReviewStartResponse(WireModel):
    """The turn."""

    turn: Turn
    review_thread_id: str
    """The thread that it runs in."""
