"""initialize"""

from protocol.wire import AbsolutePathText, JsonObject, WireModel


class ClientInfo(WireModel):
    """ClientInfo."""

    name: str
    title: str | None = None
    version: str


class InitializeCapabilities(WireModel):
    """InitializeCapabilities."""

    required_human_approval: bool = False
    explicit_gateway_oauth: bool = False
    experimental_api: bool = False
    request_attestation: bool = False
    mcp_server_openai_form_elicitation: bool = False
    opt_out_notification_methods: list[str] | None = None
    extensions: JsonObject | None = None


class InitializeParams(WireModel):
    """InitializeParams."""

    client_info: ClientInfo
    capabilities: InitializeCapabilities | None = None


class InitializeResponse(WireModel):
    """InitializeResponse."""

    user_agent: str
    codex_home: AbsolutePathText
    platform_family: str
    platform_os: str
