"""Turns read back from a log: as they were live, or as well as an older log can tell."""

from collections.abc import Sequence

import pytest
from store.conftest import NOW, THREAD

from app_server.store import records
from app_server.store.replay_turns import replay_turns
from app_server.store.rollout_items import EVENT, RolloutItem, RolloutLine
from protocol.wire import JsonObject

TEXT: JsonObject = {"type": "text", "text": "hello", "text_elements": []}


def lines_of(*items: RolloutItem | None) -> list[RolloutLine]:
    return [RolloutLine(NOW, item.type, item.payload) for item in items if item is not None]


def event(kind: str, **payload: object) -> RolloutItem:
    return RolloutItem(EVENT, {"type": kind, **payload})  # type: ignore[dict-item]  # JSON by construction


def turns_of(*items: RolloutItem | None, active: str | None = None) -> list[JsonObject]:
    return [turn.to_wire() for turn in replay_turns(lines_of(*items), active)]


def shape(turns: Sequence[JsonObject]) -> list[tuple[object, object, list[object]]]:
    """Each turn's id and status, and its items' ids."""
    return [(turn["id"], turn["status"], [item["id"] for item in turn["items"]]) for turn in turns]  # type: ignore[index,union-attr]


def started(turn_id: str = "t1") -> RolloutItem:
    return records.task_started(turn_id, started_at=100, model_context_window=1000)


def completed(turn_id: str = "t1", error: JsonObject | None = None) -> RolloutItem:
    return records.task_complete(
        turn_id, last_agent_message=None, completed_at=101, duration_ms=900, error=error
    )


def test_a_turn_comes_back_with_its_ids_its_input_and_its_times() -> None:
    inputs: list[JsonObject] = [
        {"type": "text", "text": "look ", "text_elements": []},
        {"type": "image", "url": "data:image/png;base64,AAAA"},
        {
            "type": "text",
            "text": "hier: @x",
            "text_elements": [{"byteRange": {"start": 6, "end": 8}, "placeholder": "@x"}],
        },
        {"type": "mention", "name": "x", "path": "app://x"},
    ]

    turns = turns_of(
        started(),
        records.user_message(inputs, item_id="u1", client_id="c1"),
        records.agent_reasoning("a", item_id="r1"),
        records.agent_reasoning("b", item_id="r1"),
        records.agent_reasoning("c", item_id="r2"),
        records.agent_message("done", item_id="m1", phase="final_answer"),
        completed(),
    )

    assert turns == [
        {
            "id": "t1",
            "rootTurnId": None,
            "items": [
                {"type": "userMessage", "id": "u1", "clientId": "c1", "content": inputs},
                {"type": "reasoning", "id": "r1", "summary": ["a", "b"], "content": []},
                {"type": "reasoning", "id": "r2", "summary": ["c"], "content": []},
                {
                    "type": "agentMessage",
                    "moderation": None,
                    "id": "m1",
                    "text": "done",
                    "phase": "final_answer",
                    "memoryCitation": None,
                    "delivery": None,
                    "questions": None,
                },
            ],
            "itemsView": "full",
            "status": "completed",
            "error": None,
            "startedAt": 100,
            "completedAt": 101,
            "durationMs": 900,
        }
    ]


def test_images_stand_in_a_user_message_once() -> None:
    url = "data:image/png;base64," + "A" * 1000

    item = records.user_message([{"type": "image", "url": url}, TEXT], item_id="u1")

    assert str(item.payload).count(url) == 1


@pytest.mark.parametrize(
    "kind",
    [
        "other",
        "contextWindowExceeded",
        {"responseTooManyFailedAttempts": {"httpStatusCode": 429}},
        {"responseStreamDisconnected": {"httpStatusCode": None}},
        {"activeTurnNotSteerable": {"turnKind": "review"}},
    ],
)
def test_a_failed_turn_reads_back_as_failed_with_its_error(kind: JsonObject | str) -> None:
    error: JsonObject = {"message": "no", "codexErrorInfo": kind, "additionalDetails": "details"}

    (turn,) = turns_of(started(), completed(error=error))

    assert turn["status"] == "failed"
    assert turn["error"] == {**error, "misalignment": None}


def test_an_error_of_a_kind_that_is_not_known_becomes_other() -> None:
    (turn,) = turns_of(
        started(),
        event("task_complete", turn_id="t1", error={"message": "x", "codex_error_info": {"new_kind": 1}}),
    )

    assert turn["error"] == {
        "message": "x",
        "codexErrorInfo": "other",
        "additionalDetails": None,
        "misalignment": None,
    }


def test_a_turn_without_an_end_was_interrupted_unless_it_runs_now() -> None:
    log = (started("t1"), started("t2"))

    assert shape(turns_of(*log)) == [("t1", "interrupted", []), ("t2", "interrupted", [])]
    assert shape(turns_of(*log, active="t2")) == [("t1", "interrupted", []), ("t2", "inProgress", [])]


def test_items_of_an_older_log_are_numbered_over_the_whole_thread() -> None:
    turns = turns_of(
        started("t1"),
        event("user_message", message="one"),
        event("agent_reasoning", text="a"),
        event("agent_reasoning", text="b"),
        event("web_search_end", call_id="ws", query="q", action={"type": "open_page", "url": "u"}),
        event("agent_message", message=""),
        event("agent_message", message="two"),
        completed("t1"),
        started("t2"),
        event("user_message", message="three"),
        event("context_compacted"),
        completed("t2"),
    )

    assert shape(turns) == [
        ("t1", "completed", ["item-1", "item-2", "ws", "item-3"]),
        ("t2", "completed", ["item-4", "item-5"]),
    ]


def test_after_a_rollback_numbering_goes_on_behind_all_items_that_are_left() -> None:
    turns = turns_of(
        started("t1"),
        event("user_message", message="one"),
        event("web_search_end", call_id="ws", query="q", action=None),
        completed("t1"),
        started("t2"),
        event("user_message", message="two"),
        completed("t2"),
        records.thread_rolled_back(1),
        started("t3"),
        event("user_message", message="three"),
        completed("t3"),
    )

    assert shape(turns) == [("t1", "completed", ["item-1", "ws"]), ("t3", "completed", ["item-3"])]


@pytest.mark.parametrize("count", [2, 3, 99])
def test_a_rollback_of_all_turns_and_more_leaves_none(count: int) -> None:
    assert turns_of(started("t1"), completed("t1"), started("t2"), records.thread_rolled_back(count)) == []


def test_a_log_without_turns_gives_every_user_message_one_of_its_own() -> None:
    turns = turns_of(
        event("user_message", message="one"),
        event("agent_message", message="two"),
        event("user_message", message="three"),
    )

    assert shape(turns) == [
        ("rollout-0", "completed", ["item-1", "item-2"]),
        ("rollout-2", "completed", ["item-3"]),
    ]


def test_an_item_told_in_both_forms_is_shown_once_under_its_own_id() -> None:
    completed_user = records.item_completed(
        THREAD,
        "t1",
        {"type": "UserMessage", "id": "own", "content": [{"type": "text", "text": "hello"}]},
        completed_at_ms=1,
    )
    legacy = event("user_message", message="hello")

    for log in ((legacy, completed_user), (completed_user, legacy)):
        assert shape(turns_of(started(), *log, completed())) == [("t1", "completed", ["own"])]


def test_the_same_words_said_twice_are_two_items() -> None:
    log = [records.agent_message("ok", item_id="m1"), records.agent_message("ok", item_id="m2")]

    assert shape(turns_of(started(), *log)) == [("t1", "interrupted", ["m1", "m2"])]


def test_a_command_survives_a_reload() -> None:
    command: JsonObject = {
        "type": "CommandExecution",
        "id": "c1",
        "process_id": "7",
        "command": ["/bin/bash", "-lc", "echo hi"],
        "cwd": "file:///work/a%20b",
        "parsed_cmd": [{"type": "list_files", "cmd": "ls", "path": None}],
        "source": "unified_exec_startup",
        "status": "completed",
        "aggregated_output": "hi\n",
        "exit_code": 0,
        "duration": {"secs": 1, "nanos": 5_000_000},
    }

    (turn,) = turns_of(
        started(), completed(), records.item_completed(THREAD, "t1", command, completed_at_ms=1)
    )

    assert turn["items"] == [
        {
            "type": "commandExecution",
            "id": "c1",
            "pluginId": None,
            "scriptPath": None,
            "command": "/bin/bash -lc 'echo hi'",
            "cwd": "/work/a b",
            "processId": "7",
            "source": "unifiedExecStartup",
            "status": "completed",
            "commandActions": [{"type": "listFiles", "command": "ls", "path": None}],
            "aggregatedOutput": "hi\n",
            "exitCode": 0,
            "durationMs": 1005,
        }
    ]


def test_a_patch_is_shown_by_path_with_its_moves() -> None:
    (turn,) = turns_of(
        started(),
        event(
            "patch_apply_end",
            call_id="p1",
            turn_id="t1",
            success=True,
            changes={
                "/b": {"type": "update", "unified_diff": "@@", "move_path": "/c"},
                "/a": {"type": "add", "content": "hi\n"},
            },
            status="completed",
        ),
    )

    assert turn["items"] == [
        {
            "type": "fileChange",
            "id": "p1",
            "changes": [
                {"path": "/a", "kind": {"type": "add"}, "diff": "hi\n"},
                {"path": "/b", "kind": {"type": "update", "move_path": "/c"}, "diff": "@@\n\nMoved to: /c"},
            ],
            "status": "completed",
        }
    ]


def test_what_an_item_should_not_be_is_left_out_and_the_turn_stays() -> None:
    turns = turns_of(
        started(),
        event("web_search_end", call_id="ws", query=7, action=None),
        event("mcp_tool_call_end", call_id="x", invocation="?", result=None),
        event("error", message="an older extended log"),
        records.item_completed(THREAD, "t1", {"type": "Unheard", "id": "n"}, completed_at_ms=1),
        completed(),
    )

    assert shape(turns) == [("t1", "completed", [])]
