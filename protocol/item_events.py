"""How items come to be: started, growing, completed."""

from protocol.item import ThreadItem
from protocol.item_parts import FileUpdateChange
from protocol.wire import I64, U64, ResponseItemJson, WireModel, omitted


class AgentMessageDeltaNotification(WireModel):
    """`item/agentMessage/delta`: more text of the agent."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class CommandExecutionOutputDeltaNotification(WireModel):
    """`item/commandExecution/outputDelta`: more output of a command."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class FileChangeOutputDeltaNotification(WireModel):
    """`item/fileChange/outputDelta`: more output of applying a change."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


class FileChangePatchUpdatedNotification(WireModel):
    """`item/fileChange/patchUpdated`: the change as far as the model has written it."""

    thread_id: str
    turn_id: str
    item_id: str
    changes: list[FileUpdateChange]


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


class McpToolCallProgressNotification(WireModel):
    """`item/mcpToolCall/progress`: a word of the tool while it runs."""

    thread_id: str
    turn_id: str
    item_id: str
    message: str


class PlanDeltaNotification(WireModel):
    """`item/plan/delta`: more of the plan."""

    thread_id: str
    turn_id: str
    item_id: str
    delta: str


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


class TerminalInteractionNotification(WireModel):
    """`item/commandExecution/terminalInteraction`: the model typed into a process."""

    thread_id: str
    turn_id: str
    item_id: str
    process_id: str
    stdin: str
    """What it typed; empty when it only looked."""


class RawResponseItemCompletedNotification(WireModel):
    """`rawResponseItem/completed`: a model-visible item as it went up- or downstream, unchanged.

    Sent only to threads that were started with `experimentalRawEvents`.
    """

    thread_id: str
    turn_id: str
    item: ResponseItemJson
