"""Pages of a thread's turns and items."""

from typing import Annotated, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from protocol.errors import TurnError
from protocol.item import ThreadItem
from protocol.thread import SortDirection
from protocol.turn import Turn, TurnItemsView, TurnStatus
from protocol.wire import (
    I64,
    U32,
    U64,
    Experimental,
    JsonValue,
    VerbatimModel,
    WireModel,
    omitted_false,
    to_camel,
)


class ThreadItemEntry(WireModel):
    """An item and where it stands."""

    turn_id: str
    item: ThreadItem
    output_deferred: Experimental[bool] = omitted_false()
    """True: its output was left out."""
    started_at_ms: I64 | None = None
    """Unix milliseconds."""
    completed_at_ms: I64 | None = None
    """Unix milliseconds."""


class ThreadItemOutputDeferral(WireModel):
    """Kinds of items whose output may wait until it is asked for."""

    command_execution: Experimental[bool] = False
    mcp_tool_call: Experimental[bool] = False


class ItemThreadItemsListAnchor(WireModel):
    """The item."""

    type: Literal["item"] = "item"
    item_id: str


ThreadItemsListAnchor = ItemThreadItemsListAnchor
"""A page that begins at an item."""


ThreadItemsListCursor = str | ThreadItemsListAnchor
"""From an earlier page, or an anchor."""


class ThreadItemsListParams(WireModel):
    """`thread/items/list`."""

    thread_id: str
    turn_id: str | None = None
    cursor: ThreadItemsListCursor | None = None
    limit: U32 | None = None
    sort_direction: SortDirection | None = None
    defer_output: ThreadItemOutputDeferral | None = None


class ThreadItemsListResponse(WireModel):
    """A page of items."""

    data: list[ThreadItemEntry]
    next_cursor: str | None = None
    backwards_cursor: str | None = None


class ThreadItemsReadParams(WireModel):
    """`thread/items/read`: some items in full."""

    thread_id: str
    turn_id: str
    item_ids: list[str]


class ThreadItemsReadResponse(WireModel):
    """The items."""

    data: list[ThreadItemEntry]


class WholeItemThreadRealtimeBemItemPresentation(WireModel):
    """All of it."""

    type: Literal["wholeItem"] = "wholeItem"


class InlineMarkdownThreadRealtimeBemItemPresentation(WireModel):
    """As text."""

    type: Literal["inlineMarkdown"] = "inlineMarkdown"


class InlineVisualizationThreadRealtimeBemItemPresentation(WireModel):
    """One picture of it."""

    type: Literal["inlineVisualization"] = "inlineVisualization"
    index: U32


ThreadRealtimeBemItemPresentation = Annotated[
    WholeItemThreadRealtimeBemItemPresentation
    | InlineMarkdownThreadRealtimeBemItemPresentation
    | InlineVisualizationThreadRealtimeBemItemPresentation,
    Field(discriminator="type"),
]
"""How an item appears in a spoken conversation."""


ThreadRealtimeSessionOutcome = Literal["ended", "failed"]
"""How it ended."""

ThreadRealtimeTranscriptRole = Literal["user", "assistant"]
"""Who spoke."""


class RealtimeSessionStartedThreadRealtimeItem(WireModel):
    """A spoken conversation begins."""

    type: Literal["realtimeSessionStarted"] = "realtimeSessionStarted"


class TranscriptSegmentThreadRealtimeItem(WireModel):
    """Something was said."""

    type: Literal["transcriptSegment"] = "transcriptSegment"
    role: ThreadRealtimeTranscriptRole
    text: str


class BemItemPromotedThreadRealtimeItem(VerbatimModel):
    """An item was shown."""

    type: Literal["bemItemPromoted"] = "bemItemPromoted"
    presentation: ThreadRealtimeBemItemPresentation
    item_id: str
    turn_id: str


class RealtimeSessionClosedThreadRealtimeItem(WireModel):
    """It ended."""

    type: Literal["realtimeSessionClosed"] = "realtimeSessionClosed"
    outcome: ThreadRealtimeSessionOutcome


ThreadRealtimeItem = Annotated[
    RealtimeSessionStartedThreadRealtimeItem
    | TranscriptSegmentThreadRealtimeItem
    | BemItemPromotedThreadRealtimeItem
    | RealtimeSessionClosedThreadRealtimeItem,
    Field(discriminator="type"),
]
"""Something in a spoken conversation."""


class ItemThreadTimelineEntry(WireModel):
    """An item."""

    type: Literal["item"] = "item"
    position: U64
    turn_id: str
    item: ThreadItem


class RealtimeThreadTimelineEntry(WireModel):
    """Something spoken."""

    type: Literal["realtime"] = "realtime"
    position: U64
    item: ThreadRealtimeItem


def _in_both_spellings(values: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """The published schemas have snake_case here, and the reference sends camelCase: we send both."""
    return {**values, **{to_camel(key): value for key, value in values.items()}}


class TurnStartedThreadTimelineEntry(VerbatimModel):
    """A turn began. Some keys are snake_case on the wire."""

    type: Literal["turnStarted"] = "turnStarted"
    position: U64
    started_at: I64 | None = None
    """Unix seconds."""
    turn_id: str

    @model_serializer(mode="wrap")
    def _spelled(self, plain: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        return _in_both_spellings(plain(self))


class TurnCompletedThreadTimelineEntry(VerbatimModel):
    """A turn ended. Some keys are snake_case on the wire."""

    type: Literal["turnCompleted"] = "turnCompleted"
    position: U64
    status: TurnStatus
    error: TurnError | None = None
    completed_at: I64 | None = None
    """Unix seconds."""
    duration_ms: I64 | None = None
    started_at: I64 | None = None
    """Unix seconds."""
    turn_id: str

    @model_serializer(mode="wrap")
    def _spelled(self, plain: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        return _in_both_spellings(plain(self))


ThreadTimelineEntry = Annotated[
    ItemThreadTimelineEntry
    | RealtimeThreadTimelineEntry
    | TurnStartedThreadTimelineEntry
    | TurnCompletedThreadTimelineEntry,
    Field(discriminator="type"),
]
"""One thing that happened."""


class ThreadTimelineListParams(WireModel):
    """`thread/timeline/list`: all that happened, in one order."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadTimelineListResponse(WireModel):
    """A page of it."""

    data: list[ThreadTimelineEntry]
    next_cursor: str | None = None
    active_realtime_session_at_page_start: str | None = None
    """The spoken conversation that the page begins in, if any."""


class ThreadTurnsItemsListParams(WireModel):
    """`thread/turns/items/list`: reserved; always refused."""

    thread_id: str
    turn_id: str
    cursor: str | None = None
    limit: U32 | None = None
    sort_direction: SortDirection | None = None


class ThreadTurnsItemsListResponse(WireModel):
    """Never sent."""

    data: list[ThreadItem]
    next_cursor: str | None = None
    backwards_cursor: str | None = None


class ThreadTurnsListParams(WireModel):
    """`thread/turns/list`."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None
    """1 to 100, else clamped; absent: 25."""
    sort_direction: SortDirection | None = None
    """Absent: the newest first."""
    items_view: TurnItemsView | None = None
    """Absent: `summary`, the user's message and the agent's last."""


class ThreadTurnsListResponse(WireModel):
    """A page of turns."""

    data: list[Turn]
    next_cursor: str | None = None
    backwards_cursor: str | None = None
