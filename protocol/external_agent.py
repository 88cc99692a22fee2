"""Taking over the configuration of another agent."""

from typing import Annotated, Literal

from protocol.wire import U32, Dated, PathText, WireModel, no_items, omitted_if_empty


class CommandMigration(WireModel):
    """A command."""

    name: str


class ExternalAgentConfigDetectParams(WireModel):
    """`externalAgentConfig/detect`."""

    include_home: bool = False
    """True: the user's home too."""
    cwds: list[PathText] | None = None
    max_session_age_days: U32 | None = None
    max_sessions: U32 | None = None
    source: str | None = None
    migration_source: str | None = None


ExternalAgentConfigMigrationItemType = Annotated[
    Literal[
        "AGENTS_MD",
        "CONFIG",
        "SKILLS",
        "PLUGINS",
        "MCP_SERVER_CONFIG",
        "SUBAGENTS",
        "HOOKS",
        "COMMANDS",
        "MEMORY",
        "SESSIONS",
    ],
    Dated(new=("MEMORY",)),
]
"""What can be taken over."""


class HookMigration(WireModel):
    """A hook."""

    name: str


class McpServerMigration(WireModel):
    """An MCP server."""

    name: str


class PluginsMigration(WireModel):
    """Plugins of a marketplace."""

    marketplace_name: str
    plugin_names: list[str]


class SessionMigration(WireModel):
    """A conversation."""

    path: str
    cwd: str
    title: str | None = None


class SkillMigration(WireModel):
    """A skill."""

    name: str


class SubagentMigration(WireModel):
    """A sub-agent."""

    name: str


class MigrationDetails(WireModel):
    """What exactly."""

    plugins: list[PluginsMigration] = no_items()
    skills: list[SkillMigration] = no_items()
    sessions: list[SessionMigration] = no_items()
    mcp_servers: list[McpServerMigration] = no_items()
    hooks: list[HookMigration] = no_items()
    subagents: list[SubagentMigration] = no_items()
    commands: list[CommandMigration] = no_items()
    memory: list[str] = omitted_if_empty()


class ExternalAgentConfigMigrationItem(WireModel):
    """Something that can be taken over."""

    item_type: ExternalAgentConfigMigrationItemType
    description: str
    cwd: str | None = None
    """Of a project; null: of the user."""
    details: MigrationDetails | None = None


ExternalAgentDetectedConnectorSource = Literal["remoteMcpServersConfig", "sessionToolUse"]
"""How it was found."""


class ExternalAgentDetectedConnectorCandidate(WireModel):
    """An app that the other agent uses."""

    name: str
    session_count: U32
    source: ExternalAgentDetectedConnectorSource


class ExternalAgentConfigDetectResponse(WireModel):
    """What was found."""

    items: list[ExternalAgentConfigMigrationItem]
    connectors: list[ExternalAgentDetectedConnectorCandidate] = no_items()


class ExternalAgentConfigImportItemTypeFailure(WireModel):
    """Something that was not."""

    item_type: ExternalAgentConfigMigrationItemType
    error_type: str | None = None
    sub_error_type: str | None = None
    failure_stage: str
    message: str
    cwd: str | None = None
    source: str | None = None


class ExternalAgentConfigImportItemTypeSuccess(WireModel):
    """Something that was taken over."""

    item_type: ExternalAgentConfigMigrationItemType
    cwd: str | None = None
    source: str | None = None
    target: str | None = None
    title: str | None = None


class ExternalAgentConfigImportTypeResult(WireModel):
    """What became of one kind."""

    item_type: ExternalAgentConfigMigrationItemType
    successes: list[ExternalAgentConfigImportItemTypeSuccess]
    failures: list[ExternalAgentConfigImportItemTypeFailure]


class ExternalAgentConfigImportCompletedNotification(WireModel):
    """`externalAgentConfig/import/completed`."""

    import_id: str
    item_type_results: list[ExternalAgentConfigImportTypeResult]


class ExternalAgentConfigImportParams(WireModel):
    """`externalAgentConfig/import`."""

    migration_items: list[ExternalAgentConfigMigrationItem]
    source: str | None = None
    provider_id: str | None = None
    migration_source: str | None = None


class ExternalAgentConfigImportResponse(WireModel):
    """It has begun."""

    import_id: str
