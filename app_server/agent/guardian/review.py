"""One review, from its first notification to its last, and what follows from it for the agent that waits."""

from typing import Final
from uuid import uuid4

import anyio
import orjson

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.guardian.reviewer import judge
from app_server.agent.guardian.verdict import ABORTED, RUNNING, Verdict, failed
from app_server.agent.identifiers import unix_millis
from app_server.agent.injection import inject
from app_server.agent.session import Session
from app_server.config.config import Config
from app_server.model.errors import ModelError
from app_server.prompt.messages import text_message
from app_server.tools.approvals.subject import Judgement, Subject
from protocol.guardian import (
    ItemGuardianApprovalReviewCompletedNotification,
    ItemGuardianApprovalReviewStartedNotification,
)
from protocol.warnings import GuardianWarningNotification

_LIMIT_MS: Final = 90_000
_REFUSED: Final = (
    "This action was refused by the automatic review.\nReason: {reason}\n"
    "Do not try to reach the same end in another way. Go on with something that is clearly safer, or tell "
    "the user what the risk is and ask; the user may allow the action after that."
)
_TIMED_OUT: Final = (
    "The automatic review of this action did not end in time, so it was not carried out. That says nothing "
    "about its risk: you may try once more, or ask the user."
)
_OVERRULED: Final = (
    "The user has seen that the automatic review refused an action, and allows it. It may be carried out "
    "once, exactly as it was:\n{planned}"
)


async def review(session: Session, turn: ActiveTurn, subject: Subject) -> Judgement:
    """Ask the reviewer and tell clients of it. Never raises but when the turn is interrupted."""
    key = _key(subject)
    if session.approvals.overruled.pop(key, None):
        return Judgement(allowed=True)
    if subject.begin is not None:
        subject.begin()
    shown = _Shown(session, turn, subject)
    try:
        verdict = await _in_time(session, subject)
    except BaseException:
        shown.end(ABORTED)
        raise
    shown.end(verdict)
    if verdict.status == "approved":
        return Judgement(allowed=True)
    session.approvals.denied[shown.review_id] = key
    if verdict.status == "timedOut":
        return Judgement(allowed=False, reason=_TIMED_OUT)
    return Judgement(allowed=False, reason=_REFUSED.format(reason=verdict.rationale))


async def overrule(session: Session, review_id: str) -> None:
    """The user allows what was refused: the model is told, and the same action passes once.

    A review that is not known, or refused nothing, changes nothing.
    """
    key = session.approvals.denied.pop(review_id, None)
    if key is None:
        return
    session.approvals.overruled[key] = True
    await inject(session, [text_message("developer", [_OVERRULED.format(planned=key)])])


async def _in_time(session: Session, subject: Subject) -> Verdict:
    seconds = _limit(session.config)
    try:
        with anyio.move_on_after(seconds):
            return await judge(session, subject)
    except ModelError as error:
        return failed(error.message)
    return Verdict("timedOut", rationale=f"The review did not end within {seconds:g} seconds.")


def _limit(config: Config) -> float:
    given = config.table("auto_review").get("timeout_ms")
    return (given if isinstance(given, int) and not isinstance(given, bool) else _LIMIT_MS) / 1000


def _key(subject: Subject) -> str:
    """The same for the same action, whatever is said for it."""
    what = {name: value for name, value in subject.planned.items() if name != "justification"}
    return orjson.dumps(what, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2).decode()


class _Shown:
    """The review as clients see it."""

    def __init__(self, session: Session, turn: ActiveTurn, subject: Subject) -> None:
        self.review_id = str(uuid4())
        self._session = session
        self._turn = turn
        self._subject = subject
        self._started = unix_millis()
        session.sink.emit(
            ItemGuardianApprovalReviewStartedNotification(
                thread_id=session.thread_id,
                turn_id=turn.id,
                started_at_ms=self._started,
                review_id=self.review_id,
                target_item_id=subject.item_id,
                review=RUNNING.on_wire(),
                action=subject.action,
            )
        )

    def end(self, verdict: Verdict) -> None:
        session = self._session
        if verdict is not ABORTED:
            message = _told(verdict)
            session.sink.emit(GuardianWarningNotification(thread_id=session.thread_id, message=message))
        session.sink.emit(
            ItemGuardianApprovalReviewCompletedNotification(
                thread_id=session.thread_id,
                turn_id=self._turn.id,
                started_at_ms=self._started,
                completed_at_ms=unix_millis(),
                review_id=self.review_id,
                target_item_id=self._subject.item_id,
                decision_source="agent",
                review=verdict.on_wire(),
                action=self._subject.action,
            )
        )


def _told(verdict: Verdict) -> str:
    if verdict.status == "timedOut":
        return f"Automatic review: not finished. {verdict.rationale}"
    weighed = f"risk: {verdict.risk}, authorization: {verdict.authorization}"
    return f"Automatic review: {verdict.status} ({weighed}). {verdict.rationale}"
