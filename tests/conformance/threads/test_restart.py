"""What a second server finds of what a first one did (persistence.md §2 to §5)."""

import json
import signal
from pathlib import Path

import pytest
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, id_of, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Gate, Upstream, stream, text_reply


def rollouts(connect: Connect) -> list[Path]:
    return sorted((connect.home / "sessions").rglob("rollout-*.jsonl"))


def lines(path: Path) -> list[JsonObject]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def statuses(result: JsonObject) -> list[str]:
    turns = as_object(result["thread"])["turns"]
    assert isinstance(turns, list)
    return [str(as_object(turn)["status"]) for turn in turns]


def end(client: Client) -> None:
    client.end_input()
    assert client.wait_exit() == 0


def talked(connect: Connect, upstream: Upstream) -> str:
    """A thread with one turn, from a server that is gone."""
    upstream.script(text_reply("answer one"))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    end(client)
    return thread_id


def test_a_thread_is_resumed_with_all_that_was_said(connect: Connect, upstream: Upstream) -> None:
    thread_id = talked(connect, upstream)
    client = connect()
    since = client.mark()

    result = client.call("thread/resume", {"threadId": thread_id})
    client.settle()
    order = shape(client.received[since:])
    turn = run_turn(client, thread_id, "two")

    assert statuses(result) == ["completed"]
    assert order == ["status:idle", "answer", "tokens", "answer"]
    assert upstream.asked[1].input_texts == ["one", "two"]
    assert "answer one" in upstream.asked[1].body.decode()
    assert turn.end["status"] == "completed"
    assert len(rollouts(connect)) == 1


def test_a_stored_thread_is_read_and_listed_without_loading_it(connect: Connect, upstream: Upstream) -> None:
    thread_id = talked(connect, upstream)
    client = connect()

    data = client.call("thread/list", {})["data"]
    read = client.call("thread/read", {"threadId": thread_id, "includeTurns": True})

    assert isinstance(data, list)
    (thread,) = (as_object(one) for one in data)
    assert (thread["id"], thread["preview"], thread["turns"]) == (thread_id, "one", [])
    assert thread["status"] == {"type": "notLoaded"}
    assert statuses(read) == ["completed"]
    assert client.call("thread/loaded/list", {}) == {"data": [], "nextCursor": None}


def test_turns_can_be_left_out_of_a_resume(connect: Connect, upstream: Upstream) -> None:
    thread_id = talked(connect, upstream)
    client = connect()
    since = client.mark()

    result = client.call("thread/resume", {"threadId": thread_id, "excludeTurns": True})
    client.settle()

    assert statuses(result) == []
    assert shape(client.received[since:]) == ["status:idle", "answer", "answer"]


def test_names_and_archives_last(connect: Connect, upstream: Upstream) -> None:
    thread_id = talked(connect, upstream)
    client = connect()
    client.call("thread/name/set", {"threadId": thread_id, "name": "Named"})
    client.call("thread/archive", {"threadId": thread_id})
    end(client)

    client = connect()
    listed = client.call("thread/list", {"archived": True})["data"]

    assert isinstance(listed, list)
    assert [(id_of(one), as_object(one)["name"]) for one in listed] == [(thread_id, "Named")]
    assert client.call("thread/list", {})["data"] == []


def test_the_log_begins_with_the_thread_and_holds_one_object_a_line(
    connect: Connect, upstream: Upstream
) -> None:
    thread_id = talked(connect, upstream)

    (path,) = rollouts(connect)
    records = lines(path)

    assert path.name.endswith(f"-{thread_id}.jsonl")
    assert all({"timestamp", "type", "payload"} <= record.keys() for record in records)
    assert records[0]["type"] == "session_meta"
    assert as_object(records[0]["payload"])["id"] == thread_id
    kinds = [as_object(record["payload"]).get("type") for record in records if record["type"] == "event_msg"]
    assert [kind for kind in kinds if kind in ("user_message", "agent_message", "task_complete")] == [
        "user_message",
        "agent_message",
        "task_complete",
    ]


@pytest.mark.requirement("D5")
@pytest.mark.parametrize("tail", ['{"timestamp":"2026-01-0', "\x00\x00\x00", "not json\n"])
def test_a_torn_last_line_costs_nothing_else(connect: Connect, upstream: Upstream, tail: str) -> None:
    thread_id = talked(connect, upstream)
    (path,) = rollouts(connect)
    with path.open("a", encoding="utf-8") as log:
        log.write(tail)
    client = connect()

    resumed = client.call("thread/resume", {"threadId": thread_id})
    run_turn(client, thread_id, "two")
    end(client)
    client = connect()
    read = client.call("thread/read", {"threadId": thread_id, "includeTurns": True})

    assert statuses(resumed) == ["completed"]
    assert statuses(read) == ["completed", "completed"]


@pytest.mark.requirement("C6")
def test_a_turn_that_a_crash_cut_off_reads_as_interrupted(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(text_reply("a"), stream(sse.created(), gate))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    start_turn(client, thread_id, "two")
    gate.wait_reached()
    client.wait(lambda one: "'two'" in str(one) and one.get("method") == "item/completed")
    client.leaves_turns_open = True
    client.process.send_signal(signal.SIGKILL)
    client.wait_exit()
    gate.open()

    client = connect()
    read = client.call("thread/read", {"threadId": thread_id, "includeTurns": True})
    resumed = client.call("thread/resume", {"threadId": thread_id})

    assert statuses(resumed) == ["completed", "interrupted"]
    assert statuses(read) == ["completed", "interrupted"]


@pytest.mark.requirement("D3")
def test_a_damaged_thread_hides_no_other(connect: Connect, upstream: Upstream) -> None:
    thread_id = talked(connect, upstream)
    (path,) = rollouts(connect)
    name = path.name.replace(thread_id, thread_id[:-4] + "ffff")
    (path.parent / name).write_bytes(b"\xff\xfe\x00 no log at all\n")
    client = connect()

    data = client.call("thread/list", {})["data"]

    assert isinstance(data, list)
    assert [id_of(one) for one in data] == [thread_id]
