"""Steering and interrupting a turn that runs, and changing its settings (threads-and-turns.md §4)."""

from typing import Literal

from protocol.input import AdditionalContextEntry, UserInput
from protocol.mode import ReasoningEffort, ReasoningSummary
from protocol.policy import ApprovalsReviewer
from protocol.turn_environment import TurnEnvironmentParams
from protocol.wire import Experimental, WireModel


class TurnInterruptParams(WireModel):
    """`turn/interrupt`. An empty `turnId` means whatever runs."""

    thread_id: str
    turn_id: str


class TurnInterruptResponse(WireModel):
    """Empty; sent once the turn has ended."""


class TurnSettingsUpdateParams(WireModel):
    """`turn/settings/update`: settings of the turn that runs."""

    thread_id: str
    turn_id: str
    approvals_reviewer: ApprovalsReviewer | None = None
    environments: list[TurnEnvironmentParams] | None = None
    model: str | None = None
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    service_tier: str | None = None
    """Absent: as before. Null: none."""


TurnSettingsUpdateStatus = Literal["applied", "targetUnavailable"]
"""Whether the turn was still there to take them."""


class TurnSettingsUpdateResponse(WireModel):
    """What became of it."""

    status: TurnSettingsUpdateStatus


class TurnSteerParams(WireModel):
    """`turn/steer`: more input for the turn that runs."""

    thread_id: str
    client_user_message_id: str | None = None
    """Given back as `clientId` of the user message."""
    input: list[UserInput]
    responsesapi_client_metadata: Experimental[dict[str, str] | None] = None
    responsesapi_client_metadata_patch: Experimental[dict[str, str] | None] = None
    additional_context: Experimental[dict[str, AdditionalContextEntry] | None] = None
    expected_turn_id: str
    """Another turn by then makes the call fail."""


class TurnSteerResponse(WireModel):
    """The turn that took the input."""

    turn_id: str
