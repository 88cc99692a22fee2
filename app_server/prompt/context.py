"""Everything that the prompt of one turn depends on, besides the history."""

from dataclasses import dataclass
from typing import NamedTuple

from app_server.config.permissions import ApprovalPolicy, SandboxPolicy, approval_on_wire
from app_server.config.rules import Pattern
from app_server.model.model_info import ModelInfo, TruncationPolicy
from app_server.prompt.collaboration import CollaborationMode
from app_server.prompt.environment import Environment, NetworkRules
from app_server.prompt.instructions import Personality, base_instructions
from app_server.prompt.sandbox import profile_record
from protocol.wire import JsonObject, JsonValue


class StandingSections(NamedTuple):
    """What a model is told once, at the end of the first developer message; None: there is nothing to say."""

    skills: str | None = None
    plugins: str | None = None
    memories: str | None = None
    warning: str | None = None
    """Not for the model: what clients are told when many skills did not fit."""
    apps: str | None = None
    """It comes before all others, but what it tells is not on disk."""


NOTHING_STANDING = StandingSections()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class TurnContext:
    """The settings of a turn, resolved. Built once for a turn and never changed in it."""

    turn_id: str
    cwd: str
    environments: tuple[Environment, ...]
    """Where commands run, the primary one first; empty: the turn has no place to run any."""
    current_date: str | None
    timezone: str | None
    approval_policy: ApprovalPolicy
    sandbox: SandboxPolicy
    model: ModelInfo
    base_instructions: str
    """The request's `instructions`, fixed when the thread was started."""
    instructions_overridden: bool = False
    """Whether a client or config replaced the base instructions: then no model brings its own any more."""
    auto_review: bool = False
    network: NetworkRules | None = None
    thread_cwd: str | None = None
    """The thread's folder, when the turn has a place of its own."""
    tmpdir: str | None = None
    approved_prefixes: tuple[Pattern, ...] = ()
    """The command prefixes that rules allow."""
    personality: Personality | None = None
    collaboration: CollaborationMode | None = None
    effort: str | None = None
    summary: str = "none"
    user_instructions: str | None = None
    """What the AGENTS.md files said when the thread was started."""
    developer_instructions: str | None = None
    multi_agent_hint: str | None = None
    standing: StandingSections = NOTHING_STANDING
    realtime_active: bool = False
    """Whether a voice conversation is going on."""
    realtime_instructions: str | None = None
    """What config puts in place of our words on that."""
    output_schema: JsonValue = None
    include_permissions: bool = True
    include_environment: bool = True
    exec_permission_approvals: bool = False
    request_permissions_tool: bool = False

    @property
    def truncation(self) -> TruncationPolicy:
        return self.model.truncation

    @property
    def sandbox_cwd(self) -> str:
        """The folder that the sandbox is made for."""
        return self.thread_cwd or self.cwd

    @property
    def model_instructions(self) -> str:
        """What the turn's own model would be told if the thread started with it."""
        if self.instructions_overridden:
            return self.base_instructions
        return base_instructions(self.model, self.personality)

    @property
    def collaboration_in_use(self) -> CollaborationMode:
        """The mode with the model and the effort that the turn really runs with."""
        mode = self.collaboration or CollaborationMode("default", self.model.slug)
        return mode._replace(model=self.model.slug, reasoning_effort=self.effort)

    def to_record(self) -> JsonObject:
        """The payload of the rollout's `turn_context` line, and the reference for the next turn's updates.

        Optional members that are not set are left out (persistence.md §2.4).
        """
        record: JsonObject = {
            "turn_id": self.turn_id,
            "cwd": self.cwd,
            "current_date": self.current_date,
            "timezone": self.timezone,
            "approval_policy": approval_on_wire(self.approval_policy),
            "sandbox_policy": self.sandbox.to_record(),
            "permission_profile": profile_record(self.sandbox, self.sandbox_cwd),
            "network": self.network.to_record() if self.network else None,
            "model": self.model.slug,
            "personality": self.personality,
            "collaboration_mode": self.collaboration_in_use.to_record(),
            "realtime_active": self.realtime_active,
            "effort": self.effort,
            "summary": self.summary,
            "user_instructions": self.user_instructions,
            "developer_instructions": self.developer_instructions,
            "final_output_json_schema": self.output_schema,
            "truncation_policy": {"mode": self.truncation.mode, "limit": self.truncation.limit},
        }
        return {key: value for key, value in record.items() if value is not None}
