"""The life of a thread in one server: started, read, listed, forked, archived (threads-and-turns.md §3)."""

import re
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Gate, Upstream, stream, text_reply

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def thread_of(result: JsonObject) -> JsonObject:
    return as_object(result["thread"])


def turns_of(result: JsonObject) -> list[JsonObject]:
    turns = thread_of(result)["turns"]
    assert isinstance(turns, list)
    return [as_object(turn) for turn in turns]


def texts(turn: JsonObject) -> list[tuple[str, str]]:
    """Who said what in a turn that was read back."""
    items = turn["items"]
    assert isinstance(items, list)
    said: list[tuple[str, str]] = []
    for item in map(as_object, items):
        if item["type"] == "userMessage":
            content = item["content"]
            assert isinstance(content, list)
            said.append(("user", str(as_object(content[0])["text"])))
        elif item["type"] == "agentMessage":
            said.append(("agent", str(item["text"])))
    return said


def listed(client: Client, **params: JsonValue) -> list[str]:
    data = client.call("thread/list", params)["data"]
    assert isinstance(data, list)
    return [id_of(thread) for thread in data]


def test_a_thread_is_answered_and_then_announced(connect: Connect) -> None:
    client = connect()
    since = client.mark()

    result = client.call("thread/start", {"cwd": str(connect.workspace), "model": "some-model"})
    announced = thread_of(client.wait_for("thread/started", since))

    thread = thread_of(result)
    assert shape(client.received[since:])[:2] == ["answer", "thread/started"]
    assert announced["id"] == thread["id"]
    assert UUID7.fullmatch(str(thread["id"]))
    expected: JsonObject = {
        "sessionId": thread["id"],
        "forkedFromId": None,
        "preview": "",
        "ephemeral": False,
        "modelProvider": "loopback",
        "status": {"type": "idle"},
        "cwd": str(connect.workspace),
        "source": "vscode",
        "gitInfo": None,
        "name": None,
        "turns": [],
    }
    assert {key: thread[key] for key in expected} == expected
    assert result["model"] == "some-model"
    assert result["modelProvider"] == "loopback"
    assert result["approvalPolicy"] == "on-request"
    assert result["approvalsReviewer"] == "user"
    assert result["cwd"] == str(connect.workspace)


def test_nothing_is_on_disk_before_the_first_message(connect: Connect) -> None:
    client = connect()

    thread = thread_of(client.call("thread/start", {}))

    assert not Path(str(thread["path"])).exists()
    run_turn(client, id_of(thread))
    assert Path(str(thread["path"])).exists()


@pytest.mark.parametrize(
    ("sandbox", "policy"),
    [
        ("danger-full-access", {"type": "dangerFullAccess"}),
        ("read-only", {"type": "readOnly", "networkAccess": False}),
    ],
)
def test_the_sandbox_is_echoed_as_a_policy(connect: Connect, sandbox: str, policy: JsonObject) -> None:
    client = connect()

    result = client.call("thread/start", {"sandbox": sandbox, "approvalPolicy": "never"})

    assert result["sandbox"] == policy
    assert result["approvalPolicy"] == "never"


def test_reading_a_thread(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("answer one"), text_reply("answer two"))
    client = connect()
    thread_id = start_thread(client)
    empty = client.call("thread/read", {"threadId": thread_id})
    too_soon = client.refusal("thread/read", {"threadId": thread_id, "includeTurns": True})
    ids = [run_turn(client, thread_id, text).id for text in ("one", "two")]

    plain = client.call("thread/read", {"threadId": thread_id})
    full = client.call("thread/read", {"threadId": thread_id, "includeTurns": True})

    assert thread_of(empty)["preview"] == ""
    assert too_soon.message == (
        f"thread {thread_id} is not materialized yet; includeTurns is unavailable before first user message"
    )
    assert thread_of(plain)["turns"] == []
    assert thread_of(plain)["preview"] == "one"
    turns = turns_of(full)
    assert [turn["id"] for turn in turns] == ids
    assert [turn["status"] for turn in turns] == ["completed", "completed"]
    assert [texts(turn) for turn in turns] == [
        [("user", "one"), ("agent", "answer one")],
        [("user", "two"), ("agent", "answer two")],
    ]


def test_a_failed_turn_reads_back_as_failed(connect: Connect, upstream: Upstream) -> None:
    upstream.script(stream(sse.created(), sse.failed("invalid_prompt", "bad words")))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)

    (turn,) = turns_of(client.call("thread/read", {"threadId": thread_id, "includeTurns": True}))

    assert turn["status"] == "failed"
    assert as_object(turn["error"])["message"] == "bad words"


@pytest.mark.requirement("C6")
def test_a_live_turn_reads_as_in_progress(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(text_reply("done"), stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    since = client.mark()
    turn_id = start_turn(client, thread_id, "two")
    gate.wait_reached()

    read = turns_of(client.call("thread/read", {"threadId": thread_id, "includeTurns": True}))
    resumed = turns_of(client.call("thread/resume", {"threadId": thread_id}))
    gate.open()
    finish_turn(client, turn_id, since)

    assert [turn["status"] for turn in resumed] == ["completed", "inProgress"]
    assert texts(resumed[-1]) == [("user", "two")]
    assert [turn["status"] for turn in read] == ["completed", "inProgress"]


def test_only_threads_that_were_talked_in_are_listed(connect: Connect) -> None:
    client = connect()
    talked, silent = start_thread(client), start_thread(client)
    ephemeral = start_thread(client, ephemeral=True)
    run_turn(client, talked)
    run_turn(client, ephemeral)

    loaded = client.call("thread/loaded/list", {})

    assert listed(client) == [talked]
    assert loaded == {"data": sorted([talked, silent, ephemeral]), "nextCursor": None}


def test_pages_of_loaded_threads(connect: Connect) -> None:
    client = connect()
    ids = sorted(start_thread(client) for _ in range(3))

    first = client.call("thread/loaded/list", {"limit": 2})
    second = client.call("thread/loaded/list", {"limit": 2, "cursor": first["nextCursor"]})

    assert first == {"data": ids[:2], "nextCursor": ids[1]}
    assert second == {"data": ids[2:], "nextCursor": None}
    assert client.refusal("thread/loaded/list", {"cursor": "zz"}) == Refusal(-32600, "invalid cursor: zz")


def test_pages_of_all_threads_lose_none(connect: Connect) -> None:
    client = connect()
    ids: list[str] = []
    for number in range(5):
        ids.append(start_thread(client))
        run_turn(client, ids[-1], f"text {number}")

    pages: list[list[str]] = []
    cursor: JsonValue = None
    while cursor is not None or not pages:
        page = client.call("thread/list", {"limit": 2, "cursor": cursor})
        assert isinstance(page["data"], list)
        pages.append([id_of(thread) for thread in page["data"]])
        cursor = page["nextCursor"]

    assert sorted(one for page in pages for one in page) == sorted(ids)
    assert [len(page) for page in pages] == [2, 2, 1]
    assert listed(client, sortDirection="asc") == list(reversed(listed(client)))


def test_threads_are_found_by_folder_provider_and_words(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client, cwd=str(connect.workspace))
    run_turn(client, thread_id, "a needle in the hay")

    found = [
        listed(client, cwd=str(connect.workspace)),
        listed(client, cwd=[str(connect.workspace), "/nowhere"]),
        listed(client, searchTerm="needle"),
        listed(client, modelProviders=[]),
        listed(client, modelProviders=["loopback"]),
        listed(client, sourceKinds=["vscode"]),
        listed(client, useStateDbOnly=True),
    ]
    missed = [
        listed(client, cwd="/nowhere"),
        listed(client, searchTerm="no such words"),
        listed(client, modelProviders=["other"]),
        listed(client, sourceKinds=["exec"]),
        listed(client, archived=True),
    ]

    assert found == [[thread_id]] * 7
    assert missed == [[]] * 5


def test_resuming_a_loaded_thread_describes_it_as_it_is(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client, model="gpt-5.5")
    turn = run_turn(client, thread_id)
    since = client.mark()

    result = client.call("thread/resume", {"threadId": thread_id, "model": "ignored"})
    client.wait_for("thread/tokenUsage/updated", since)
    client.settle()

    assert result["model"] == "gpt-5.5"
    assert [one["id"] for one in turns_of(result)] == [turn.id]
    assert shape(client.received[since:]) == ["answer", "tokens", "answer"]


def test_a_thread_that_was_never_talked_in_cannot_be_resumed_or_forked(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)

    refusals = [client.refusal(one, {"threadId": thread_id}) for one in ("thread/resume", "thread/fork")]

    assert refusals == [Refusal(-32600, f"no rollout found for thread id {thread_id}")] * 2


def test_forking_copies_the_turns_and_leaves_the_source_alone(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("a"), text_reply("b"))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    since = client.mark()

    result = client.call("thread/fork", {"threadId": thread_id})
    fork = thread_of(result)
    announced = thread_of(client.wait_for("thread/started", since))
    order = shape(client.received[since:])
    run_turn(client, id_of(fork), "two")

    assert fork["forkedFromId"] == thread_id
    assert fork["sessionId"] == fork["id"] != thread_id
    assert [texts(turn) for turn in turns_of(result)] == [[("user", "one"), ("agent", "a")]]
    assert (announced["id"], announced["turns"]) == (fork["id"], [])
    assert order == ["answer", "tokens", "thread/started"]
    assert upstream.asked[1].input_texts == ["one", "two"]
    source = turns_of(client.call("thread/read", {"threadId": thread_id, "includeTurns": True}))
    assert len(source) == 1


def test_forking_can_leave_the_turns_out(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()

    result = client.call("thread/fork", {"threadId": thread_id, "excludeTurns": True, "ephemeral": True})
    client.wait_for("thread/started", since)

    assert thread_of(result)["turns"] == []
    assert thread_of(result)["path"] is None
    assert shape(client.received[since:]) == ["answer", "thread/started"]


def test_naming_a_thread(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()

    answer = client.call("thread/name/set", {"threadId": thread_id, "name": "  My thread "})
    told = client.wait_for("thread/name/updated", since)

    assert answer == {}
    assert told == {"threadId": thread_id, "threadName": "My thread"}
    assert shape(client.received[since:]) == ["answer", "thread/name/updated"]
    assert thread_of(client.call("thread/read", {"threadId": thread_id}))["name"] == "My thread"
    assert client.refusal("thread/name/set", {"threadId": thread_id, "name": " "}).message == (
        "thread name must not be empty"
    )


def test_archiving_a_thread_and_taking_it_back(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()

    archived = client.call("thread/archive", {"threadId": thread_id})
    client.wait_for("thread/archived", since, threadId=thread_id)
    order = shape(client.received[since:])
    again = client.refusal("thread/archive", {"threadId": thread_id})
    while_archived = (listed(client), listed(client, archived=True))
    turn = client.refusal("turn/start", {"threadId": thread_id, "input": []})
    read = client.call("thread/read", {"threadId": thread_id})
    since = client.mark()
    back = client.call("thread/unarchive", {"threadId": thread_id})
    client.wait_for("thread/unarchived", since, threadId=thread_id)

    assert archived == {}
    assert order == ["status:notLoaded", "answer", "thread/archived"]
    assert again.message == f"no rollout found for thread id {thread_id}"
    assert while_archived == ([], [thread_id])
    assert turn.message == f"thread not found: {thread_id}"
    assert thread_of(read)["status"] == {"type": "notLoaded"}
    assert thread_of(back)["status"] == {"type": "notLoaded"}
    assert shape(client.received[since:]) == ["answer", "thread/unarchived"]
    assert listed(client) == [thread_id]
    assert client.refusal("thread/unarchive", {"threadId": thread_id}).message == (
        f"no archived rollout found for thread id {thread_id}"
    )


def test_archiving_ends_a_turn_that_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    start_turn(client, thread_id)
    gate.wait_reached()
    client.wait(lambda one: shape([one]) == ["-userMessage"])
    since = client.mark()

    client.call("thread/archive", {"threadId": thread_id})
    client.wait_for("thread/archived", since, threadId=thread_id)
    gate.open()

    labels = [one for one in shape(client.received[since:]) if one not in ("limits", "tokens")]
    assert labels == [
        "status:idle",
        "turn:interrupted",
        "status:notLoaded",
        "answer",
        "thread/archived",
    ]


@pytest.mark.requirement("D6")
def test_a_fresh_thread_is_known_at_once(connect: Connect) -> None:
    client = connect()

    started = client.request("thread/start", {})
    thread_id = id_of(client.result(started)["thread"])
    read = client.request("thread/read", {"threadId": thread_id})
    listing = client.request("thread/list", {})

    assert id_of(client.result(read)["thread"]) == thread_id
    assert client.result(listing)["data"] == []


@pytest.mark.requirement("C1")
def test_threads_are_listed_while_a_turn_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(text_reply(), stream(sse.created(), sse.message_opened(), gate))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()
    turn_id = start_turn(client, thread_id)

    gate.wait_reached()
    pages = [client.call("thread/list", {})["data"] for _ in range(50)]
    still_open = not any(one.get("method") == "turn/completed" for one in client.received[since:])
    gate.open()
    finish_turn(client, turn_id, since)

    assert (still_open, [len(page) for page in pages if isinstance(page, list)]) == (True, [1] * 50)
