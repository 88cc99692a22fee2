"""The threads that are in memory."""

from protocol.wire import U32, WireModel


class ThreadLoadedListParams(WireModel):
    """`thread/loaded/list`."""

    cursor: str | None = None
    limit: U32 | None = None
    """Absent: all."""


class ThreadLoadedListResponse(WireModel):
    """Ids of the threads in memory, ascending."""

    data: list[str]
    next_cursor: str | None = None
