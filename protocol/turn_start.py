"""turn_start"""

from typing import Literal

from protocol.environment import TurnEnvironmentParams
from protocol.input import AdditionalContextEntry, UserInput
from protocol.mode import CollaborationMode, MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary
from protocol.model import CyberAccessProgram
from protocol.policy import ApprovalsReviewer, AskForApproval, ProfileId, SandboxPolicy
from protocol.response_content import FunctionCallOutputBody
from protocol.turn import Turn
from protocol.wire import AbsolutePath, Experimental, JsonValue, PathText, WireModel


class TurnInterruptParams(WireModel):
    """TurnInterruptParams."""

    thread_id: str
    turn_id: str


class TurnInterruptResponse(WireModel):
    """TurnInterruptResponse."""


class TurnSettingsUpdateParams(WireModel):
    """TurnSettingsUpdateParams."""

    thread_id: str
    turn_id: str
    approvals_reviewer: ApprovalsReviewer | None = None
    environments: list[TurnEnvironmentParams] | None = None
    model: str | None = None
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    service_tier: str | None = None


TurnSettingsUpdateStatus = Literal["applied", "targetUnavailable"]


class TurnSettingsUpdateResponse(WireModel):
    """TurnSettingsUpdateResponse."""

    status: TurnSettingsUpdateStatus


class TurnToolOutput(WireModel):
    """TurnToolOutput."""

    name: str
    namespace: str | None = None
    output: FunctionCallOutputBody
    retain: bool = False


class TurnStartParams(WireModel):
    """TurnStartParams."""

    thread_id: str
    disabled_plugin_ids: list[str] | None = None
    client_user_message_id: str | None = None
    input: list[UserInput]
    turn_trigger: str | None = None
    parent_turn_id: str | None = None
    root_turn_id: str | None = None
    tool_output: TurnToolOutput | None = None
    responsesapi_client_metadata: Experimental[dict[str, str] | None] = None
    responsesapi_client_metadata_patch: Experimental[dict[str, str] | None] = None
    additional_context: Experimental[dict[str, AdditionalContextEntry] | None] = None
    environments: Experimental[list[TurnEnvironmentParams] | None] = None
    cwd: PathText | None = None
    runtime_workspace_roots: Experimental[list[AbsolutePath] | None] = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    sandbox_policy: SandboxPolicy | None = None
    permissions: Experimental[ProfileId | None] = None
    model: str | None = None
    service_tier: str | None = None
    service_tier_for_turn: str | None = None
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    personality: Personality | None = None
    output_schema: JsonValue = None
    collaboration_mode: Experimental[CollaborationMode | None] = None
    multi_agent_mode: Experimental[MultiAgentMode | None] = None
    cyber_access_program: Experimental[CyberAccessProgram | None] = None


class TurnStartResponse(WireModel):
    """TurnStartResponse."""

    turn: Turn


class TurnSteerParams(WireModel):
    """TurnSteerParams."""

    thread_id: str
    client_user_message_id: str | None = None
    input: list[UserInput]
    responsesapi_client_metadata: Experimental[dict[str, str] | None] = None
    responsesapi_client_metadata_patch: Experimental[dict[str, str] | None] = None
    additional_context: Experimental[dict[str, AdditionalContextEntry] | None] = None
    expected_turn_id: str


class TurnSteerResponse(WireModel):
    """TurnSteerResponse."""

    turn_id: str
