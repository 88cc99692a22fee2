"""`server/diagnostics`: figures about the process, never content."""

from protocol.wire import U32, U64, WireModel


class ServerDiagnosticsGauge(WireModel):
    """One figure."""

    name: str
    value: U64


class ServerDiagnosticsParams(WireModel):
    """`server/diagnostics`."""


class ServerDiagnosticsProcess(WireModel):
    """The process."""

    id: U32
    resident_memory_bytes: U64 | None = None
    physical_footprint_bytes: U64 | None = None


class ServerDiagnosticsResponse(WireModel):
    """The figures."""

    process: ServerDiagnosticsProcess
    gauges: list[ServerDiagnosticsGauge]
