"""What decides which tools a model is offered: model, features, settings, servers, tools of the client."""

import sys
from dataclasses import dataclass, field

from pydantic import JsonValue
from support.client import JsonObject
from support.mcp_home import SCRIPT
from support.tools import tool_context

from app_server.tools.context import ToolContext

MODELS = ("gpt-5.5", "gpt-5.4", "gpt-5.4-mini", "gpt-5.3-codex", "gpt-5.2", "somebody/else")
_SERVER: JsonObject = {"command": sys.executable, "args": ["-S", str(SCRIPT)]}


@dataclass(frozen=True, slots=True)
class ToolCase:
    """A thread: features that are on and off, other settings, and more params of `thread/start`."""

    name: str
    model: str = "gpt-5.5"
    on: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
    config: JsonObject = field(default_factory=dict[str, JsonValue])
    params: JsonObject = field(default_factory=dict[str, JsonValue])

    @property
    def start(self) -> JsonObject:
        """The params of `thread/start`."""
        features: JsonObject = {
            f"features.{name}": value
            for value, names in ((True, self.on), (False, self.off))
            for name in names
        }
        return {"model": self.model, "config": {**features, **self.config}, **self.params}

    @property
    def servers(self) -> list[str]:
        """The MCP servers that are started."""
        tables = {
            key.removeprefix("mcp_servers."): value for key, value in self.config.items() if "mcp_" in key
        }
        return [
            name for name, table in tables.items() if isinstance(table, dict) and table.get("enabled", True)
        ]

    @property
    def context(self) -> ToolContext | None:
        """What the tools are chosen by; None when more than the model and features decides it."""
        if self.config or self.params:
            return None
        return tool_context(self.model, on=self.on, off=self.off)


def _tool(name: str, **more: JsonValue) -> JsonObject:
    """One of the client, in the form that both versions take."""
    schema: JsonObject = {
        "type": "object",
        "properties": {"b": {"type": "integer"}, "a": {"type": ["string", "null"], "description": "d"}},
        "required": ["b"],
    }
    return {"name": name, "description": "d", "inputSchema": schema, **more}


_SCHEMA: JsonObject = {
    "$schema": "x",
    "title": "t",
    "description": "d",
    "required": ["z", "a"],
    "additionalProperties": {"type": "object", "properties": {"q": True}},
    "properties": {
        "z": {"enum": ["one", "two"], "default": "one"},
        "y": {"const": 5},
        "x": {"anyOf": [{"type": "string"}, {"type": "null"}], "title": "t"},
        "w": {"type": "array"},
        "v": {"type": "array", "items": {"properties": {"b": {"minimum": 1}, "a": {"format": "uri"}}}},
        "u": {"prefixItems": [{"type": "string"}]},
        "é": {"oneOf": [{"type": "integer"}]},
        "B": {"type": ["integer", "null"], "description": "d", "maximum": 5},
        "a": {"$ref": "#/definitions/x"},
        "": {"additionalProperties": False},
    },
}
_SEARCH: JsonObject = {
    "context_size": "high",
    "allowed_domains": ["example.com"],
    "location": {"country": "NO", "city": "Oslo"},
}

TOOL_CASES = (
    *(ToolCase(f"model {model}", model) for model in MODELS),
    *(ToolCase(f"{model} with a plain shell", model, off=("unified_exec",)) for model in MODELS),
    ToolCase("no shell", off=("shell_tool",)),
    ToolCase("no login shell", config={"allow_login_shell": False}),
    ToolCase("no login shell, plain", off=("unified_exec",), config={"allow_login_shell": False}),
    ToolCase("permissions by command", on=("exec_permission_approvals",)),
    ToolCase("permissions by plain command", on=("exec_permission_approvals",), off=("unified_exec",)),
    ToolCase("permissions by request", on=("request_permissions_tool",)),
    ToolCase("goals", on=("goals",)),
    ToolCase("goals of a thread that is not kept", on=("goals",), params={"ephemeral": True}),
    ToolCase("no agents", off=("multi_agent",)),
    ToolCase("agents of the second form", on=("multi_agent_v2",)),
    ToolCase("agents by the table", on=("enable_fanout",)),
    ToolCase("agents of roles", config={"agents.tester": {"description": "tests"}}),
    *(ToolCase(f"search {mode}", config={"web_search": mode}) for mode in ("disabled", "cached", "live")),
    ToolCase("search in few places", config={"tools.web_search": _SEARCH}),
    ToolCase("search of text alone in few places", "gpt-5.2", config={"tools.web_search": _SEARCH}),
    ToolCase("full access", params={"sandbox": "danger-full-access"}),
    ToolCase(
        "full access without search",
        config={"web_search": "disabled"},
        params={"sandbox": "danger-full-access"},
    ),
    ToolCase("a server", config={"mcp_servers.srv": _SERVER}),
    ToolCase("two servers", config={"mcp_servers.zed": _SERVER, "mcp_servers.a-b": _SERVER}),
    ToolCase("a server that is off", config={"mcp_servers.srv": {**_SERVER, "enabled": False}}),
    ToolCase(
        "a server whose tools are searched for",
        on=("tool_search_always_defer_mcp_tools",),
        config={"mcp_servers.srv": _SERVER},
    ),
    ToolCase(
        "a server whose tools no model searches for",
        "gpt-5.2",
        on=("tool_search_always_defer_mcp_tools",),
        config={"mcp_servers.srv": _SERVER},
    ),
    ToolCase("tools of the client", params={"dynamicTools": [_tool("two"), _tool("one")]}),
    ToolCase(
        "a tool of the client with all sorts of parameters",
        params={"dynamicTools": [{"name": "t", "description": "d", "inputSchema": _SCHEMA}]},
    ),
    ToolCase(
        "namespaces of the client",
        params={
            "dynamicTools": [
                *(_tool("z", namespace="n"), _tool("one"), _tool("a", namespace="n")),
                *(_tool("y", namespace="m"), _tool("two")),
            ]
        },
    ),
    ToolCase(
        "tools of the client to search for",
        params={"dynamicTools": [_tool("z", namespace="n", deferLoading=True), _tool("a", namespace="n")]},
    ),
    ToolCase(
        "no search for tools",
        off=("tool_search",),
        params={"dynamicTools": [_tool("z", namespace="n", deferLoading=True)]},
    ),
)
