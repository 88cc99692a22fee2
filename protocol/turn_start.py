"""Starting turns (threads-and-turns.md §4)."""

from protocol.call_output import FunctionCallOutputBody
from protocol.input import AdditionalContextEntry, UserInput
from protocol.mode import (
    CollaborationMode,
    CyberAccessProgram,
    MultiAgentMode,
    Personality,
    ReasoningEffort,
    ReasoningSummary,
)
from protocol.policy import ApprovalsReviewer, AskForApproval, ProfileId, SandboxPolicy
from protocol.turn import Turn
from protocol.turn_environment import TurnEnvironmentParams
from protocol.wire import AbsolutePath, Experimental, JsonValue, PathText, WireModel


class TurnToolOutput(WireModel):
    """An answer to a tool call that the client gives with its turn."""

    name: str
    namespace: str | None = None
    output: FunctionCallOutputBody
    retain: bool = False
    """True: it stays in the history."""


class TurnStartParams(WireModel):
    """`turn/start`. Overrides hold for later turns too, unless it says otherwise."""

    thread_id: str
    disabled_plugin_ids: list[str] | None = None
    client_user_message_id: str | None = None
    """Given back as `clientId` of the user message."""
    input: list[UserInput]
    turn_trigger: str | None = None
    """Why the turn is started, for telemetry."""
    parent_turn_id: str | None = None
    """The turn that caused this one."""
    root_turn_id: str | None = None
    """The first turn of that chain."""
    tool_output: TurnToolOutput | None = None
    responsesapi_client_metadata: Experimental[dict[str, str] | None] = None
    """Goes upstream with the requests of this turn."""
    responsesapi_client_metadata_patch: Experimental[dict[str, str] | None] = None
    """Changes single keys of the above."""
    additional_context: Experimental[dict[str, AdditionalContextEntry] | None] = None
    """Key → context for the model."""
    environments: Experimental[list[TurnEnvironmentParams] | None] = None
    """Of this turn only; empty: nothing can be run."""
    cwd: PathText | None = None
    """A relative one counts from the thread's."""
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox_policy: SandboxPolicy | None = None
    permissions: Experimental[ProfileId | None] = None
    """Not together with `sandboxPolicy`."""
    model: str | None = None
    service_tier: str | None = None
    """Absent: as before. Null: none."""
    service_tier_for_turn: str | None = None
    """Of this turn only."""
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    personality: Personality | None = None
    output_schema: JsonValue = None
    """JSON Schema of the answer, of this turn only."""
    collaboration_mode: Experimental[CollaborationMode | None] = None
    """Wins over `model` and `effort` of this call."""
    multi_agent_mode: Experimental[MultiAgentMode | None] = None
    cyber_access_program: Experimental[CyberAccessProgram | None] = None


class TurnStartResponse(WireModel):
    """The turn as it begins: no items yet."""

    turn: Turn
