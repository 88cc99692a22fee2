"""requirements_hooks"""

from typing import Annotated, Literal

from protocol.wire import U64, JsonObject, USize, WireModel, by_tag, no_items, spelled


class CommandConfiguredHookHandler(WireModel):
    """CommandConfiguredHookHandler."""

    type: Literal["command"] = "command"
    command: str
    command_windows: str | None = None
    timeout_sec: U64 | None = None
    async_: bool
    status_message: str | None = None
    additional_context_limit: USize | None = None


class McpToolConfiguredHookHandler(WireModel):
    """McpToolConfiguredHookHandler."""

    type: Literal["mcp_tool"] = "mcp_tool"
    server: str
    tool: str
    input: JsonObject
    timeout_sec: U64 | None = None
    status_message: str | None = None


class PromptConfiguredHookHandler(WireModel):
    """PromptConfiguredHookHandler."""

    type: Literal["prompt"] = "prompt"


class AgentConfiguredHookHandler(WireModel):
    """AgentConfiguredHookHandler."""

    type: Literal["agent"] = "agent"


ConfiguredHookHandler = Annotated[
    CommandConfiguredHookHandler
    | McpToolConfiguredHookHandler
    | PromptConfiguredHookHandler
    | AgentConfiguredHookHandler,
    by_tag("type"),
]


class ConfiguredHookMatcherGroup(WireModel):
    """ConfiguredHookMatcherGroup."""

    matcher: str | None = None
    hooks: list[ConfiguredHookHandler]


class ManagedHooksRequirements(WireModel):
    """ManagedHooksRequirements."""

    pre_model_request: list[ConfiguredHookMatcherGroup] = no_items("PreModelRequest")
    post_model_request: list[ConfiguredHookMatcherGroup] = no_items("PostModelRequest")
    managed_dir: str | None = None
    windows_managed_dir: str | None = None
    pre_tool_use: list[ConfiguredHookMatcherGroup] = spelled("PreToolUse")
    permission_request: list[ConfiguredHookMatcherGroup] = spelled("PermissionRequest")
    post_tool_use: list[ConfiguredHookMatcherGroup] = spelled("PostToolUse")
    pre_compact: list[ConfiguredHookMatcherGroup] = spelled("PreCompact")
    post_compact: list[ConfiguredHookMatcherGroup] = spelled("PostCompact")
    session_start: list[ConfiguredHookMatcherGroup] = spelled("SessionStart")
    session_end: list[ConfiguredHookMatcherGroup] = no_items("SessionEnd")
    user_prompt_submit: list[ConfiguredHookMatcherGroup] = spelled("UserPromptSubmit")
    subagent_start: list[ConfiguredHookMatcherGroup] = spelled("SubagentStart")
    subagent_stop: list[ConfiguredHookMatcherGroup] = spelled("SubagentStop")
    stop: list[ConfiguredHookMatcherGroup] = spelled("Stop")
    interrupt: list[ConfiguredHookMatcherGroup] = no_items("Interrupt")
