"""Skills: instructions that a model can look up (services.md §7)."""

from typing import Literal

from protocol.wire import AbsolutePath, AbsolutePathText, AppPath, PathText, WireModel, no_items, omitted


class SkillToolDependency(WireModel):
    """Something that a skill needs."""

    type: str
    value: str
    description: str | None = omitted()
    transport: str | None = omitted()
    command: str | None = omitted()
    url: str | None = omitted()


class SkillDependencies(WireModel):
    """What a skill needs."""

    tools: list[SkillToolDependency]


class SkillErrorInfo(WireModel):
    """A skill that could not be read."""

    path: str
    message: str


class SkillInterface(WireModel):
    """How a skill is shown."""

    display_name: str | None = None
    short_description: str | None = None
    icon_small: AbsolutePathText | None = None
    icon_large: AbsolutePathText | None = None
    icon_small_url: str | None = None
    icon_large_url: str | None = None
    brand_color: str | None = None
    default_prompt: str | None = None


SkillScope = Literal["user", "repo", "system", "admin"]
"""Where a skill comes from."""


class SkillMetadata(WireModel):
    """A skill."""

    name: str
    description: str
    short_description: str | None = omitted()
    """The older place of `interface.shortDescription`."""
    interface: SkillInterface | None = omitted()
    dependencies: SkillDependencies | None = omitted()
    path: AppPath
    """Of its SKILL.md."""
    scope: SkillScope
    enabled: bool
    plugin_id: str | None = None


class SkillSummary(WireModel):
    """A skill of a plugin."""

    name: str
    description: str
    short_description: str | None = None
    interface: SkillInterface | None = None
    path: AppPath | None = None
    """Null when it is not on this machine."""
    enabled: bool


class SkillsChangedNotification(WireModel):
    """`skills/changed`: ask again."""


class SkillsConfigWriteParams(WireModel):
    """`skills/config/write`: by path or by name; one of the two."""

    path: AbsolutePath | None = None
    name: str | None = None
    enabled: bool


class SkillsConfigWriteResponse(WireModel):
    """Whether it is on now."""

    effective_enabled: bool


class SkillsExtraRootsSetParams(WireModel):
    """`skills/extraRoots/set`: more folders to look for skills in, until the server ends."""

    extra_roots: list[AbsolutePath]


class SkillsExtraRootsSetResponse(WireModel):
    """Empty."""


class SkillsListEntry(WireModel):
    """The skills of one directory."""

    cwd: str
    skills: list[SkillMetadata]
    errors: list[SkillErrorInfo]


class SkillsListParams(WireModel):
    """`skills/list`."""

    cwds: list[PathText] = no_items()
    """Absent or empty: the server's directory."""
    force_reload: bool = False
    """True: look at the disk again."""


class SkillsListResponse(WireModel):
    """The skills by directory."""

    data: list[SkillsListEntry]
