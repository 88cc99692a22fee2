"""Hooks that administrators set."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import U64, Dated, JsonObject, USize, WireModel, no_items, spelled


class CommandConfiguredHookHandler(WireModel):
    """Runs a command."""

    type: Literal["command"] = "command"
    command: str
    command_windows: str | None = None
    """In place of `command` on Windows."""
    timeout_sec: U64 | None = None
    async_: bool
    """True: the turn does not wait for it."""
    status_message: str | None = None
    additional_context_limit: USize | None = None
    """In characters."""


class McpToolConfiguredHookHandler(WireModel):
    """Calls a tool of an MCP server."""

    type: Literal["mcp_tool"] = "mcp_tool"
    server: str
    tool: str
    input: JsonObject
    timeout_sec: U64 | None = None
    status_message: str | None = None


class PromptConfiguredHookHandler(WireModel):
    """Asks a model. Accepted, not run."""

    type: Literal["prompt"] = "prompt"


class AgentConfiguredHookHandler(WireModel):
    """Runs an agent. Accepted, not run."""

    type: Literal["agent"] = "agent"


ConfiguredHookHandler = Annotated[
    CommandConfiguredHookHandler
    | McpToolConfiguredHookHandler
    | PromptConfiguredHookHandler
    | AgentConfiguredHookHandler,
    Field(discriminator="type"),
    Dated(new=("mcp_tool",)),
]
"""What a hook does."""


class ConfiguredHookMatcherGroup(WireModel):
    """Hooks of one event for what a pattern matches."""

    matcher: str | None = None
    """A regular expression over the name of the tool or the source; null matches all."""
    hooks: list[ConfiguredHookHandler]


class ManagedHooksRequirements(WireModel):
    """The hooks by event. Keys are the names of the events, in their own spelling."""

    pre_model_request: list[ConfiguredHookMatcherGroup] = no_items("PreModelRequest")
    post_model_request: list[ConfiguredHookMatcherGroup] = no_items("PostModelRequest")
    managed_dir: str | None = None
    """The folder of the scripts."""
    windows_managed_dir: str | None = None
    pre_tool_use: Annotated[list[ConfiguredHookMatcherGroup], spelled("PreToolUse")]
    permission_request: Annotated[list[ConfiguredHookMatcherGroup], spelled("PermissionRequest")]
    post_tool_use: Annotated[list[ConfiguredHookMatcherGroup], spelled("PostToolUse")]
    pre_compact: Annotated[list[ConfiguredHookMatcherGroup], spelled("PreCompact")]
    post_compact: Annotated[list[ConfiguredHookMatcherGroup], spelled("PostCompact")]
    session_start: Annotated[list[ConfiguredHookMatcherGroup], spelled("SessionStart")]
    session_end: list[ConfiguredHookMatcherGroup] = no_items("SessionEnd")
    user_prompt_submit: Annotated[list[ConfiguredHookMatcherGroup], spelled("UserPromptSubmit")]
    subagent_start: Annotated[list[ConfiguredHookMatcherGroup], spelled("SubagentStart")]
    subagent_stop: Annotated[list[ConfiguredHookMatcherGroup], spelled("SubagentStop")]
    stop: Annotated[list[ConfiguredHookMatcherGroup], spelled("Stop")]
    interrupt: list[ConfiguredHookMatcherGroup] = no_items("Interrupt")
