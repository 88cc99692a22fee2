"""The model's history read back from a log, compactions and rollbacks included."""

import tracemalloc
from collections.abc import Iterator

from store.conftest import NOW

from app_server.store import records
from app_server.store.replay_history import ReplayedHistory, replay_history
from app_server.store.rollout_items import RolloutItem, RolloutLine
from protocol.wire import JsonObject


def message(role: str, text: str) -> JsonObject:
    return {"type": "message", "role": role, "content": [{"type": "input_text", "text": text}]}


def is_context(item: JsonObject) -> bool:
    return item["type"] == "message" and "<context>" in str(item["content"])


def said(history: ReplayedHistory) -> list[str]:
    return [item["content"][0]["text"] if "content" in item else str(item["type"]) for item in history.items]  # type: ignore[index,misc,call-overload]


def started(turn_id: str) -> RolloutItem:
    return records.task_started(turn_id, started_at=1, model_context_window=None)


def ended(turn_id: str) -> RolloutItem:
    return records.task_complete(turn_id, last_agent_message=None, completed_at=2, duration_ms=1)


def turn(number: int, *between: RolloutItem) -> list[RolloutItem | None]:
    """A user turn: settings, what the user said, anything else, the answer."""
    turn_id = f"t{number}"
    return [
        started(turn_id),
        records.response_item(message("user", f"<context> {number}")),
        records.turn_context({"turn_id": turn_id, "model": f"model-{number}"}),
        records.response_item(message("user", f"ask {number}")),
        *between,
        records.response_item(message("assistant", f"answer {number}")),
        ended(turn_id),
    ]


def compaction(text: str) -> RolloutItem:
    return records.compacted(text, [message("user", text)])


def replay(*items: RolloutItem | None, rollbacks: int | None = None) -> ReplayedHistory:
    lines = [RolloutLine(NOW, item.type, item.payload) for item in items if item is not None]
    return replay_history(lines, is_context, rollbacks=rollbacks)


def test_items_come_back_as_the_model_saw_them() -> None:
    history = replay(*turn(1), *turn(2))

    assert said(history) == ["<context> 1", "ask 1", "answer 1", "<context> 2", "ask 2", "answer 2"]
    assert history.context == history.last_context == {"turn_id": "t2", "model": "model-2"}
    assert (history.last_model, history.open_turn_id, history.compactions) == ("model-2", None, 0)


def test_a_compaction_puts_its_history_in_place_and_leaves_the_context_to_be_told() -> None:
    history = replay(*turn(1), started("t2"), compaction("summary"), ended("t2"))

    assert said(history) == ["summary"]
    assert history.context is None
    assert (history.last_model, history.compactions) == ("model-1", 1)


def test_a_compaction_in_the_middle_of_a_turn_is_followed_by_the_context_again() -> None:
    again = records.turn_context({"model": "model-2"})

    history = replay(*turn(1), *turn(2, compaction("summary"), again))

    assert said(history) == ["summary", "answer 2"]
    assert history.context == {"model": "model-2"}


def test_an_older_compaction_keeps_what_users_said() -> None:
    history = replay(*turn(1), *turn(2), records.compacted("summary", None))

    assert said(history) == ["ask 1", "ask 2", "summary"]


def test_a_rollback_takes_the_newest_turns_and_the_context_that_introduced_them() -> None:
    history = replay(*turn(1), *turn(2), *turn(3), records.thread_rolled_back(2))

    assert said(history) == ["<context> 1", "ask 1", "answer 1"]
    assert history.context == {"turn_id": "t1", "model": "model-1"}


def test_a_rollback_of_everything_leaves_what_stood_before_the_first_turn() -> None:
    history = replay(*turn(1), *turn(2), records.thread_rolled_back(9))

    assert said(history) == ["<context> 1"]
    assert history.context is None


def test_a_rollback_over_a_manual_compaction_finds_the_history_before_it() -> None:
    history = replay(
        *turn(1), *turn(2), started("c"), compaction("summary"), ended("c"), records.thread_rolled_back(1)
    )

    assert said(history) == ["<context> 1", "ask 1", "answer 1"]


def test_a_rollback_of_a_turn_that_was_compacted_in_its_middle_finds_the_history_before_it() -> None:
    history = replay(*turn(1), *turn(2, compaction("summary")), records.thread_rolled_back(1))

    assert said(history) == ["<context> 1", "ask 1", "answer 1"]


def test_turns_after_a_rollback_count_from_where_it_left_off() -> None:
    history = replay(
        *turn(1), *turn(2), records.thread_rolled_back(1), *turn(3), records.thread_rolled_back(1), *turn(4)
    )

    assert said(history) == ["<context> 1", "ask 1", "answer 1", "<context> 4", "ask 4", "answer 4"]


def test_a_steered_turn_is_one_turn() -> None:
    steer = records.response_item(message("user", "steer"))

    history = replay(*turn(1), *turn(2, *([steer] if steer else [])), records.thread_rolled_back(1))

    assert said(history) == ["<context> 1", "ask 1", "answer 1"]


def test_usage_belongs_to_the_turn_that_recorded_it() -> None:
    info: JsonObject = {"total_token_usage": {"total_tokens": 3}}

    history = replay(*turn(1, records.token_count(info, None)), *turn(2, records.token_count(None, None)))

    assert (history.usage, history.usage_turn_id) == (info, "t1")


def test_a_killed_turn_is_open() -> None:
    history = replay(*turn(1), started("t2"))

    assert history.open_turn_id == "t2"


def test_ids_and_bookkeeping_of_newer_servers_do_not_reach_the_model() -> None:
    ours = message("user", "hi")
    stored: JsonObject = {**ours, "id": "m", "internal_chat_message_metadata_passthrough": {}}

    history = replay(RolloutItem("response_item", stored), RolloutItem("response_item", {"type": "new"}))

    assert history.items == [ours]


def test_replaying_repeated_compactions_takes_the_memory_of_one() -> None:
    image = "A" * 100_000

    def log() -> Iterator[RolloutLine]:
        for number in range(200):
            for item in turn(number, compaction(f"{number}{image}")):
                if item is not None:
                    yield RolloutLine(NOW, item.type, item.payload)

    tracemalloc.start()
    history = replay_history(log(), is_context, rollbacks=0)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert history.compactions == 200
    assert peak < 10 * len(image)  # the log is 200 times as long
