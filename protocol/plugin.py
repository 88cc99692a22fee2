"""Plugins: bundles of skills, hooks, apps and MCP servers."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.app import AppSummary
from protocol.hook import HookEventName
from protocol.skill import SkillSummary
from protocol.wire import I64, U32, AbsolutePathText, Dated, WireModel, no_items

AppTemplateUnavailableReason = Literal["NOT_CONFIGURED_FOR_WORKSPACE", "NO_ACTIVE_WORKSPACE"]
"""Why a template cannot be used."""


class AppTemplateSummary(WireModel):
    """An app that a workspace has yet to set up."""

    template_id: str
    name: str
    description: str | None = None
    category: str | None = None
    canonical_connector_id: str | None = None
    logo_url: str | None = None
    logo_url_dark: str | None = None
    materialized_app_ids: list[str]
    reason: AppTemplateUnavailableReason | None = None


PluginAuthPolicy = Literal["ON_INSTALL", "ON_USE"]
"""When the apps of a plugin ask for a login."""

PluginAvailability = Literal["AVAILABLE", "DISABLED_BY_ADMIN"]
"""Whether it can be installed."""


class PluginHookSummary(WireModel):
    """A hook that it brings."""

    key: str
    event_name: HookEventName


PluginDisabledReason = Literal[
    "disabled_by_admin",
    "plan_not_eligible",
    "required_app_unavailable",
    "unknown",
]
"""Why it cannot be used."""

PluginInstallPolicy = Literal["NOT_AVAILABLE", "AVAILABLE", "INSTALLED_BY_DEFAULT"]
"""Whether users may install it."""

PluginInstallPolicySource = Literal["WORKSPACE_SETTING", "IMPLICIT_CANONICAL_APP"]
"""Who said so."""


class PluginInterface(WireModel):
    """How it is shown."""

    display_name: str | None = None
    short_description: str | None = None
    long_description: str | None = None
    developer_name: str | None = None
    category: str | None = None
    capabilities: list[str]
    website_url: str | None = None
    privacy_policy_url: str | None = None
    terms_of_service_url: str | None = None
    default_prompt: list[str] | None = None
    brand_color: str | None = None
    composer_icon: AbsolutePathText | None = None
    composer_icon_url: str | None = None
    logo: AbsolutePathText | None = None
    logo_dark: AbsolutePathText | None = None
    logo_url: str | None = None
    logo_url_dark: str | None = None
    screenshots: list[AbsolutePathText]
    screenshot_urls: list[str]


PluginShareDiscoverability = Literal["LISTED", "UNLISTED", "PRIVATE"]
"""Who can find it."""

PluginSharePrincipalRole = Literal["reader", "editor", "owner"]
"""What somebody may do with it."""

PluginSharePrincipalType = Literal["user", "group", "workspace"]
"""What somebody is."""


class PluginSharePrincipal(WireModel):
    """Somebody that it is shared with."""

    principal_type: PluginSharePrincipalType
    principal_id: str
    role: PluginSharePrincipalRole
    name: str


class PluginShareContext(WireModel):
    """How it is shared."""

    remote_plugin_id: str
    remote_version: str | None = None
    discoverability: PluginShareDiscoverability | None = None
    share_url: str | None = None
    creator_account_user_id: str | None = None
    creator_name: str | None = None
    share_principals: list[PluginSharePrincipal] | None = None
    can_publish_to_workspace: bool | None = None


class LocalPluginSource(WireModel):
    """A folder."""

    type: Literal["local"] = "local"
    path: AbsolutePathText


class GitPluginSource(WireModel):
    """A repository."""

    type: Literal["git"] = "git"
    url: str
    path: str | None = None
    ref_name: str | None = None
    sha: str | None = None


class NpmPluginSource(WireModel):
    """A package."""

    type: Literal["npm"] = "npm"
    package: str
    version: str | None = None
    registry: str | None = None


class RemotePluginSource(WireModel):
    """The provider's catalogue."""

    type: Literal["remote"] = "remote"


PluginSource = Annotated[
    LocalPluginSource | GitPluginSource | NpmPluginSource | RemotePluginSource,
    Field(discriminator="type"),
    Dated(new=("npm",)),
]
"""Where a plugin comes from."""


class PluginSummary(WireModel):
    """A plugin in short."""

    id: str
    remote_plugin_id: str | None = None
    version: str | None = None
    local_version: str | None = None
    name: str
    share_context: PluginShareContext | None = None
    source: PluginSource
    installed: bool
    installed_at: I64 | None = None
    """Unix seconds."""
    enabled: bool
    install_policy: PluginInstallPolicy
    install_policy_source: PluginInstallPolicySource | None = None
    must_show_installation_interstitial: bool | None = None
    auth_policy: PluginAuthPolicy
    availability: PluginAvailability = "AVAILABLE"
    disabled_reason: PluginDisabledReason | None = None
    eligible_plan_types: list[str] | None = None
    interface: PluginInterface | None = None
    keywords: list[str] = no_items()


ScheduledTaskWeekday = Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
"""A day."""


class HourlyScheduledTaskSchedule(WireModel):
    """Every so many hours."""

    type: Literal["hourly"] = "hourly"
    interval_hours: U32
    days: list[ScheduledTaskWeekday] | None = None


class DailyScheduledTaskSchedule(WireModel):
    """Every day."""

    type: Literal["daily"] = "daily"
    time: str


class WeekdaysScheduledTaskSchedule(WireModel):
    """On working days."""

    type: Literal["weekdays"] = "weekdays"
    time: str


class WeeklyScheduledTaskSchedule(WireModel):
    """On some days."""

    type: Literal["weekly"] = "weekly"
    days: list[ScheduledTaskWeekday]
    time: str


ScheduledTaskSchedule = Annotated[
    HourlyScheduledTaskSchedule
    | DailyScheduledTaskSchedule
    | WeekdaysScheduledTaskSchedule
    | WeeklyScheduledTaskSchedule,
    Field(discriminator="type"),
]
"""When a task runs."""


class ScheduledTaskSummary(WireModel):
    """A task that a plugin suggests."""

    key: str
    name: str
    prompt: str
    schedule: ScheduledTaskSchedule


class PluginDetail(WireModel):
    """A plugin in full."""

    marketplace_name: str
    marketplace_path: AbsolutePathText | None = None
    summary: PluginSummary
    share_url: str | None = None
    description: str | None = None
    skills: list[SkillSummary]
    onboarding_skill: SkillSummary | None = None
    hooks: list[PluginHookSummary]
    apps: list[AppSummary]
    app_templates: list[AppTemplateSummary]
    mcp_servers: list[str]
    scheduled_tasks: list[ScheduledTaskSummary] | None = None
