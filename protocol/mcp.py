"""MCP servers: state, tools, resources, logins (services.md §8)."""

from typing import Annotated, Literal

from protocol.wire import I64, U32, Dated, JsonObject, JsonValue, Part, WireModel, omitted, spelled

McpServerStatusDetail = Literal["full", "toolsAndAuthOnly"]
"""How much is wanted."""


class ListMcpServerStatusParams(WireModel):
    """`mcpServerStatus/list`."""

    cursor: str | None = None
    limit: U32 | None = None
    """Absent: all."""
    detail: McpServerStatusDetail | None = None
    thread_id: str | None = None
    server_name: str | None = None


McpAuthStatus = Annotated[
    Literal["unknown", "unsupported", "notLoggedIn", "bearerToken", "oAuth"],
    Dated(new=("unknown",), instead="unsupported"),
]
"""Whether a login is needed and there."""

McpServerConnectionStatus = Literal[
    "notStarted",
    "starting",
    "connected",
    "authenticationRequired",
    "failed",
    "cancelled",
    "disabled",
]
"""What a server is doing."""


class McpServerInfo(WireModel):
    """What a server says of itself."""

    name: str
    title: str | None = None
    version: str
    description: str | None = None
    icons: list[JsonValue] | None = None
    website_url: str | None = None


class Resource(WireModel):
    """A resource, as MCP has it."""

    annotations: JsonValue = omitted()
    description: str | None = omitted()
    mime_type: str | None = omitted()
    name: str
    size: I64 | None = omitted()
    """In bytes."""
    title: str | None = omitted()
    uri: str
    icons: list[JsonValue] | None = omitted()
    meta: JsonValue = omitted("_meta")


class ResourceTemplate(WireModel):
    """A pattern of resources, as MCP has it."""

    annotations: JsonValue = omitted()
    uri_template: str
    """After RFC 6570."""
    name: str
    title: str | None = omitted()
    description: str | None = omitted()
    mime_type: str | None = omitted()


class Tool(WireModel):
    """A tool, as MCP has it."""

    name: str
    title: str | None = omitted()
    description: str | None = omitted()
    input_schema: JsonValue
    output_schema: JsonValue = omitted()
    annotations: JsonValue = omitted()
    icons: list[JsonValue] | None = omitted()
    meta: JsonValue = omitted("_meta")


class McpServerStatus(WireModel):
    """A server and what it offers."""

    name: str
    runtime_status: McpServerConnectionStatus | None = None
    plugin_id: str | None = None
    http_origin: str | None = None
    server_info: McpServerInfo | None = None
    server_capabilities: JsonValue = None
    tool_list_meta: JsonValue = None
    tools: dict[str, Tool]
    """By name."""
    tools_error: str | None = None
    resources: list[Resource]
    resource_templates: list[ResourceTemplate]
    auth_status: McpAuthStatus


class ListMcpServerStatusResponse(WireModel):
    """A page of servers."""

    data: list[McpServerStatus]
    next_cursor: str | None = None


class McpResourceReadTarget(WireModel):
    """The account of an app that is asked."""

    connector_id: str
    link_id: str | None


class McpResourceReadParams(WireModel):
    """`mcpServer/resource/read`."""

    meta: Annotated[JsonObject | None, spelled("_meta")] = None
    thread_id: str | None = None
    """Absent: outside of any thread."""
    origin_call_id: str | None = None
    server: str
    uri: str
    connector_id: str | None = None
    target: McpResourceReadTarget | None = None


class TextResourceContent(Part):
    """A resource that is text."""

    uri: str
    mime_type: str | None = omitted()
    text: str
    meta: JsonValue = omitted("_meta")


class BlobResourceContent(Part):
    """A resource that is bytes."""

    uri: str
    mime_type: str | None = omitted()
    blob: str
    """Base64."""
    meta: JsonValue = omitted("_meta")


ResourceContent = TextResourceContent | BlobResourceContent
"""What an MCP server returns for one URI, as the MCP protocol has it."""


class McpResourceReadResponse(WireModel):
    """What was read."""

    contents: list[ResourceContent]
    origin_call_id: str | None = None


McpServerOauthClientRegistration = Literal["auto", "cimd", "dcr"]
"""How we make ourselves known to the issuer."""


class McpServerOauthLoginCompletedNotification(WireModel):
    """`mcpServer/oauthLogin/completed`."""

    name: str
    thread_id: str | None = None
    login_id: str | None = omitted()
    success: bool
    error: str | None = omitted()


class McpServerOauthLoginParams(WireModel):
    """`mcpServer/oauth/login`."""

    name: str
    thread_id: str | None = None
    client_registration: McpServerOauthClientRegistration | None = None
    scopes: list[str] | None = None
    timeout_secs: I64 | None = None


class McpServerOauthLoginResponse(WireModel):
    """The client is to open the address."""

    authorization_url: str
    login_id: str | None = omitted()


class McpServerRefreshResponse(WireModel):
    """Empty."""


McpServerStartupFailureReason = Literal["reauthenticationRequired"]
"""Why it failed, where the client can help."""

McpServerStartupState = Literal["starting", "ready", "failed", "cancelled"]
"""How far a start is."""


class McpServerStatusUpdatedNotification(WireModel):
    """`mcpServer/startupStatus/updated`."""

    thread_id: str | None = None
    name: str
    status: McpServerStartupState
    error: str | None = None
    failure_reason: McpServerStartupFailureReason | None = None


class McpServerToolCallParams(WireModel):
    """`mcpServer/tool/call`: a call by the client itself."""

    thread_id: str
    server: str
    tool: str
    arguments: JsonValue = None
    meta: Annotated[JsonValue, spelled("_meta")] = None


class McpServerToolCallResponse(WireModel):
    """What the tool returned, as MCP has it."""

    content: list[JsonValue]
    structured_content: JsonValue = omitted()
    is_error: bool | None = omitted()
    meta: JsonValue = omitted("_meta")
