"""The settings of a thread, told when they change."""

from protocol.mode import CollaborationMode, MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary
from protocol.policy import ActivePermissionProfile, ApprovalsReviewer, AskForApproval, SandboxPolicy
from protocol.thread import ThreadEnvironment
from protocol.wire import AbsolutePathText, Experimental, WireModel, no_items


class ThreadSettings(WireModel):
    """What the next turn begins with."""

    disabled_plugin_ids: list[str] = no_items()
    cwd: AbsolutePathText
    environments: Experimental[list[ThreadEnvironment] | None] = None
    approval_policy: AskForApproval
    approvals_reviewer: ApprovalsReviewer
    sandbox_policy: SandboxPolicy
    active_permission_profile: ActivePermissionProfile | None = None
    model: str
    model_provider: str
    service_tier: str | None = None
    effort: ReasoningEffort | None = None
    summary: ReasoningSummary | None = None
    collaboration_mode: CollaborationMode
    multi_agent_mode: Experimental[MultiAgentMode] = "explicitRequestOnly"
    personality: Personality | None = None


class ThreadSettingsUpdatedNotification(WireModel):
    """`thread/settings/updated`."""

    thread_id: str
    thread_settings: ThreadSettings
