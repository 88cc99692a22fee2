"""memory"""

from protocol.wire import U32, WireModel


class MemoryResetResponse(WireModel):
    """MemoryResetResponse."""


class MemoryStatusParams(WireModel):
    """MemoryStatusParams."""

    min_consolidated_threads: U32 | None = None


class MemoryStatusResponse(WireModel):
    """MemoryStatusResponse."""

    v2_consolidated_threads: U32
    v2_ready: bool
