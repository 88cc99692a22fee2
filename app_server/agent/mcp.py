"""The MCP servers of a session: made from its configuration, shown to its clients, offered to its turns."""

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread

from app_server.agent.waiting import ask_clients
from app_server.config.config import Config
from app_server.config.mcp_approval import approve_tool
from app_server.config.permissions import GranularApproval
from app_server.http.client import HttpClient
from app_server.mcp.errors import McpError
from app_server.mcp.oauth.storage import Logins
from app_server.mcp.servers import Change, ThreadServers
from app_server.mcp.settings import (
    ACCOUNT_SERVER,
    ApprovalMode,
    ServerSettings,
    brought_settings,
    server_settings,
)
from app_server.mcp.world import World
from app_server.prompt.context import TurnContext
from app_server.tools.call import Unanswered, UnreadableAnswer
from app_server.tools.context import McpServer, McpTool
from app_server.tools.mcp_turn import McpTurn
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.agent.session import Session
    from app_server.apps.hosted import HostedApps
    from app_server.mcp.connection import Connection

logger = logging.getLogger("app_server.agent")

FIRST_TURN_SECONDS: Final = 0.5
"""How long after their start servers may keep a turn waiting; what comes later joins its later requests."""


class RequiredServersError(Exception):
    """A thread cannot be without a server that did not start."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__(f"required MCP servers failed to initialize: {'; '.join(failures)}")


def configured_servers(config: Config, apps: "HostedApps | None" = None) -> tuple[ServerSettings, ...]:
    """The servers that a thread with this configuration has, those that are turned off included.

    Those of plugins come after all that the configuration has, under names that it leaves free. The server of
    the account's apps has a name of its own, which no other can have. Blocks, where there are plugins.
    """
    own = [one for one in server_settings(config.table("mcp_servers")) if one.name != ACCOUNT_SERVER]
    hosted = None if apps is None else apps.server(config)
    own += [] if hosted is None else [hosted]
    if not config.has_plugins:
        return tuple(sorted(own, key=lambda one: one.name))
    from app_server.plugins.brought import brought_servers  # few threads have any

    taken = {ACCOUNT_SERVER, *(one.name for one in own)}
    brought = (
        brought_settings(one.name, one.table, one.plugin_id)
        for one in brought_servers(config)
        if one.name not in taken
    )
    every = [*own, *(one for one in brought if one is not None)]
    return tuple(sorted(every, key=lambda one: one.name))


def app_plugins(config: Config) -> dict[str, tuple[str, ...]]:
    """The names of the plugins that bring an app, by its id. Blocks, where there are plugins."""
    if not config.has_plugins:
        return {}
    from app_server.plugins.brought import brought_apps  # as above

    return brought_apps(config)


def logins_of(config: Config) -> Logins:
    """Where the configuration has logins to servers kept."""
    return Logins(config.codex_home, str(config.values.get("mcp_oauth_credentials_store") or "auto"))


async def attach_servers(session: "Session", env: "dict[str, str]", http: HttpClient) -> None:
    """Give the session its servers; they start when `run` of `session.mcp` does."""
    world = World(
        session.settings.cwd,
        env,
        http,
        partial(_elicit, session),
        logins=logins_of(session.config),
        account=session.apps,
    )
    if session.config.has_plugins:
        settings = await anyio.to_thread.run_sync(configured_servers, session.config, session.apps)
        if session.apps is not None:
            session.app_plugins = await anyio.to_thread.run_sync(app_plugins, session.config)
    else:
        settings = configured_servers(session.config, session.apps)
    session.mcp = ThreadServers(settings, world, partial(_tell, session))
    session.mcp.begin()


def first_turn_seconds(config: Config) -> float:
    """How long servers that are still starting may keep a turn waiting."""
    configured = config.table("mcp").get("first_turn_wait_ms")
    return configured / 1000 if isinstance(configured, int) else FIRST_TURN_SECONDS


def offered_servers(session: "Session") -> tuple[McpServer, ...]:
    """What the servers offer to a model."""
    return tuple(_offered(session, one) for one in session.mcp.offering)


def _offered(session: "Session", connection: "Connection") -> McpServer:
    withheld: tuple[McpTool, ...] = ()
    if connection.name == ACCOUNT_SERVER:
        from app_server.agent.apps import app_tools  # few threads have any

        tools, withheld = app_tools(session, connection.tools)
    else:
        tools = tuple(map(McpTool.listed, connection.tools))
    return McpServer(connection.name, connection.instructions, tools, connection.settings.parallel, withheld)


def mcp_turn(session: "Session", context: TurnContext, started_ms: int | None) -> McpTurn:
    """The servers as a turn with these settings may use them."""
    full_access = context.sandbox.mode == "danger-full-access"
    metadata: JsonObject = {
        "session_id": session.session_id,
        "thread_id": session.thread_id,
        "turn_id": context.turn_id,
        "sandbox": "none",
        "turn_started_at_unix_ms": started_ms,
        "model": context.model.slug,
        "reasoning_effort": context.effort or context.model.default_effort,
    }
    return McpTurn(
        servers=session.mcp,
        policy=context.approval_policy,
        full_access=full_access,
        metadata={key: value for key, value in metadata.items() if value is not None},
        approval_of=partial(_approval_of, session),
        always_approve=partial(_always_approve, session),
        upload=partial(_upload, session),
    )


def _approval_of(session: "Session", server: str, tool: McpTool) -> ApprovalMode:
    if tool.app is None:
        return session.mcp.get(server).settings.approval_of(tool.name)
    from app_server.apps.switches import app_switches  # few threads have apps

    return app_switches(session.config).approval_of(tool.app.id, tool.name, tool.title)


async def _upload(session: "Session", path: Path) -> JsonObject:
    """Only an app's tool has files, and only an account has apps."""
    assert session.apps is not None  # noqa: S101 - see above
    return await session.apps.upload(path, session.config)


async def _always_approve(session: "Session", server: str, tool: McpTool) -> None:
    file = session.config.codex_home / "config.toml"
    table = ("mcp_servers", server) if tool.app is None else ("apps", tool.app.id)
    try:
        await anyio.to_thread.run_sync(approve_tool, file, table, tool.name)
    except Exception as error:  # noqa: BLE001 - the call was approved all the same
        session.warn(f"That {server}/{tool.name} needs no approval could not be written down: {error}")


def _tell(session: "Session", change: Change) -> None:
    from protocol.mcp import McpServerStatusUpdatedNotification  # only threads with servers tell of them

    session.sink.emit(
        McpServerStatusUpdatedNotification(
            thread_id=session.thread_id,
            name=change.name,
            status=change.state,
            error=change.error,
            failure_reason="reauthenticationRequired" if change.needs_login else None,
        )
    )


async def _elicit(session: "Session", server: str, params: JsonObject) -> JsonObject:
    """Put a server's question to the thread's clients; it gets the user's answer (tools.md §9.4)."""
    from app_server.agent.elicitation import question_of  # many types, for what most servers never do

    policy = session.settings.approval_policy
    closed = isinstance(policy, GranularApproval) and not policy.mcp_elicitations
    if policy == "never" or closed:
        if policy == "never" and session.settings.sandbox.mode == "danger-full-access" and _is_empty(params):
            return {"action": "accept", "content": {}}
        return {"action": "decline"}
    try:
        question = question_of(params, session.thread_id, session.turn_id, server)
        answer = await ask_clients(session, "mcpServer/elicitation/request", question)
    except (Unanswered, UnreadableAnswer, McpError) as error:
        logger.debug("a question of the MCP server %s got no answer: %s", server, error)
        return {"action": "decline"}
    reply = answer.to_wire()
    return {key: reply[key] for key in ("action", "content") if reply.get(key) is not None}


def _is_empty(params: JsonObject) -> bool:
    """Whether the form has nothing to fill in."""
    schema = params.get("requestedSchema")
    return isinstance(schema, dict) and not schema.get("properties")
