"""A turn that has the code reviewed: by an agent of its own, whose answer becomes the turn's (§5).

The reviewer starts with an empty history and instructions of its own, asks for no approval, and searches no
web. Clients of the thread see what it runs, but not how its answer comes to be; the thread's model sees the
result alone.
"""

from dataclasses import dataclass, replace
from typing import Final

import anyio
import orjson

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.conversation import Conversation
from app_server.agent.identifiers import new_thread_id
from app_server.agent.opening import Unheard
from app_server.agent.ports import EventSink
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed, item_started
from app_server.agent.status import StatusTracker
from app_server.agent.turn import begin_turn, carry_out, converse
from app_server.agent.usage import UsageLedger
from app_server.prompt.messages import text_message
from app_server.prompt.texts import template
from app_server.store import records
from app_server.store.review_text import NO_OUTPUT, review_text
from app_server.store.thread_log import MemoryLog
from protocol.item import AgentMessageThreadItem, EnteredReviewModeThreadItem, ExitedReviewModeThreadItem
from protocol.item_events import AgentMessageDeltaNotification, ItemCompletedNotification
from protocol.rate_limit import AccountRateLimitsUpdatedNotification
from protocol.thread_events import ThreadTokenUsageUpdatedNotification
from protocol.wire import JsonObject, JsonValue, WireModel

ANSWER_ID: Final = "review_rollout_assistant"
_STOPPED: Final = "The review was interrupted. Start it again and let it finish to see what it finds."
_AGENT_FEATURES: Final = ("multi_agent", "multi_agent_v2", "enable_fanout", "goals")


@dataclass(frozen=True, slots=True)
class Review:
    """What is reviewed: the wire's target, and how clients call it."""

    target: JsonObject
    hint: str


async def run_review(session: Session, turn: ActiveTurn, review: Review) -> None:
    """Run the review as the turn of the thread, to its end. Never raises, except when the server stops."""
    entered = EnteredReviewModeThreadItem(id=turn.id, review=review.hint)
    begin_turn(session, turn)  # first, unlike the reference: an item's turn has begun when the item is told
    item_started(session, turn, entered)
    item_completed(session, turn, entered)
    session.conversation.log(
        records.event("entered_review_mode", {"target": review.target, "user_facing_hint": review.hint})
    )

    async def look() -> None:
        reviewer = _reviewer(session)
        try:
            await converse(reviewer, turn)
        finally:
            with anyio.CancelScope(shield=True):
                await reviewer.client.close()
                await _tell(session, turn)

    await carry_out(session, turn, look)


def _reviewer(session: Session) -> Session:
    """The same thread to clients, with nothing said in it yet; to the provider it is one of its own."""
    config = replace(
        session.config,
        web_search="disabled",
        features={**session.config.features, **dict.fromkeys(_AGENT_FEATURES, False)},
    )
    return replace(
        session,
        sink=_ReviewerSink(session.sink),
        status=StatusTracker(session.thread_id, Unheard()),
        client=session.client.for_subagent("review", new_thread_id()),
        conversation=Conversation(MemoryLog(), session.conversation.truncation),
        usage=UsageLedger(session.usage.window),
        config=config,
        instructions=template("review_instructions"),
        instructions_overridden=True,
        dynamic_tools=(),
        goals=None,
        settings=replace(
            session.settings,
            model=config.review_model or session.settings.model,
            approval_policy="never",
            collaboration=None,
        ),
        last_model=None,
        hooks=None if session.hooks is None else replace(session.hooks, only_tools=True),
    )


class _ReviewerSink:
    """Lets through what the reviewer does, but not its answer and what that cost."""

    def __init__(self, sink: EventSink) -> None:
        self._sink = sink

    def emit(self, event: WireModel) -> None:
        match event:
            case (
                AgentMessageDeltaNotification()
                | ThreadTokenUsageUpdatedNotification()
                | AccountRateLimitsUpdatedNotification()
                | ItemCompletedNotification(item=AgentMessageThreadItem())
            ):
                return
            case _:
                self._sink.emit(event)

    async def drain(self) -> None:
        await self._sink.drain()


async def _tell(session: Session, turn: ActiveTurn) -> None:
    """Show and record what was found, or that nothing was."""
    answer = turn.last_agent_message
    output = _output(answer) if answer else None
    found = NO_OUTPUT if output is None else review_text(output)
    exited = ExitedReviewModeThreadItem(id=turn.id, review=found)
    said = _STOPPED if turn.scope.cancel_called and output is None else found
    message = AgentMessageThreadItem(id=ANSWER_ID, text=said)
    told = "review_interrupted" if output is None else "review_result"
    report = template(told).replace("{result}", found)
    blank = "\n\n" if output is None else "\n"
    session.conversation.add([text_message("user", [report + blank])])
    session.conversation.log(records.event("exited_review_mode", {"review_output": output}))
    item_started(session, turn, exited)
    item_completed(session, turn, exited)
    session.conversation.log(records.agent_message(said, item_id=ANSWER_ID))
    session.conversation.add(
        [{"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": said}]}]
    )
    turn.last_agent_message = said
    await session.persist()
    item_started(session, turn, message)
    item_completed(session, turn, message)


def _output(answer: str) -> JsonObject:
    """The reviewer's answer in its structured form; one that has none is all explanation."""
    for text in (answer, answer[answer.find("{") : answer.rfind("}") + 1]):
        try:
            found: JsonValue = orjson.loads(text)
        except orjson.JSONDecodeError:
            continue
        if isinstance(found, dict) and "overall_explanation" in found:
            return found
    return {
        "findings": [],
        "overall_correctness": "",
        "overall_explanation": answer,
        "overall_confidence_score": 0.0,
    }
