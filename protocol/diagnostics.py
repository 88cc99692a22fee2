"""diagnostics"""

from protocol.wire import U32, U64, WireModel


class ServerDiagnosticsGauge(WireModel):
    """ServerDiagnosticsGauge."""

    name: str
    value: U64


class ServerDiagnosticsParams(WireModel):
    """ServerDiagnosticsParams."""


class ServerDiagnosticsProcess(WireModel):
    """ServerDiagnosticsProcess."""

    id: U32
    resident_memory_bytes: U64 | None = None
    physical_footprint_bytes: U64 | None = None


class ServerDiagnosticsResponse(WireModel):
    """ServerDiagnosticsResponse."""

    process: ServerDiagnosticsProcess
    gauges: list[ServerDiagnosticsGauge]
