"""skill"""

from typing import Literal

from protocol.wire import AbsolutePath, AbsolutePathText, AppPath, PathText, WireModel, no_items, omitted


class SkillToolDependency(WireModel):
    """SkillToolDependency."""

    type: str
    value: str
    description: str | None = omitted()
    transport: str | None = omitted()
    command: str | None = omitted()
    url: str | None = omitted()


class SkillDependencies(WireModel):
    """SkillDependencies."""

    tools: list[SkillToolDependency]


class SkillErrorInfo(WireModel):
    """SkillErrorInfo."""

    path: str
    message: str


class SkillInterface(WireModel):
    """SkillInterface."""

    display_name: str | None = omitted()
    short_description: str | None = omitted()
    icon_small: AbsolutePathText | None = omitted()
    icon_large: AbsolutePathText | None = omitted()
    icon_small_url: str | None = None
    icon_large_url: str | None = None
    brand_color: str | None = omitted()
    default_prompt: str | None = omitted()


SkillScope = Literal["user", "repo", "system", "admin"]


class SkillMetadata(WireModel):
    """SkillMetadata."""

    name: str
    description: str
    short_description: str | None = omitted()
    interface: SkillInterface | None = omitted()
    dependencies: SkillDependencies | None = omitted()
    path: AppPath
    scope: SkillScope
    enabled: bool
    plugin_id: str | None = None


class SkillSummary(WireModel):
    """SkillSummary."""

    name: str
    description: str
    short_description: str | None = None
    interface: SkillInterface | None = None
    path: AppPath | None = None
    enabled: bool


class SkillsChangedNotification(WireModel):
    """SkillsChangedNotification."""


class SkillsConfigWriteParams(WireModel):
    """SkillsConfigWriteParams."""

    path: AbsolutePath | None = None
    name: str | None = None
    enabled: bool


class SkillsConfigWriteResponse(WireModel):
    """SkillsConfigWriteResponse."""

    effective_enabled: bool


class SkillsExtraRootsSetParams(WireModel):
    """SkillsExtraRootsSetParams."""

    extra_roots: list[AbsolutePath]


class SkillsExtraRootsSetResponse(WireModel):
    """SkillsExtraRootsSetResponse."""


class SkillsListEntry(WireModel):
    """SkillsListEntry."""

    cwd: str
    skills: list[SkillMetadata]
    errors: list[SkillErrorInfo]


class SkillsListParams(WireModel):
    """SkillsListParams."""

    cwds: list[PathText] = no_items()
    force_reload: bool = False


class SkillsListResponse(WireModel):
    """SkillsListResponse."""

    data: list[SkillsListEntry]
