"""What decides which tools a turn offers, and how they are described."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from app_server.model.model_info import ModelInfo
from app_server.tools.dynamic import DynamicTool
from protocol.wire import JsonObject, JsonValue

if TYPE_CHECKING:
    from app_server.apps.app import App


class WebSearch(NamedTuple):
    """How the provider's search is offered. What is None is left to the provider."""

    live: bool
    """Whether it may fetch pages now; else it answers from what was indexed."""
    context_size: Literal["low", "medium", "high"] | None = None
    allowed_domains: tuple[str, ...] | None = None
    location: tuple[tuple[str, str], ...] | None = None
    """Pairs of `country`, `region`, `city`, `timezone` and what is known of each."""


class McpTool(NamedTuple):
    """A tool of an MCP server, as the server lists it."""

    name: str
    description: str
    input_schema: JsonValue
    title: str | None = None
    annotations: JsonValue = None
    """Hints on what it does, which decide whether a user is asked first."""
    meta: Mapping[str, JsonValue] = MappingProxyType({})
    """What the server says of it to programs."""
    app: "App | None" = None
    """The app that it belongs to."""

    @classmethod
    def listed(cls, tool: JsonObject) -> "McpTool":
        """A tool from what its server says of it."""
        title, meta = tool.get("title"), tool.get("_meta")
        return cls(
            name=str(tool["name"]),
            description=str(tool.get("description") or ""),
            input_schema=tool.get("inputSchema"),
            title=title if isinstance(title, str) else None,
            annotations=tool.get("annotations"),
            meta=meta if isinstance(meta, dict) else {},
        )


class McpServer(NamedTuple):
    """A server that is ready, by its name in the configuration."""

    name: str
    instructions: str | None
    tools: tuple[McpTool, ...]
    parallel: bool = False
    """Whether calls of its tools may run beside others."""
    withheld: tuple[McpTool, ...] = ()
    """Tools that no model is told of; the others have the names that they would have beside them."""


class ToolContext(NamedTuple):
    """The facts of one turn; built once for it."""

    model: ModelInfo
    features: Mapping[str, bool]
    environments: int = 1
    """How many places there are to run commands in."""
    allow_login_shell: bool = True
    ephemeral: bool = False
    web_search: WebSearch | None = None
    """None: not offered."""
    chatgpt_login: bool = False
    """Whether the requests of the turn go out with a ChatGPT login."""
    may_spawn_agents: bool = True
    """False at the depth where agents have no agents of their own."""
    agent_roles: tuple[tuple[str, str], ...] = ()
    """The user's own kinds of agent, and what is said of each."""
    mcp_configured: bool = False
    mcp_servers: tuple[McpServer, ...] = ()
    called_apps: frozenset[str] = frozenset()
    """The ids of apps that the user called by name: their tools need not be searched for."""
    dynamic_tools: tuple[DynamicTool, ...] = ()
    namespaces: bool = True
    """Whether the provider takes tools in namespaces."""

    def has(self, feature: str) -> bool:
        """Whether a feature is on."""
        return self.features.get(feature, False)
