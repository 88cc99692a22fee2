"""plugin"""

from typing import Annotated, Literal

from protocol.app import AppSummary
from protocol.hook import HookEventName
from protocol.skill import SkillSummary
from protocol.wire import I64, U32, AbsolutePathText, WireModel, by_tag, no_items

AppTemplateUnavailableReason = Literal["NOT_CONFIGURED_FOR_WORKSPACE", "NO_ACTIVE_WORKSPACE"]


class AppTemplateSummary(WireModel):
    """AppTemplateSummary."""

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

PluginAvailability = Literal["AVAILABLE", "DISABLED_BY_ADMIN"]


class PluginHookSummary(WireModel):
    """PluginHookSummary."""

    key: str
    event_name: HookEventName


PluginDisabledReason = Literal[
    "disabled_by_admin",
    "plan_not_eligible",
    "required_app_unavailable",
    "unknown",
]

PluginInstallPolicy = Literal["NOT_AVAILABLE", "AVAILABLE", "INSTALLED_BY_DEFAULT"]

PluginInstallPolicySource = Literal["WORKSPACE_SETTING", "IMPLICIT_CANONICAL_APP"]


class PluginInterface(WireModel):
    """PluginInterface."""

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

PluginSharePrincipalRole = Literal["reader", "editor", "owner"]

PluginSharePrincipalType = Literal["user", "group", "workspace"]


class PluginSharePrincipal(WireModel):
    """PluginSharePrincipal."""

    principal_type: PluginSharePrincipalType
    principal_id: str
    role: PluginSharePrincipalRole
    name: str


class PluginShareContext(WireModel):
    """PluginShareContext."""

    remote_plugin_id: str
    remote_version: str | None = None
    discoverability: PluginShareDiscoverability | None = None
    share_url: str | None = None
    creator_account_user_id: str | None = None
    creator_name: str | None = None
    share_principals: list[PluginSharePrincipal] | None = None
    can_publish_to_workspace: bool | None = None


class LocalPluginSource(WireModel):
    """LocalPluginSource."""

    type: Literal["local"] = "local"
    path: AbsolutePathText


class GitPluginSource(WireModel):
    """GitPluginSource."""

    type: Literal["git"] = "git"
    url: str
    path: str | None = None
    ref_name: str | None = None
    sha: str | None = None


class NpmPluginSource(WireModel):
    """NpmPluginSource."""

    type: Literal["npm"] = "npm"
    package: str
    version: str | None = None
    registry: str | None = None


class RemotePluginSource(WireModel):
    """RemotePluginSource."""

    type: Literal["remote"] = "remote"


PluginSource = Annotated[
    LocalPluginSource | GitPluginSource | NpmPluginSource | RemotePluginSource,
    by_tag("type"),
]


class PluginSummary(WireModel):
    """PluginSummary."""

    id: str
    remote_plugin_id: str | None = None
    version: str | None = None
    local_version: str | None = None
    name: str
    share_context: PluginShareContext | None = None
    source: PluginSource
    installed: bool
    installed_at: I64 | None = None
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


class HourlyScheduledTaskSchedule(WireModel):
    """HourlyScheduledTaskSchedule."""

    type: Literal["hourly"] = "hourly"
    interval_hours: U32
    days: list[ScheduledTaskWeekday] | None = None


class DailyScheduledTaskSchedule(WireModel):
    """DailyScheduledTaskSchedule."""

    type: Literal["daily"] = "daily"
    time: str


class WeekdaysScheduledTaskSchedule(WireModel):
    """WeekdaysScheduledTaskSchedule."""

    type: Literal["weekdays"] = "weekdays"
    time: str


class WeeklyScheduledTaskSchedule(WireModel):
    """WeeklyScheduledTaskSchedule."""

    type: Literal["weekly"] = "weekly"
    days: list[ScheduledTaskWeekday]
    time: str


ScheduledTaskSchedule = Annotated[
    HourlyScheduledTaskSchedule
    | DailyScheduledTaskSchedule
    | WeekdaysScheduledTaskSchedule
    | WeeklyScheduledTaskSchedule,
    by_tag("type"),
]


class ScheduledTaskSummary(WireModel):
    """ScheduledTaskSummary."""

    key: str
    name: str
    prompt: str
    schedule: ScheduledTaskSchedule


class PluginDetail(WireModel):
    """PluginDetail."""

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
