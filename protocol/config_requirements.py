"""What administrators demand of the configuration. Null everywhere: nothing is demanded."""

from typing import Literal

from protocol.config import ForcedLoginMethod, WebSearchMode
from protocol.mode import ReasoningEffort
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxMode
from protocol.requirements_desktop import (
    BrowserUseRequirements,
    ComputerUseRequirements,
    InAppBrowserRequirements,
)
from protocol.requirements_hooks import ManagedHooksRequirements
from protocol.requirements_network import ApplicationRequirements, NetworkRequirements, OtelRequirements
from protocol.wire import Experimental, JsonObject, WireModel


class AutoReviewRequirements(WireModel):
    """What the automatic reviewer must look at."""

    required_on_models: list[str] | None = None
    ignore_rules: list[str] | None = None


CliAuthCredentialsStoreMode = Literal["file", "keyring", "auto", "ephemeral"]
"""Where logins are kept."""


class FeedbackRequirements(WireModel):
    """Whether feedback may be sent."""

    enabled: bool | None = None


class NewThreadModelDefaults(WireModel):
    """What new threads begin with."""

    model: str | None = None
    model_reasoning_effort: ReasoningEffort | None = None
    service_tier: str | None = None


class ModelsRequirements(WireModel):
    """Demands on models."""

    new_thread: NewThreadModelDefaults | None = None


ResidencyRequirement = Literal["us"]
"""Where data must stay."""

WindowsSandboxImplementation = Literal["elevated", "unelevated", "mxc"]
"""How processes are confined on Windows."""


class ConfigRequirements(WireModel):
    """All demands. A null member demands nothing."""

    model_provider: str | None = None
    model_providers: JsonObject | None = None
    allowed_login_methods: list[ForcedLoginMethod] | None = None
    cli_auth_credentials_store: CliAuthCredentialsStoreMode | None = None
    chatgpt_base_url: str | None = None
    additional_developer_instructions: str | None = None
    allowed_approval_policies: list[AskForApproval] | None = None
    allowed_approvals_reviewers: Experimental[list[ApprovalsReviewer] | None] = None
    allowed_sandbox_modes: list[SandboxMode] | None = None
    """Others fall back to the first of these."""
    allowed_windows_sandbox_implementations: list[WindowsSandboxImplementation] | None = None
    allowed_permission_profiles: dict[str, bool] | None = None
    """Profile → whether it may be chosen."""
    default_permissions: str | None = None
    allowed_web_search_modes: list[WebSearchMode] | None = None
    allow_managed_hooks_only: bool | None = None
    allow_browser_and_computer_use: bool | None = None
    allow_appshots: bool | None = None
    allow_remote_control: bool | None = None
    computer_use: ComputerUseRequirements | None = None
    browser_use: BrowserUseRequirements | None = None
    in_app_browser: InAppBrowserRequirements | None = None
    feature_requirements: dict[str, bool] | None = None
    """Feature → the state that it is fixed to."""
    hooks: Experimental[ManagedHooksRequirements | None] = None
    enforce_residency: ResidencyRequirement | None = None
    """Sent upstream as a header."""
    network: Experimental[NetworkRequirements | None] = None
    application: Experimental[ApplicationRequirements | None] = None
    auto_review: AutoReviewRequirements | None = None
    models: ModelsRequirements | None = None
    sqlite_home: str | None = None
    """The folder of the state database."""
    log_dir: str | None = None
    """The folder of the logs."""
    model_catalog_json: str | None = None
    check_for_update_on_startup: bool | None = None
    allow_login_shell: bool | None = None
    feedback: FeedbackRequirements | None = None
    otel: OtelRequirements | None = None


class ConfigRequirementsReadResponse(WireModel):
    """The answer to `configRequirements/read`."""

    supports_independent_speed_modes: bool | None = None
    """Null: not told."""
    requirements: ConfigRequirements | None = None
    """Null when there are none."""
