"""Hooks: what users want to run at certain moments of a turn (services.md §7)."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import (
    I64,
    U64,
    AbsolutePathText,
    AppPath,
    Dated,
    PathText,
    USize,
    WireModel,
    no_items,
    spelled,
)

HookEventName = Annotated[
    Literal[
        "preModelRequest",
        "postModelRequest",
        "preToolUse",
        "permissionRequest",
        "postToolUse",
        "preCompact",
        "postCompact",
        "sessionStart",
        "sessionEnd",
        "userPromptSubmit",
        "subagentStart",
        "subagentStop",
        "stop",
        "interrupt",
    ],
    Dated(
        new=(
            "interrupt",
            "postModelRequest",
            "preModelRequest",
            "sessionEnd",
            "subagentStart",
            "subagentStop",
        )
    ),
]
"""The moment."""

HookExecutionMode = Literal["sync", "async"]
"""Whether the turn waits."""

HookHandlerType = Annotated[Literal["command", "mcpTool", "prompt", "agent"], Dated(new=("mcpTool",))]
"""What a hook does."""

HookOutputEntryKind = Literal["warning", "stop", "feedback", "context", "error"]
"""What a line is meant to do."""


class HookOutputEntry(WireModel):
    """One thing that a run said."""

    kind: HookOutputEntryKind
    text: str


HookRunStatus = Literal["running", "completed", "failed", "blocked", "stopped"]
"""How far a run is, or how it ended."""

HookScope = Literal["thread", "turn"]
"""How long a run concerns: the thread, or one turn."""

HookSource = Annotated[
    Literal[
        "system",
        "user",
        "project",
        "mdm",
        "sessionFlags",
        "plugin",
        "cloudRequirements",
        "cloudManagedConfig",
        "legacyManagedConfigFile",
        "legacyManagedConfigMdm",
        "unknown",
    ],
    Dated(new=("cloudManagedConfig",), instead="cloudRequirements"),
]
"""Which layer of the configuration declares it."""


class HookRunSummary(WireModel):
    """One run."""

    id: str
    event_name: HookEventName
    handler_type: HookHandlerType
    execution_mode: HookExecutionMode
    scope: HookScope
    source_path: AppPath
    source: HookSource = "unknown"
    display_order: I64
    status: HookRunStatus
    status_message: str | None = None
    started_at: I64
    """Unix milliseconds."""
    completed_at: I64 | None = None
    """Unix milliseconds."""
    duration_ms: I64 | None = None
    entries: list[HookOutputEntry]


class HookCompletedNotification(WireModel):
    """`hook/completed`."""

    thread_id: str
    turn_id: str | None = None
    run: HookRunSummary


class HookErrorInfo(WireModel):
    """A declaration that could not be read."""

    path: str
    message: str


HookTrustStatus = Literal["managed", "untrusted", "trusted", "modified"]
"""Whether it may run; a changed one must be trusted anew."""


class HookFacts(WireModel):
    """What every configured hook tells."""

    key: str
    """Stable; names the hook in config.toml (`[hooks.state]`)."""
    event_name: HookEventName
    matcher: str | None = None
    timeout_sec: U64
    status_message: str | None = None
    additional_context_limit: USize | None = None
    source_path: AbsolutePathText
    """The file that declares it."""
    source: HookSource
    plugin_id: str | None = None
    environment_id: str | None = None
    display_order: I64
    enabled: bool
    is_managed: bool
    """True when the administrator set it and the user cannot switch it off."""
    current_hash: str
    """Of the definition; trust is given to a hash."""
    trust_status: HookTrustStatus


class CommandHookMetadata(HookFacts):
    """A hook that runs a command."""

    handler_type: Literal["command"] = "command"
    command: str
    async_: Annotated[bool, spelled("async")] = False


class McpToolHookMetadata(HookFacts):
    """A hook that calls a tool of an MCP server."""

    handler_type: Literal["mcpTool"] = "mcpTool"
    server: str
    tool: str


class PromptHookMetadata(HookFacts):
    """A hook that asks a model. Listed, not run."""

    handler_type: Literal["prompt"] = "prompt"


class AgentHookMetadata(HookFacts):
    """A hook that runs an agent. Listed, not run."""

    handler_type: Literal["agent"] = "agent"


HookMetadata = Annotated[
    CommandHookMetadata | McpToolHookMetadata | PromptHookMetadata | AgentHookMetadata,
    Field(discriminator="handler_type"),
    Dated(new=("mcpTool",)),
]
"""One configured hook, by the kind of its handler."""


class HookStartedNotification(WireModel):
    """`hook/started`."""

    thread_id: str
    turn_id: str | None = None
    run: HookRunSummary


class HooksListEntry(WireModel):
    """The hooks of one directory."""

    cwd: str
    hooks: list[HookMetadata]
    warnings: list[str]
    errors: list[HookErrorInfo]


class HooksListParams(WireModel):
    """`hooks/list`."""

    cwds: list[PathText] = no_items()
    """Absent or empty: the server's directory."""
    thread_id: str | None = None


class HooksListResponse(WireModel):
    """The hooks by directory."""

    data: list[HooksListEntry]
