"""How items come to be: started, growing as the model speaks, completed."""

from protocol.item import ThreadItem
from protocol.wire import I64, U64, WireModel, omitted


class AgentMessageDeltaNotification(WireModel):
    """`item/agentMessage/delta`: more text of the agent."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class ItemCompletedNotification(WireModel):
    """`item/completed`: the item as it stays."""

    item: ThreadItem
    thread_id: str
    turn_id: str
    content_token_count: U64 | None = omitted()
    """Left out when the provider does not tell."""
    completed_at_ms: I64
    """Unix milliseconds."""


class ItemStartedNotification(WireModel):
    """`item/started`."""

    item: ThreadItem
    thread_id: str
    turn_id: str
    started_at_ms: I64
    """Unix milliseconds."""


class ReasoningSummaryPartAddedNotification(WireModel):
    """`item/reasoning/summaryPartAdded`: a part of the summary begins."""

    thread_id: str
    turn_id: str
    item_id: str
    summary_index: I64


class ReasoningSummaryTextDeltaNotification(WireModel):
    """`item/reasoning/summaryTextDelta`: more of a part of the summary."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str
    summary_index: I64
    """The part that it belongs to."""


class ReasoningTextDeltaNotification(WireModel):
    """`item/reasoning/textDelta`: more of the raw thoughts."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str
    content_index: I64
    """The part that it belongs to."""
