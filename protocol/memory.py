"""What is kept of threads for later ones."""

from protocol.wire import U32, WireModel


class MemoryResetResponse(WireModel):
    """Empty."""


class MemoryStatusParams(WireModel):
    """`memory/status`."""

    min_consolidated_threads: U32 | None = None


class MemoryStatusResponse(WireModel):
    """How much there is."""

    v2_consolidated_threads: U32
    v2_ready: bool
