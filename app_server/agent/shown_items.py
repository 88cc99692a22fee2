"""Items on their way to clients, and into what a running turn shows of itself."""

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.identifiers import unix_millis
from app_server.agent.session import Session
from protocol.item import ThreadItem
from protocol.item_events import ItemCompletedNotification, ItemStartedNotification
from protocol.turn import TurnDiffUpdatedNotification


def item_started(session: Session, turn: ActiveTurn, item: ThreadItem) -> int:
    """Show that the item has begun; when that was, in Unix milliseconds."""
    now = unix_millis()
    turn.show(item)
    session.sink.emit(
        ItemStartedNotification(thread_id=session.thread_id, turn_id=turn.id, item=item, started_at_ms=now)
    )
    return now


def item_completed(session: Session, turn: ActiveTurn, item: ThreadItem) -> int:
    """Show the item as it ended; when that was, in Unix milliseconds."""
    now = unix_millis()
    turn.show(item)
    session.sink.emit(
        ItemCompletedNotification(
            thread_id=session.thread_id, turn_id=turn.id, item=item, completed_at_ms=now
        )
    )
    return now


def tell_diff(session: Session, turn: ActiveTurn) -> None:
    """Show all that the turn has changed in files so far, if it has changed any."""
    if turn.diff is not None:
        session.sink.emit(
            TurnDiffUpdatedNotification(thread_id=session.thread_id, turn_id=turn.id, diff=turn.diff.text())
        )
