"""external_agent"""

from typing import Literal

from protocol.wire import U32, PathText, WireModel, no_items, omitted_if_empty


class CommandMigration(WireModel):
    """CommandMigration."""

    name: str


class ExternalAgentConfigDetectParams(WireModel):
    """ExternalAgentConfigDetectParams."""

    include_home: bool = False
    cwds: list[PathText] | None = None
    max_session_age_days: U32 | None = None
    max_sessions: U32 | None = None
    source: str | None = None
    migration_source: str | None = None


ExternalAgentConfigMigrationItemType = Literal[
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
]


class HookMigration(WireModel):
    """HookMigration."""

    name: str


class McpServerMigration(WireModel):
    """McpServerMigration."""

    name: str


class PluginsMigration(WireModel):
    """PluginsMigration."""

    marketplace_name: str
    plugin_names: list[str]


class SessionMigration(WireModel):
    """SessionMigration."""

    path: str
    cwd: str
    title: str | None = None


class SkillMigration(WireModel):
    """SkillMigration."""

    name: str


class SubagentMigration(WireModel):
    """SubagentMigration."""

    name: str


class MigrationDetails(WireModel):
    """MigrationDetails."""

    plugins: list[PluginsMigration] = no_items()
    skills: list[SkillMigration] = no_items()
    sessions: list[SessionMigration] = no_items()
    mcp_servers: list[McpServerMigration] = no_items()
    hooks: list[HookMigration] = no_items()
    subagents: list[SubagentMigration] = no_items()
    commands: list[CommandMigration] = no_items()
    memory: list[str] = omitted_if_empty()


class ExternalAgentConfigMigrationItem(WireModel):
    """ExternalAgentConfigMigrationItem."""

    item_type: ExternalAgentConfigMigrationItemType
    description: str
    cwd: str | None = None
    details: MigrationDetails | None = None


ExternalAgentDetectedConnectorSource = Literal["remoteMcpServersConfig", "sessionToolUse"]


class ExternalAgentDetectedConnectorCandidate(WireModel):
    """ExternalAgentDetectedConnectorCandidate."""

    name: str
    session_count: U32
    source: ExternalAgentDetectedConnectorSource


class ExternalAgentConfigDetectResponse(WireModel):
    """ExternalAgentConfigDetectResponse."""

    items: list[ExternalAgentConfigMigrationItem]
    connectors: list[ExternalAgentDetectedConnectorCandidate] = no_items()


class ExternalAgentConfigImportItemTypeFailure(WireModel):
    """ExternalAgentConfigImportItemTypeFailure."""

    item_type: ExternalAgentConfigMigrationItemType
    error_type: str | None = None
    sub_error_type: str | None = None
    failure_stage: str
    message: str
    cwd: str | None = None
    source: str | None = None


class ExternalAgentConfigImportItemTypeSuccess(WireModel):
    """ExternalAgentConfigImportItemTypeSuccess."""

    item_type: ExternalAgentConfigMigrationItemType
    cwd: str | None = None
    source: str | None = None
    target: str | None = None
    title: str | None = None


class ExternalAgentConfigImportTypeResult(WireModel):
    """ExternalAgentConfigImportTypeResult."""

    item_type: ExternalAgentConfigMigrationItemType
    successes: list[ExternalAgentConfigImportItemTypeSuccess]
    failures: list[ExternalAgentConfigImportItemTypeFailure]


class ExternalAgentConfigImportCompletedNotification(WireModel):
    """ExternalAgentConfigImportCompletedNotification."""

    import_id: str
    item_type_results: list[ExternalAgentConfigImportTypeResult]


class ExternalAgentConfigImportParams(WireModel):
    """ExternalAgentConfigImportParams."""

    migration_items: list[ExternalAgentConfigMigrationItem]
    source: str | None = None
    provider_id: str | None = None
    migration_source: str | None = None


class ExternalAgentConfigImportResponse(WireModel):
    """ExternalAgentConfigImportResponse."""

    import_id: str
