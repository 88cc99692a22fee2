"""The built-in tools in the order in which they are offered, and when each of them is (tools.md §1.2).

A tool that has no `run` yet is described completely and offered to nobody: what a model is told of, it calls.
"""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Final, Literal, NamedTuple, cast

from app_server.tools.call import Output, ToolCall
from app_server.tools.context import McpTool, ToolContext
from app_server.tools.host import ToolHost
from protocol.wire import JsonObject

Run = Callable[[ToolCall, ToolHost], Awaitable[Output]]
"""Carries out a call. Raises ToolRefusal with what the model is told when it cannot."""

Kind = Literal["function", "custom", "search", "hosted"]
"""Which kind of item calls the tool; the provider itself carries out what is hosted."""


class Tool(NamedTuple):
    """A row. What describes a tool is imported when it is first offered, what runs it when it is called."""

    name: str
    module: str
    """The one in `specs`."""
    offered: Callable[[ToolContext], bool]
    kind: Kind = "function"
    parallel: bool = False
    """Whether calls of it may run beside others that may."""
    executable: bool = False
    spec_name: str = ""
    """The function that describes it, when that is not called as the tool is."""
    runner: str = ""
    """The module that runs it, when that is not the one of its name beside this."""

    def spec(self, context: ToolContext) -> JsonObject:
        """The tool as it is described to the model of this turn."""
        module = import_module(f"app_server.tools.specs.{self.module}")
        described = getattr(module, self.spec_name or self.name)
        return cast("Callable[[ToolContext], JsonObject]", described)(context)

    def run(self) -> Run:
        """What carries out its calls; only of an executable tool that is not hosted.

        It is `run` of the module that is named after the tool, and a function of the tool's name in one that
        runs several.
        """
        runner = self.runner or self.name
        function = "run" if runner.rpartition(".")[2] == self.name else self.name
        return cast("Run", getattr(import_module(f"app_server.tools.{runner}"), function))


def _in_environment(context: ToolContext) -> bool:
    return context.environments > 0


def _with_shell(context: ToolContext) -> bool:
    return context.has("shell_tool") and _in_environment(context)


def _unified_exec(context: ToolContext) -> bool:
    return _with_shell(context) and context.has("unified_exec")


def _shell_command(context: ToolContext) -> bool:
    return _with_shell(context) and not context.has("unified_exec")


def _with_mcp(context: ToolContext) -> bool:
    return context.mcp_configured


def _request_permissions(context: ToolContext) -> bool:
    return context.has("request_permissions_tool")


def _apply_patch(context: ToolContext) -> bool:
    return context.model.apply_patch == "freeform" and _in_environment(context)


def _fan_out(context: ToolContext) -> bool:
    return context.has("enable_fanout")


def _web_search(context: ToolContext) -> bool:
    return context.web_search is not None


def _always(_context: ToolContext) -> bool:
    return True


def _with_goals(context: ToolContext) -> bool:
    return context.has("goals") and not context.ephemeral


def _agents_v1(context: ToolContext) -> bool:
    return context.has("multi_agent") and not context.has("multi_agent_v2") and context.may_spawn_agents


def _agents_v2(context: ToolContext) -> bool:
    return context.has("multi_agent_v2") and context.may_spawn_agents


def _code_mode(context: ToolContext) -> bool:
    return context.has("code_mode")


def defers_mcp(context: ToolContext) -> bool:
    """Whether the tools of MCP servers have to be searched for, but for those of apps that were called."""
    many = sum(len(server.tools) for server in context.mcp_servers) >= MANY_MCP_TOOLS
    return (many or context.has("tool_search_always_defer_mcp_tools")) and _can_search(context)


def is_deferred(tool: McpTool, context: ToolContext) -> bool:
    """Whether this tool is among them, where they have to be searched for."""
    return tool.app is None or tool.app.id not in context.called_apps


def _can_search(context: ToolContext) -> bool:
    return context.model.search_tool and context.has("tool_search")


def _tool_search(context: ToolContext) -> bool:
    deferred = any(tool.deferred for tool in context.dynamic_tools)
    return _can_search(context) and (deferred or _defers_any(context))


def _defers_any(context: ToolContext) -> bool:
    tools = (tool for server in context.mcp_servers for tool in server.tools)
    return (
        bool(context.mcp_servers) and defers_mcp(context) and any(is_deferred(one, context) for one in tools)
    )


def _image_generation(context: ToolContext) -> bool:
    model = context.model
    return context.chatgpt_login and context.has("image_generation") and "image" in model.input_modalities


MANY_MCP_TOOLS: Final = 100

CODE_MODE: Final = (
    Tool("exec", "code_mode", _code_mode, kind="custom", spec_name="run_script"),
    Tool("wait", "code_mode", _code_mode),
)
"""They come first; with `code_mode_only` the model sees nothing else."""

TOOLS: Final = (
    Tool(
        "exec_command",
        "unified_exec",
        _unified_exec,
        parallel=True,
        executable=True,
        runner="commands.exec_command",
    ),
    Tool("write_stdin", "unified_exec", _unified_exec, executable=True, runner="commands.write_stdin"),
    Tool(
        "shell_command",
        "shell_command",
        _shell_command,
        parallel=True,
        executable=True,
        runner="commands.shell_command",
    ),
    *(
        Tool(name, "mcp_resources", _with_mcp, parallel=True, executable=True, runner="mcp.resources")
        for name in ("list_mcp_resources", "list_mcp_resource_templates", "read_mcp_resource")
    ),
    Tool("update_plan", "update_plan", _always, executable=True),
    *(
        Tool(name, "goals", _with_goals, executable=True, runner="goals")
        for name in ("get_goal", "create_goal", "update_goal")
    ),
    Tool("request_user_input", "request_user_input", _always, executable=True),
    Tool("request_permissions", "request_permissions", _request_permissions, executable=True),
    Tool(
        "apply_patch",
        "apply_patch",
        _apply_patch,
        kind="custom",
        executable=True,
        runner="patch.apply_patch",
    ),
    Tool("view_image", "view_image", _in_environment, parallel=True, executable=True),
    *(
        Tool(name, "agents", _agents_v1, executable=True, runner="agents.v1")
        for name in ("spawn_agent", "send_input", "resume_agent", "wait_agent", "close_agent")
    ),
    *(
        Tool(name, "agents_v2", _agents_v2, executable=True, runner="agents.v2")
        for name in (
            *("spawn_agent", "send_message", "followup_task", "wait_agent", "close_agent", "list_agents"),
        )
    ),
    Tool("spawn_agents_on_csv", "agents", _fan_out),
)
"""Then the namespaces of MCP servers and the tools of the client follow."""

SEARCHES: Final = (
    Tool("tool_search", "tool_search", _tool_search, kind="search", parallel=True, executable=True),
    Tool(
        "web_search",
        "web_search",
        _web_search,
        kind="hosted",
        executable=True,
    ),
    Tool("image_generation", "image_generation", _image_generation, kind="hosted", executable=True),
)
"""The last ones."""
