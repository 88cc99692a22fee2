"""Taking turns back by the first of them, and the timeline of those that are left."""

from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_thread, start_turn
from support.upstream import Gate, Upstream, stream, text_reply


def turn_ids(client: Client, thread_id: str) -> list[JsonValue]:
    thread = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])
    assert isinstance(thread["turns"], list)
    return [as_object(turn)["id"] for turn in thread["turns"]]


def entries(answer: JsonObject) -> list[JsonObject]:
    assert isinstance(answer["data"], list)
    return [as_object(one) for one in answer["data"]]


def test_a_turn_and_all_after_it_are_taken_back(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    first = run_turn(client, thread_id, "first words")
    second = run_turn(client, thread_id, "second words")
    run_turn(client, thread_id, "third words")
    since = client.mark()

    reverted = client.call("thread/revert", {"threadId": thread_id, "beforeTurnId": second.id})
    client.wait_for("thread/reverted", since, threadId=thread_id)
    left = turn_ids(client, thread_id)
    page = client.call(
        "thread/turns/list", {"threadId": thread_id, "cursor": reverted["turnsBackwardsCursor"]}
    )
    run_turn(client, thread_id, "other words")

    assert as_object(reverted["thread"])["turns"] == []
    assert left == [first.id]
    assert [turn["id"] for turn in entries(page)] == [first.id]
    said = "\n".join(upstream.asked[-1].input_texts)
    assert "first words" in said
    assert "other words" in said
    assert "second words" not in said
    assert "third words" not in said


def test_turns_without_words_are_taken_back_with_the_others(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    first = run_turn(client, thread_id, "first words")
    second = run_turn(client, thread_id, "second words")
    since = client.mark()
    client.call("thread/shellCommand", {"threadId": thread_id, "command": "echo hi"})
    client.wait_for("turn/completed", since)

    client.call("thread/revert", {"threadId": thread_id, "beforeTurnId": second.id})
    left = turn_ids(client, thread_id)
    client.close()
    other = connect()
    other.call("thread/resume", {"threadId": thread_id})
    run_turn(other, thread_id, "other words")

    assert left == [first.id]
    said = "\n".join(upstream.asked[-1].input_texts)
    assert "first words" in said
    assert "second words" not in said
    assert "echo hi" not in said


def test_a_turn_that_runs_is_stopped_for_it(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    first = run_turn(client, thread_id, "first words")
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message("late"), sse.completed()))
    since = client.mark()
    running = start_turn(client, thread_id, "second words")
    client.wait_for("item/completed", since)

    client.call("thread/revert", {"threadId": thread_id, "beforeTurnId": first.id})
    stopped = finish_turn(client, running, since)
    gate.open()

    assert stopped.end["status"] == "interrupted"
    assert turn_ids(client, thread_id) == []


def test_what_is_not_there_cannot_be_taken_back(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    first = run_turn(client, thread_id)
    nobody = "00000000-0000-7000-8000-000000000000"

    turn = client.refusal("thread/revert", {"threadId": thread_id, "beforeTurnId": "nope"})
    thread = client.refusal("thread/revert", {"threadId": nobody, "beforeTurnId": "nope"})

    assert turn == Refusal(-32600, "turn not found: nope")
    assert thread == Refusal(-32600, f"thread not found: {nobody}")
    assert turn_ids(client, thread_id) == [first.id]


def test_the_timeline_tells_all_that_happened_in_order(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    first, second = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    whole = entries(client.call("thread/timeline/list", {"threadId": thread_id}))
    newest = client.call("thread/timeline/list", {"threadId": thread_id, "limit": 3})
    older = client.call(
        "thread/timeline/list", {"threadId": thread_id, "limit": 100, "cursor": newest["nextCursor"]}
    )
    bad = client.refusal("thread/timeline/list", {"threadId": thread_id, "cursor": "x"})

    kinds = ["turnStarted", "userMessage", "agentMessage", "turnCompleted"]
    shown = [as_object(one["item"])["type"] if one["type"] == "item" else one["type"] for one in whole]
    assert shown == kinds * 2
    assert [one["turnId"] for one in whole] == [first.id] * 4 + [second.id] * 4
    positions = [int(str(one["position"])) for one in whole]
    assert positions == sorted(set(positions))
    assert whole[3]["status"] == "completed"
    assert entries(older) + entries(newest) == whole
    assert older["nextCursor"] is None
    assert bad == Refusal(-32600, "invalid thread timeline cursor")


def test_a_turn_goes_on_with_what_it_is_changed_to(connect: Connect, upstream: Upstream) -> None:
    config = connect.home / "config.toml"
    config.write_text(config.read_text() + "\n[features]\nstep_model_switching = true\n")
    client = connect()
    thread_id = start_thread(client)
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message("one"), sse.completed()), text_reply("two"))
    since = client.mark()
    turn_id = start_turn(client, thread_id, "first")
    client.wait_for("item/completed", since)
    here: JsonObject = {"threadId": thread_id, "turnId": turn_id}

    applied = client.call("turn/settings/update", {**here, "effort": "low"})
    strange = client.refusal("turn/settings/update", {**here, "model": "nobody-knows"})
    elsewhere = client.call("turn/settings/update", {**here, "turnId": "other", "effort": "low"})
    client.call(
        "turn/steer",
        {"threadId": thread_id, "expectedTurnId": turn_id, "input": [{"type": "text", "text": "go on"}]},
    )
    gate.open()
    finish_turn(client, turn_id, since)
    late = client.call("turn/settings/update", {**here, "effort": "high"})
    run_turn(client, thread_id, "second")

    efforts = [as_object(asked.json["reasoning"])["effort"] for asked in upstream.asked]
    assert (applied, elsewhere, late) == (
        {"status": "applied"},
        {"status": "targetUnavailable"},
        {"status": "targetUnavailable"},
    )
    assert strange.message == "the destination model has only fallback metadata"
    assert efforts == ["medium", "low", "medium"]


def test_a_turn_cannot_be_changed_unless_config_allows_it(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    turn = run_turn(client, thread_id)

    refused = client.refusal(
        "turn/settings/update", {"threadId": thread_id, "turnId": turn.id, "effort": "low"}
    )

    said = "turn settings updates require the step_model_switching feature"
    assert refused == Refusal(-32600, said)
