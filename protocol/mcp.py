"""mcp"""

from typing import Literal

from protocol.wire import I64, U32, JsonObject, JsonValue, Part, WireModel, omitted, spelled

McpServerStatusDetail = Literal["full", "toolsAndAuthOnly"]


class ListMcpServerStatusParams(WireModel):
    """ListMcpServerStatusParams."""

    cursor: str | None = None
    limit: U32 | None = None
    detail: McpServerStatusDetail | None = None
    thread_id: str | None = None
    server_name: str | None = None


McpAuthStatus = Literal["unknown", "unsupported", "notLoggedIn", "bearerToken", "oAuth"]

McpServerConnectionStatus = Literal[
    "notStarted",
    "starting",
    "connected",
    "authenticationRequired",
    "failed",
    "cancelled",
    "disabled",
]


class McpServerInfo(WireModel):
    """McpServerInfo."""

    name: str
    title: str | None = None
    version: str
    description: str | None = None
    icons: list[JsonValue] | None = None
    website_url: str | None = None


class Resource(WireModel):
    """Resource."""

    annotations: JsonValue = omitted()
    description: str | None = omitted()
    mime_type: str | None = omitted()
    name: str
    size: I64 | None = omitted()
    title: str | None = omitted()
    uri: str
    icons: list[JsonValue] | None = omitted()
    meta: JsonValue = omitted("_meta")


class ResourceTemplate(WireModel):
    """ResourceTemplate."""

    annotations: JsonValue = omitted()
    uri_template: str
    name: str
    title: str | None = omitted()
    description: str | None = omitted()
    mime_type: str | None = omitted()


class Tool(WireModel):
    """Tool."""

    name: str
    title: str | None = omitted()
    description: str | None = omitted()
    input_schema: JsonValue
    output_schema: JsonValue = omitted()
    annotations: JsonValue = omitted()
    icons: list[JsonValue] | None = omitted()
    meta: JsonValue = omitted("_meta")


class McpServerStatus(WireModel):
    """McpServerStatus."""

    name: str
    runtime_status: McpServerConnectionStatus | None = None
    plugin_id: str | None = None
    http_origin: str | None = None
    server_info: McpServerInfo | None = None
    server_capabilities: JsonValue = None
    tool_list_meta: JsonValue = None
    tools: dict[str, Tool]
    tools_error: str | None = None
    resources: list[Resource]
    resource_templates: list[ResourceTemplate]
    auth_status: McpAuthStatus


class ListMcpServerStatusResponse(WireModel):
    """ListMcpServerStatusResponse."""

    data: list[McpServerStatus]
    next_cursor: str | None = None


class McpResourceReadTarget(WireModel):
    """McpResourceReadTarget."""

    connector_id: str
    link_id: str | None


class McpResourceReadParams(WireModel):
    """McpResourceReadParams."""

    meta: JsonObject | None = spelled("_meta", default=None)
    thread_id: str | None = None
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
    """McpResourceReadResponse."""

    contents: list[ResourceContent]
    origin_call_id: str | None = None


McpServerOauthClientRegistration = Literal["auto", "cimd", "dcr"]


class McpServerOauthLoginCompletedNotification(WireModel):
    """McpServerOauthLoginCompletedNotification."""

    name: str
    thread_id: str | None = None
    login_id: str | None = omitted()
    success: bool
    error: str | None = omitted()


class McpServerOauthLoginParams(WireModel):
    """McpServerOauthLoginParams."""

    name: str
    thread_id: str | None = None
    client_registration: McpServerOauthClientRegistration | None = None
    scopes: list[str] | None = None
    timeout_secs: I64 | None = None


class McpServerOauthLoginResponse(WireModel):
    """McpServerOauthLoginResponse."""

    authorization_url: str
    login_id: str | None = omitted()


class McpServerRefreshResponse(WireModel):
    """McpServerRefreshResponse."""


McpServerStartupFailureReason = Literal["reauthenticationRequired"]

McpServerStartupState = Literal["starting", "ready", "failed", "cancelled"]


class McpServerStatusUpdatedNotification(WireModel):
    """McpServerStatusUpdatedNotification."""

    thread_id: str | None = None
    name: str
    status: McpServerStartupState
    error: str | None = None
    failure_reason: McpServerStartupFailureReason | None = None


class McpServerToolCallParams(WireModel):
    """McpServerToolCallParams."""

    thread_id: str
    server: str
    tool: str
    arguments: JsonValue = None
    meta: JsonValue = spelled("_meta", default=None)


class McpServerToolCallResponse(WireModel):
    """McpServerToolCallResponse."""

    content: list[JsonValue]
    structured_content: JsonValue = omitted()
    is_error: bool | None = omitted()
    meta: JsonValue = omitted("_meta")
