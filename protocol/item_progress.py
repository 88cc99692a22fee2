"""What else is told of items while they grow."""

from protocol.item_parts import FileUpdateChange
from protocol.wire import ResponseItemJson, WireModel


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
