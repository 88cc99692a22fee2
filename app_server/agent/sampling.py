"""One answer of the model: its stream becomes thread items, history and usage (model-client.md §3)."""

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import anyio

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.identifiers import unix_millis
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed, item_started, tell_diff
from app_server.agent.streamed_items import opened_item, search_action, thread_item
from app_server.agent.tool_calls import ToolCalls
from app_server.agent.tool_host import TurnHost
from app_server.model.answer import events
from app_server.model.client import ModelTurn
from app_server.model.errors import ModelError
from app_server.model.request import ResponsesRequest
from app_server.store import records
from protocol.item import (
    AgentMessageThreadItem,
    ImageGenerationThreadItem,
    ReasoningThreadItem,
    ThreadItem,
    WebSearchThreadItem,
)
from protocol.item_events import (
    AgentMessageDeltaNotification,
    ReasoningSummaryPartAddedNotification,
    ReasoningSummaryTextDeltaNotification,
    ReasoningTextDeltaNotification,
)
from protocol.wire import JsonObject

if TYPE_CHECKING:
    from app_server.agent.hooks.around_tools import ToolHooks
    from app_server.agent.streamed_patch import PatchInProgress


_IMAGE: Final = "image_generation_call"


class Answer(NamedTuple):
    """What one response brought, as far as the turn must go on from it."""

    has_calls: bool
    """The model waits for the outputs of calls."""
    end_turn: bool | None


class Sampler:
    """Consumes the stream of one request. Deltas belong to the item that the stream opened last."""

    def __init__(self, session: Session, turn: ActiveTurn, host: TurnHost) -> None:
        self._session = session
        self._turn = turn
        self._open: ThreadItem | None = None
        self._patch: PatchInProgress | None = None
        self._image: Path | None = None
        """Where the image lies that the answer has just brought."""
        self._reports = False
        self._calls = ToolCalls(host, _tool_hooks(session, turn))
        self._end_turn: bool | None = None

    async def run(self, model_turn: ModelTurn, request: ResponsesRequest) -> Answer:
        """Ask once. Raises `ModelError`; items that were finished before it are kept, and their calls run."""
        failure: ModelError | None = None
        try:
            async with anyio.create_task_group() as self._tasks:
                try:
                    await self._read(model_turn, request)
                except ModelError as error:  # what was called before it still ends
                    failure = error
        finally:  # however the stream ended: its calls are answered, and what it used is told
            self._session.conversation.add(self._calls.outputs())
            if self._reports:
                self._session.report_usage(self._turn.id)
                tell_diff(self._session, self._turn)
        if failure is not None:
            raise failure
        return Answer(self._calls.any, self._end_turn)

    async def _read(self, model_turn: ModelTurn, request: ResponsesRequest) -> None:
        sink = self._session.sink
        async with model_turn.stream(request) as stream:
            async for batch in stream:
                for event in batch:
                    if isinstance(event, events.ItemDone) and event.item.get("type") == _IMAGE:
                        await self._keep_image(event.item)
                    self._take(event)
                await sink.drain()

    def _take(self, event: events.ResponseEvent) -> None:
        match event:
            case events.TextDelta(text):
                self._text_delta(text)
            case events.ReasoningSummaryDelta(text, index):
                self._summary_delta(text, index)
            case events.ReasoningTextDelta(text, index):
                self._reasoning_delta(text, index)
            case events.ReasoningPartAdded(index):
                self._reasoning_part(index)
            case events.ItemAdded(item):
                self._item_added(item)
            case events.ItemDone(item):
                self._item_done(item)
            case events.Completed():
                self._completed(event)
            case events.RateLimitsUpdate():
                self._reports = True
            case events.CustomToolInputDelta() if self._patch is not None:
                self._patch.hear(event)
            case _:
                self._turn_events(event)

    def _text_delta(self, text: str) -> None:
        if isinstance(self._open, AgentMessageThreadItem):
            self._session.sink.emit(
                AgentMessageDeltaNotification(
                    thread_id=self._session.thread_id,
                    turn_id=self._turn.id,
                    item_id=self._open.id,
                    delta=text,
                )
            )
            self._first_token()

    def _summary_delta(self, text: str, index: int) -> None:
        if isinstance(self._open, ReasoningThreadItem):
            self._session.sink.emit(
                ReasoningSummaryTextDeltaNotification(
                    thread_id=self._session.thread_id,
                    turn_id=self._turn.id,
                    item_id=self._open.id,
                    delta=text,
                    summary_index=index,
                )
            )
            self._first_token()

    def _reasoning_delta(self, text: str, index: int) -> None:
        if isinstance(self._open, ReasoningThreadItem):
            self._session.sink.emit(
                ReasoningTextDeltaNotification(
                    thread_id=self._session.thread_id,
                    turn_id=self._turn.id,
                    item_id=self._open.id,
                    delta=text,
                    content_index=index,
                )
            )
            self._first_token()

    def _reasoning_part(self, index: int) -> None:
        if isinstance(self._open, ReasoningThreadItem):
            self._session.sink.emit(
                ReasoningSummaryPartAddedNotification(
                    thread_id=self._session.thread_id,
                    turn_id=self._turn.id,
                    item_id=self._open.id,
                    summary_index=index,
                )
            )

    def _first_token(self) -> None:
        if self._turn.first_token_ms is None:
            self._turn.first_token_ms = unix_millis()

    def _item_added(self, item: JsonObject) -> None:
        self._open = opened_item(item)
        if self._open is not None:
            item_started(self._session, self._turn, self._open)
        elif item.get("type") == "custom_tool_call":
            self._patch = _streamed_patch(self._session, self._turn, item)

    async def _keep_image(self, item: JsonObject) -> None:
        from app_server.agent.generated_images import keep_image  # few answers bring any

        self._image = await keep_image(self._session, item)

    def _item_done(self, item: JsonObject) -> None:
        opened, self._open = self._open, None
        if self._patch is not None:
            self._patch.finish()
            self._patch = None
        shown = thread_item(
            item, opened.id if opened else None, raw_reasoning=self._session.config.show_raw_agent_reasoning
        )
        if shown is not None:
            if opened is None:
                begun = opened_item(item) if item["type"] == _IMAGE else None
                item_started(self._session, self._turn, begun or shown)
            if isinstance(shown, ImageGenerationThreadItem) and self._image is not None:
                shown = shown.model_copy(update={"saved_path": str(self._image)})
            item_completed(self._session, self._turn, shown)
            self._log_event(shown, item)
        self._session.conversation.add([item])
        self._calls.start(item, self._tasks)

    def _log_event(self, item: ThreadItem, source: JsonObject) -> None:
        """Texts are logged as events too, before their items: that is what listings and replays read."""
        match item:
            case AgentMessageThreadItem():
                self._turn.last_agent_message = item.text
                self._session.conversation.log(
                    records.agent_message(item.text, phase=item.phase, item_id=item.id)
                )
            case ReasoningThreadItem():
                self._session.conversation.log(
                    *(records.agent_reasoning(text, item_id=item.id) for text in item.summary),
                    *(records.agent_reasoning_raw(text, item_id=item.id) for text in item.content),
                )
            case WebSearchThreadItem():
                self._session.conversation.log(
                    records.web_search_end(item.id, query=item.query, action=search_action(source))
                )
            case ImageGenerationThreadItem():
                self._session.conversation.log(records.image_generation_end(item.to_wire()))
            case _:
                pass

    def _completed(self, event: events.Completed) -> None:
        self._reports = True
        self._end_turn = event.end_turn
        if event.usage is not None:
            self._session.usage.add(event.usage, self._turn.id)

    def _turn_events(self, event: events.ResponseEvent) -> None:
        """What concerns more than an item; clients are told once a turn (model-client.md §3.2)."""
        match event:
            case events.ServerModel(slug) if not self._turn.reroute_told:
                if slug.lower() != self._session.settings.model.lower():
                    self._turn.reroute_told = True
                    self._reroute(slug)
            case events.Verification() if not self._turn.verification_told:
                self._turn.verification_told = True
                self._verified()
            case events.ReasoningIncluded():
                self._session.reasoning_counted = True
            case events.ModelsEtag(etag) if self._session.on_models_etag is not None:
                self._session.on_models_etag(self._session.client.provider.id, etag)
            case _:
                pass

    def _verified(self) -> None:
        from protocol.model_events import ModelVerificationNotification  # as rare as what it tells

        self._session.sink.emit(
            ModelVerificationNotification(
                thread_id=self._session.thread_id,
                turn_id=self._turn.id,
                verifications=["trustedAccessForCyber"],
            )
        )

    def _reroute(self, slug: str) -> None:
        from protocol.model_events import ModelReroutedNotification  # as above

        asked = self._session.settings.model
        self._session.sink.emit(
            ModelReroutedNotification(
                thread_id=self._session.thread_id,
                turn_id=self._turn.id,
                from_model=asked,
                to_model=slug,
                reason="highRiskCyberActivity",
            )
        )
        self._session.warn(f"The provider answered with model {slug} instead of {asked}.")


def _tool_hooks(session: Session, turn: ActiveTurn) -> "ToolHooks | None":
    if session.hooks is None:
        return None
    from app_server.agent.hooks.around_tools import ToolHooks  # few threads have hooks

    return ToolHooks(session, turn, session.hooks)


def _streamed_patch(session: Session, turn: ActiveTurn, item: JsonObject) -> "PatchInProgress | None":
    if not session.config.feature("apply_patch_streaming_events"):
        return None
    from app_server.agent.streamed_patch import PatchInProgress, is_patch  # few clients want to see it

    return PatchInProgress(item, session.thread_id, turn.id, session.sink.emit) if is_patch(item) else None
