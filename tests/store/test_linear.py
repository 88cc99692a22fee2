"""Resuming takes work in proportion to the log (D2): counted in calls, not in seconds."""

from collections.abc import Callable

import pytest
from store.conftest import NOW, THREAD
from support.counting import calls

from app_server.store import records
from app_server.store.replay_history import replay_history
from app_server.store.replay_turns import replay_turns
from app_server.store.rollout_items import RolloutItem, RolloutLine
from protocol.wire import JsonObject


def one_long_turn(count: int) -> list[RolloutLine]:
    """Everything in a single turn: the worst case for anything that looks back."""
    items: list[RolloutItem | None] = [records.task_started("t", started_at=1, model_context_window=None)]
    for number in range(count):
        output: JsonObject = {"type": "function_call_output", "call_id": f"c{number}", "output": "x"}
        command: JsonObject = {"type": "ContextCompaction", "id": f"c{number}"}
        items += [
            records.response_item(output),
            records.item_completed(THREAD, "t", command, completed_at_ms=1),
            records.agent_message(f"said {number}", item_id=f"m{number}"),
        ]
    return [RolloutLine(NOW, item.type, item.payload) for item in items if item is not None]


def many_turns(count: int) -> list[RolloutLine]:
    items: list[RolloutItem | None] = []
    for number in range(count):
        user: JsonObject = {"type": "message", "role": "user", "content": []}
        items += [
            records.task_started(f"t{number}", started_at=1, model_context_window=None),
            records.response_item(user),
            records.user_message([{"type": "text", "text": "hi", "text_elements": []}], item_id=f"u{number}"),
            records.turn_aborted(f"t{number}"),
        ]
    return [RolloutLine(NOW, item.type, item.payload) for item in items if item is not None]


@pytest.mark.requirement("D2")
@pytest.mark.parametrize("log", [one_long_turn, many_turns])
def test_a_log_of_twice_the_length_takes_twice_the_work(log: Callable[[int], list[RolloutLine]]) -> None:
    def resume(lines: list[RolloutLine]) -> Callable[[], object]:
        return lambda: (replay_turns(lines), replay_history(lines, lambda item: False))

    resume(log(1))()  # builds what is built once

    work = [calls(resume(log(count))) for count in (250, 500, 1000)]

    assert work[1] / work[0] < 2.3
    assert work[2] / work[1] < 2.3
