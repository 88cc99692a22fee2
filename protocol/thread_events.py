"""thread_events"""

from protocol.thread import Thread, ThreadStatus
from protocol.wire import I64, WireModel, omitted


class ContextCompactedNotification(WireModel):
    """ContextCompactedNotification."""

    thread_id: str
    turn_id: str


class ThreadArchivedNotification(WireModel):
    """ThreadArchivedNotification."""

    thread_id: str


class ThreadClosedNotification(WireModel):
    """ThreadClosedNotification."""

    thread_id: str


class ThreadDeletedNotification(WireModel):
    """ThreadDeletedNotification."""

    thread_id: str


class ThreadNameUpdatedNotification(WireModel):
    """ThreadNameUpdatedNotification."""

    thread_id: str
    thread_name: str | None = omitted()


class ThreadRevertedNotification(WireModel):
    """ThreadRevertedNotification."""

    thread_id: str


class ThreadStartedNotification(WireModel):
    """ThreadStartedNotification."""

    thread: Thread


class ThreadStatusChangedNotification(WireModel):
    """ThreadStatusChangedNotification."""

    thread_id: str
    status: ThreadStatus


class TokenUsageBreakdown(WireModel):
    """TokenUsageBreakdown."""

    total_tokens: I64
    input_tokens: I64
    cached_input_tokens: I64
    cache_write_input_tokens: I64 = False
    output_tokens: I64
    reasoning_output_tokens: I64


class ThreadTokenUsage(WireModel):
    """ThreadTokenUsage."""

    total: TokenUsageBreakdown
    last: TokenUsageBreakdown
    model_context_window: I64 | None = None


class ThreadTokenUsageUpdatedNotification(WireModel):
    """ThreadTokenUsageUpdatedNotification."""

    thread_id: str
    turn_id: str
    token_usage: ThreadTokenUsage


class ThreadUnarchivedNotification(WireModel):
    """ThreadUnarchivedNotification."""

    thread_id: str
