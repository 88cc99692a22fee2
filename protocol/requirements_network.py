"""Demands on the network, the telemetry, and applications."""

from typing import Annotated, Literal

from protocol.wire import (
    U16,
    AppPath,
    Dated,
    OneKey,
    Part,
    USize,
    Variants,
    VerbatimModel,
    WireModel,
    spelled,
)

NetworkDomainPermission = Literal["allow", "deny"]
"""Whether a domain may be reached."""


class ApplicationNetworkRequirements(WireModel):
    """What applications may reach."""

    enabled: bool
    domains: dict[str, NetworkDomainPermission]


class ApplicationStorageRequirements(WireModel):
    """Where applications may keep things."""

    default_project_parent: AppPath | None = None
    projectless_workspace_root: AppPath | None = None


class ApplicationRequirements(WireModel):
    """Demands on applications."""

    network: ApplicationNetworkRequirements | None = None
    storage: ApplicationStorageRequirements | None = None


NetworkUnixSocketPermission = Annotated[
    Literal["allow", "deny", "none"],
    Dated(new=("deny",), old=("none",), instead={"deny": "none", "none": "deny"}),
]
"""Whether a unix socket may be used."""


class NetworkRequirements(WireModel):
    """Demands on the proxy that sandboxed commands go through."""

    enabled: bool | None = None
    http_port: U16 | None = None
    socks_port: U16 | None = None
    allow_upstream_proxy: bool | None = None
    dangerously_allow_non_loopback_proxy: bool | None = None
    dangerously_allow_all_unix_sockets: bool | None = None
    domains: dict[str, NetworkDomainPermission] | None = None
    """Domain or pattern → rule."""
    review_domains: list[str] | None = None
    managed_allowed_domains_only: bool | None = None
    allowed_domains: list[str] | None = None
    """The older form of `domains`."""
    denied_domains: list[str] | None = None
    """The older form of `domains`."""
    unix_sockets: dict[str, NetworkUnixSocketPermission] | None = None
    """Path → rule."""
    allow_unix_sockets: list[str] | None = None
    """The older form of `unixSockets`."""
    allow_local_binding: bool | None = None


OtelHttpProtocol = Literal["binary", "json"]
"""The encoding of telemetry over HTTP."""


class OtelTlsConfig(WireModel):
    """Certificates for the way to the collector. Keys are in kebab-case."""

    ca_certificate: Annotated[str | None, spelled("ca-certificate")] = None
    client_certificate: Annotated[str | None, spelled("client-certificate")] = None
    client_private_key: Annotated[str | None, spelled("client-private-key")] = None


class OtlpHttp(Part):
    """OTLP over HTTP."""

    endpoint: str
    headers: dict[str, str]
    protocol: OtelHttpProtocol
    tls: OtelTlsConfig | None = None


class OtlpHttpOtelExporter(OneKey):
    """`{"otlp-http": {…}}`."""

    otlp_http: Annotated[OtlpHttp, spelled("otlp-http")]


class OtlpGrpc(Part):
    """OTLP over gRPC."""

    endpoint: str
    headers: dict[str, str]
    tls: OtelTlsConfig | None = None


class OtlpGrpcOtelExporter(OneKey):
    """`{"otlp-grpc": {…}}`."""

    otlp_grpc: Annotated[OtlpGrpc, spelled("otlp-grpc")]


OtelExporter = Annotated[
    Literal["none", "statsig"] | OtlpHttpOtelExporter | OtlpGrpcOtelExporter,
    Variants("OtelExporter", "none", "statsig", "otlp-http", "otlp-grpc"),
]
"""Where telemetry is sent."""


class OtelToolResultLogConfig(VerbatimModel):
    """How much of a tool's result is logged."""

    max_bytes: USize


class OtelRequirements(VerbatimModel):
    """Demands on telemetry."""

    tool_result: OtelToolResultLogConfig | None = None
    log_sse_deltas: bool | None = None
    log_user_prompt: bool | None = None
    log_agent_responses: bool | None = None
    log_guardian_assessments: bool | None = None
    environment: str | None = None
    exporter: OtelExporter | None = None
    trace_exporter: OtelExporter | None = None
    metrics_exporter: OtelExporter | None = None
    span_attributes: dict[str, str] | None = None
    tracestate: dict[str, dict[str, str]] | None = None
