"""config_requirements"""

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
    """AutoReviewRequirements."""

    required_on_models: list[str] | None = None
    ignore_rules: list[str] | None = None


CliAuthCredentialsStoreMode = Literal["file", "keyring", "auto", "ephemeral"]


class FeedbackRequirements(WireModel):
    """FeedbackRequirements."""

    enabled: bool | None = None


class NewThreadModelDefaults(WireModel):
    """NewThreadModelDefaults."""

    model: str | None = None
    model_reasoning_effort: ReasoningEffort | None = None
    service_tier: str | None = None


class ModelsRequirements(WireModel):
    """ModelsRequirements."""

    new_thread: NewThreadModelDefaults | None = None


ResidencyRequirement = Literal["us"]

WindowsSandboxImplementation = Literal["elevated", "unelevated", "mxc"]


class ConfigRequirements(WireModel):
    """ConfigRequirements."""

    model_provider: str | None = None
    model_providers: JsonObject | None = None
    allowed_login_methods: list[ForcedLoginMethod] | None = None
    cli_auth_credentials_store: CliAuthCredentialsStoreMode | None = None
    chatgpt_base_url: str | None = None
    additional_developer_instructions: str | None = None
    allowed_approval_policies: list[AskForApproval] | None = None
    allowed_approvals_reviewers: Experimental[list[ApprovalsReviewer] | None] = None
    allowed_sandbox_modes: list[SandboxMode] | None = None
    allowed_windows_sandbox_implementations: list[WindowsSandboxImplementation] | None = None
    allowed_permission_profiles: dict[str, bool] | None = None
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
    hooks: Experimental[ManagedHooksRequirements | None] = None
    enforce_residency: ResidencyRequirement | None = None
    network: Experimental[NetworkRequirements | None] = None
    application: Experimental[ApplicationRequirements | None] = None
    auto_review: AutoReviewRequirements | None = None
    models: ModelsRequirements | None = None
    sqlite_home: str | None = None
    log_dir: str | None = None
    model_catalog_json: str | None = None
    check_for_update_on_startup: bool | None = None
    allow_login_shell: bool | None = None
    feedback: FeedbackRequirements | None = None
    otel: OtelRequirements | None = None


class ConfigRequirementsReadResponse(WireModel):
    """ConfigRequirementsReadResponse."""

    supports_independent_speed_modes: bool | None = None
    requirements: ConfigRequirements | None = None
