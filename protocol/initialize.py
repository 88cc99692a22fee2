"""The handshake: who the client is, what it can do, and who answers (connection.md §2)."""

from protocol.wire import AbsolutePathText, JsonObject, WireModel


class ClientInfo(WireModel):
    """The program on the other side."""

    name: str
    """Becomes the originator and part of the user agent, so it must be a legal HTTP header value."""
    title: str | None = None
    """For people to read; the server makes no use of it."""
    version: str
    """Free text."""


class InitializeCapabilities(WireModel):
    """What the client can do or wants. Whatever is absent is off."""

    required_human_approval: bool = False
    """The client shows approvals that no reviewer but a person may decide."""
    explicit_gateway_oauth: bool = False
    """The client logs in to a gateway by its own calls, not by a browser that the server opens."""
    experimental_api: bool = False
    """Opens the experimental methods and fields, and lets experimental notifications through."""
    request_attestation: bool = False
    """The client answers `attestation/generate`."""
    mcp_server_openai_form_elicitation: bool = False
    """The client draws the forms that go beyond MCP."""
    opt_out_notification_methods: list[str] | None = None
    """Exact names of notifications that this connection never gets; unknown names do no harm."""
    extensions: JsonObject | None = None
    """Free-form; unknown members are ignored."""


class InitializeParams(WireModel):
    """`initialize`, the first request of every connection."""

    client_info: ClientInfo
    capabilities: InitializeCapabilities | None = None
    """Absent or null: everything is off."""


class InitializeResponse(WireModel):
    """The server introduces itself."""

    user_agent: str
    """What goes upstream as `User-Agent`; SDKs read the server's version from it."""
    codex_home: AbsolutePathText
    """Absolute and canonical."""
    platform_family: str
    """`unix` or `windows`."""
    platform_os: str
    """Such as `linux`, `macos`, `windows`."""
