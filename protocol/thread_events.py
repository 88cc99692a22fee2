"""Threads that begin, what they are doing, and what they have used."""

from protocol.thread import Thread, ThreadStatus
from protocol.wire import I64, WireModel


class ThreadStartedNotification(WireModel):
    """`thread/started`: a new thread, to everybody."""

    thread: Thread


class ThreadStatusChangedNotification(WireModel):
    """`thread/status/changed`."""

    thread_id: str
    status: ThreadStatus


class TokenUsageBreakdown(WireModel):
    """Tokens by kind."""

    total_tokens: I64
    input_tokens: I64
    cached_input_tokens: I64
    """Of the input, those that the provider had already."""
    cache_write_input_tokens: I64 = 0
    """Of the input, those that the provider keeps."""
    output_tokens: I64
    reasoning_output_tokens: I64
    """Of the output, those spent on thinking."""


class ThreadTokenUsage(WireModel):
    """Tokens of a thread."""

    total: TokenUsageBreakdown
    """Of all responses."""
    last: TokenUsageBreakdown
    """Of the last response."""
    model_context_window: I64 | None = None
    """What can be used of the model's window, in tokens."""


class ThreadTokenUsageUpdatedNotification(WireModel):
    """`thread/tokenUsage/updated`."""

    thread_id: str
    turn_id: str
    token_usage: ThreadTokenUsage
