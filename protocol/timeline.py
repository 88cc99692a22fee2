"""timeline"""

from typing import Annotated, Literal

from protocol.errors import TurnError
from protocol.item import ThreadItem
from protocol.thread import SortDirection
from protocol.turn import Turn, TurnItemsView, TurnStatus
from protocol.wire import I64, U32, U64, Experimental, VerbatimModel, WireModel, by_tag, omitted_false


class ThreadItemEntry(WireModel):
    """ThreadItemEntry."""

    turn_id: str
    item: ThreadItem
    output_deferred: Experimental[bool] = omitted_false()
    started_at_ms: I64 | None = None
    completed_at_ms: I64 | None = None


class ThreadItemOutputDeferral(WireModel):
    """ThreadItemOutputDeferral."""

    command_execution: Experimental[bool] = False
    mcp_tool_call: Experimental[bool] = False


class ItemThreadItemsListAnchor(WireModel):
    """ItemThreadItemsListAnchor."""

    type: Literal["item"] = "item"
    item_id: str


ThreadItemsListAnchor = ItemThreadItemsListAnchor


ThreadItemsListCursor = str | ThreadItemsListAnchor


class ThreadItemsListParams(WireModel):
    """ThreadItemsListParams."""

    thread_id: str
    turn_id: str | None = None
    cursor: ThreadItemsListCursor | None = None
    limit: U32 | None = None
    sort_direction: SortDirection | None = None
    defer_output: ThreadItemOutputDeferral | None = None


class ThreadItemsListResponse(WireModel):
    """ThreadItemsListResponse."""

    data: list[ThreadItemEntry]
    next_cursor: str | None = None
    backwards_cursor: str | None = None


class ThreadItemsReadParams(WireModel):
    """ThreadItemsReadParams."""

    thread_id: str
    turn_id: str
    item_ids: list[str]


class ThreadItemsReadResponse(WireModel):
    """ThreadItemsReadResponse."""

    data: list[ThreadItemEntry]


class WholeItemThreadRealtimeBemItemPresentation(WireModel):
    """WholeItemThreadRealtimeBemItemPresentation."""

    type: Literal["wholeItem"] = "wholeItem"


class InlineMarkdownThreadRealtimeBemItemPresentation(WireModel):
    """InlineMarkdownThreadRealtimeBemItemPresentation."""

    type: Literal["inlineMarkdown"] = "inlineMarkdown"


class InlineVisualizationThreadRealtimeBemItemPresentation(WireModel):
    """InlineVisualizationThreadRealtimeBemItemPresentation."""

    type: Literal["inlineVisualization"] = "inlineVisualization"
    index: U32


ThreadRealtimeBemItemPresentation = Annotated[
    WholeItemThreadRealtimeBemItemPresentation
    | InlineMarkdownThreadRealtimeBemItemPresentation
    | InlineVisualizationThreadRealtimeBemItemPresentation,
    by_tag("type"),
]


ThreadRealtimeSessionOutcome = Literal["ended", "failed"]

ThreadRealtimeTranscriptRole = Literal["user", "assistant"]


class RealtimeSessionStartedThreadRealtimeItem(WireModel):
    """RealtimeSessionStartedThreadRealtimeItem."""

    type: Literal["realtimeSessionStarted"] = "realtimeSessionStarted"


class TranscriptSegmentThreadRealtimeItem(WireModel):
    """TranscriptSegmentThreadRealtimeItem."""

    type: Literal["transcriptSegment"] = "transcriptSegment"
    role: ThreadRealtimeTranscriptRole
    text: str


class BemItemPromotedThreadRealtimeItem(VerbatimModel):
    """BemItemPromotedThreadRealtimeItem."""

    type: Literal["bemItemPromoted"] = "bemItemPromoted"
    presentation: ThreadRealtimeBemItemPresentation
    item_id: str
    turn_id: str


class RealtimeSessionClosedThreadRealtimeItem(WireModel):
    """RealtimeSessionClosedThreadRealtimeItem."""

    type: Literal["realtimeSessionClosed"] = "realtimeSessionClosed"
    outcome: ThreadRealtimeSessionOutcome


ThreadRealtimeItem = Annotated[
    RealtimeSessionStartedThreadRealtimeItem
    | TranscriptSegmentThreadRealtimeItem
    | BemItemPromotedThreadRealtimeItem
    | RealtimeSessionClosedThreadRealtimeItem,
    by_tag("type"),
]


class ItemThreadTimelineEntry(WireModel):
    """ItemThreadTimelineEntry."""

    type: Literal["item"] = "item"
    position: U64
    turn_id: str
    item: ThreadItem


class RealtimeThreadTimelineEntry(WireModel):
    """RealtimeThreadTimelineEntry."""

    type: Literal["realtime"] = "realtime"
    position: U64
    item: ThreadRealtimeItem


class TurnStartedThreadTimelineEntry(VerbatimModel):
    """TurnStartedThreadTimelineEntry."""

    type: Literal["turnStarted"] = "turnStarted"
    position: U64
    started_at: I64 | None = None
    turn_id: str


class TurnCompletedThreadTimelineEntry(VerbatimModel):
    """TurnCompletedThreadTimelineEntry."""

    type: Literal["turnCompleted"] = "turnCompleted"
    position: U64
    status: TurnStatus
    error: TurnError | None = None
    completed_at: I64 | None = None
    duration_ms: I64 | None = None
    started_at: I64 | None = None
    turn_id: str


ThreadTimelineEntry = Annotated[
    ItemThreadTimelineEntry
    | RealtimeThreadTimelineEntry
    | TurnStartedThreadTimelineEntry
    | TurnCompletedThreadTimelineEntry,
    by_tag("type"),
]


class ThreadTimelineListParams(WireModel):
    """ThreadTimelineListParams."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None


class ThreadTimelineListResponse(WireModel):
    """ThreadTimelineListResponse."""

    data: list[ThreadTimelineEntry]
    next_cursor: str | None = None
    active_realtime_session_at_page_start: str | None = None


class ThreadTurnsItemsListParams(WireModel):
    """ThreadTurnsItemsListParams."""

    thread_id: str
    turn_id: str
    cursor: str | None = None
    limit: U32 | None = None
    sort_direction: SortDirection | None = None


class ThreadTurnsItemsListResponse(WireModel):
    """ThreadTurnsItemsListResponse."""

    data: list[ThreadItem]
    next_cursor: str | None = None
    backwards_cursor: str | None = None


class ThreadTurnsListParams(WireModel):
    """ThreadTurnsListParams."""

    thread_id: str
    cursor: str | None = None
    limit: U32 | None = None
    sort_direction: SortDirection | None = None
    items_view: TurnItemsView | None = None


class ThreadTurnsListResponse(WireModel):
    """ThreadTurnsListResponse."""

    data: list[Turn]
    next_cursor: str | None = None
    backwards_cursor: str | None = None
