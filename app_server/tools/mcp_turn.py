"""What a turn's calls of MCP servers share."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

from app_server.config.permissions import ApprovalPolicy
from app_server.mcp.servers import ThreadServers
from app_server.mcp.settings import ApprovalMode
from app_server.tools.context import McpTool
from protocol.wire import JsonObject


class McpTurn(NamedTuple):
    """The servers as a turn may use them."""

    servers: ThreadServers
    policy: ApprovalPolicy
    full_access: bool
    """Whether commands of the turn run without a sandbox."""
    metadata: JsonObject
    """What servers are told of the turn."""
    approval_of: Callable[[str, McpTool], ApprovalMode]
    """How calls of a server's tool are approved."""
    always_approve: Callable[[str, McpTool], Awaitable[None]]
    """Writes into the configuration that a server's tool needs no approval."""
    upload: Callable[[Path], Awaitable[JsonObject]]
    """Gives the account's backend a file: from its path to what an app's tool takes. Raises UploadError."""
