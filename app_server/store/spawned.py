"""Which agents a thread has started, as its own log tells."""

from collections.abc import Iterable, Iterator

import orjson

from app_server.store.rollout_items import EVENT, RESPONSE_ITEM, RolloutLine
from protocol.wire import JsonObject, JsonValue

MARK = b"spawn_agent"
"""Is in every log that tells of one."""


def spawned(lines: Iterable[RolloutLine]) -> Iterator[str]:
    """The ids of the agents' threads, in the order in which they were started; some may come twice."""
    for line in lines:
        if line.type == EVENT and line.payload.get("type") == "item_completed":
            yield from _of_item(line.payload.get("item"))
        elif line.type == RESPONSE_ITEM and line.payload.get("type") == "function_call_output":
            yield from _of_output(line.payload)


def _of_item(item: JsonValue) -> Iterator[str]:
    if not isinstance(item, dict) or item.get("type") != "CollabAgentToolCall":
        return
    receivers = item.get("receiver_thread_ids")
    if str(item.get("tool")) in ("spawnAgent", "spawn_agent") and isinstance(receivers, list):
        yield from (one for one in receivers if isinstance(one, str))


def _of_output(payload: JsonObject) -> Iterator[str]:
    """The reference keeps no items of such calls, but what the model was answered."""
    output = payload.get("output")
    if not isinstance(output, str) or not output.startswith('{"agent_id":'):
        return
    try:
        answer: JsonValue = orjson.loads(output)
    except orjson.JSONDecodeError:
        return
    agent_id = answer.get("agent_id") if isinstance(answer, dict) else None
    if isinstance(agent_id, str):
        yield agent_id
