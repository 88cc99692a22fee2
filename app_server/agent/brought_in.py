"""What a client brings into a turn that nobody in it asked for: mail, an alarm, another agent's message.

The model gets it as the output of a tool, so with no more authority than one; it answers no call, which is
why it has a name in the place of a call's id.
"""

from app_server.agent.active_turn import ActiveTurn
from app_server.agent.identifiers import new_thread_id, unix_millis
from app_server.agent.session import Session
from app_server.agent.shown_items import item_completed, item_started
from app_server.store import records
from app_server.store.recorded_form import recorded_form
from protocol.item import FunctionCallOutputThreadItem
from protocol.turn_start import TurnToolOutput
from protocol.wire import JsonObject


async def bring_in(session: Session, turn: ActiveTurn, brought: TurnToolOutput) -> None:
    """Record it; it is on disk before clients see it as an item."""
    item = FunctionCallOutputThreadItem(
        id=f"fco_{new_thread_id()}", name=brought.name, namespace=brought.namespace, output=brought.output
    )
    session.conversation.add([_as_the_model_sees_it(brought)])
    session.conversation.log(
        records.item_completed(
            session.thread_id, turn.id, recorded_form(item.to_wire()), completed_at_ms=unix_millis()
        )
    )
    await session.persist_quietly()
    item_started(session, turn, item)
    item_completed(session, turn, item)


def _as_the_model_sees_it(brought: TurnToolOutput) -> JsonObject:
    told: JsonObject = {"type": "function_call_output", "name": brought.name}
    if brought.namespace is not None:
        told["namespace"] = brought.namespace
    return {**told, "output": brought.to_wire()["output"]}
