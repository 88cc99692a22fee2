"""item_events"""

from protocol.item import ThreadItem
from protocol.item_parts import FileUpdateChange
from protocol.wire import I64, U64, ResponseItemJson, WireModel, omitted


class AgentMessageDeltaNotification(WireModel):
    """AgentMessageDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class CommandExecutionOutputDeltaNotification(WireModel):
    """CommandExecutionOutputDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class FileChangeOutputDeltaNotification(WireModel):
    """FileChangeOutputDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class FileChangePatchUpdatedNotification(WireModel):
    """FileChangePatchUpdatedNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    changes: list[FileUpdateChange]


class ItemCompletedNotification(WireModel):
    """ItemCompletedNotification."""

    item: ThreadItem
    thread_id: str
    turn_id: str
    content_token_count: U64 | None = omitted()
    completed_at_ms: I64


class ItemStartedNotification(WireModel):
    """ItemStartedNotification."""

    item: ThreadItem
    thread_id: str
    turn_id: str
    started_at_ms: I64


class McpToolCallProgressNotification(WireModel):
    """McpToolCallProgressNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    message: str


class PlanDeltaNotification(WireModel):
    """PlanDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class ReasoningSummaryPartAddedNotification(WireModel):
    """ReasoningSummaryPartAddedNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    summary_index: I64


class ReasoningSummaryTextDeltaNotification(WireModel):
    """ReasoningSummaryTextDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str
    summary_index: I64


class ReasoningTextDeltaNotification(WireModel):
    """ReasoningTextDeltaNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str
    content_index: I64


class TerminalInteractionNotification(WireModel):
    """TerminalInteractionNotification."""

    thread_id: str
    turn_id: str
    item_id: str
    process_id: str
    stdin: str


class RawResponseItemCompletedNotification(WireModel):
    """`rawResponseItem/completed`: a model-visible item as it went up- or downstream, unchanged.

    Sent only to threads that were started with `experimentalRawEvents`.
    """

    thread_id: str
    turn_id: str
    item: ResponseItemJson
