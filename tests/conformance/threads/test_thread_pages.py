"""Pages of turns and items, and changes of a thread between its turns (threads-and-turns.md §3)."""

import json
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, id_of, run_turn, start_thread
from support.upstream import Upstream, text_reply

NOBODY = "00000000-0000-7000-8000-000000000000"


def rows(result: JsonObject) -> list[JsonObject]:
    data = result["data"]
    assert isinstance(data, list)
    return [as_object(row) for row in data]


def ids(result: JsonObject) -> list[str]:
    return [id_of(row) for row in rows(result)]


def three_turns(client: Client, upstream: Upstream) -> tuple[str, list[str]]:
    upstream.script(text_reply("one"), text_reply("two"), text_reply("three"))
    thread_id = start_thread(client)
    return thread_id, [run_turn(client, thread_id, text).id for text in ("a", "b", "c")]


def test_turns_come_in_pages_the_newest_first(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, turns = three_turns(client, upstream)

    def page(**params: JsonValue) -> JsonObject:
        return client.call("thread/turns/list", {"threadId": thread_id, **params})

    first = page(limit=2)
    second = page(limit=2, cursor=first["nextCursor"])
    back = page(sortDirection="asc", cursor=second["backwardsCursor"])

    assert ids(first) == [turns[2], turns[1]]
    assert json.loads(str(first["nextCursor"])) == {"turnId": turns[1], "includeAnchor": False}
    assert json.loads(str(first["backwardsCursor"])) == {"turnId": turns[2], "includeAnchor": True}
    assert ids(second) == [turns[0]]
    assert second["nextCursor"] is None
    assert ids(back) == turns
    assert ids(page(limit=0)) == [turns[2]]


def test_a_view_says_how_much_of_the_items_is_there(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, _ = three_turns(client, upstream)

    def kinds(view: str | None) -> tuple[JsonValue, list[JsonValue]]:
        params: JsonObject = {"threadId": thread_id, "limit": 1, "itemsView": view}
        turn = rows(client.call("thread/turns/list", params))[0]
        items = turn["items"]
        assert isinstance(items, list)
        return turn["itemsView"], [as_object(item)["type"] for item in items]

    assert kinds(None) == ("summary", ["userMessage", "agentMessage"])
    assert kinds("full") == ("full", ["userMessage", "agentMessage"])
    assert kinds("notLoaded") == ("notLoaded", [])


def test_items_come_in_pages_and_can_be_read_one_by_one(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, turns = three_turns(client, upstream)

    def page(**params: JsonValue) -> JsonObject:
        return client.call("thread/items/list", {"threadId": thread_id, **params})

    everything = rows(page(sortDirection="asc"))
    first = page(limit=4, sortDirection="asc")
    rest = page(cursor=first["nextCursor"], sortDirection="asc")
    of_one = rows(page(turnId=turns[1], sortDirection="asc"))
    item_id = id_of(of_one[0]["item"])
    anchored = page(cursor={"type": "item", "itemId": item_id}, limit=1)
    read = client.call(
        "thread/items/read", {"threadId": thread_id, "turnId": turns[1], "itemIds": [item_id, "none"]}
    )

    assert [row["turnId"] for row in everything] == [turn for turn in turns for _ in range(2)]
    assert [*rows(first), *rows(rest)] == everything
    assert of_one == everything[2:4]
    assert rows(anchored) == rows(read) == [of_one[0]]


def test_what_cannot_be_paged_through_is_refused(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, _ = three_turns(client, upstream)
    fresh, passing = start_thread(client), start_thread(client, ephemeral=True)

    def refusal(thread: str, **params: JsonValue) -> Refusal:
        return client.refusal("thread/turns/list", {"threadId": thread, **params})

    gone = json.dumps({"turnId": "gone", "includeAnchor": True})
    assert refusal(thread_id, cursor="bad") == Refusal(-32600, "invalid cursor: bad")
    assert refusal(thread_id, cursor=gone) == Refusal(
        -32600, "invalid cursor: anchor turn is no longer present"
    )
    assert refusal(fresh) == Refusal(
        -32600,
        f"thread {fresh} is not materialized yet; thread/turns/list is unavailable before first user message",
    )
    assert refusal(passing) == Refusal(-32600, "ephemeral threads do not support thread/turns/list")
    assert refusal(NOBODY) == Refusal(-32600, f"thread not loaded: {NOBODY}")
    assert client.refusal("thread/turns/items/list", {"threadId": thread_id, "turnId": "x"}) == Refusal(
        -32601, "thread/turns/items/list is not supported yet"
    )


# --- between turns ----------------------------------------------------------------------------------


def injected(text: str) -> JsonObject:
    return {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}


def test_injected_items_reach_the_model_and_show_as_no_turn(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)

    answer = client.call("thread/inject_items", {"threadId": thread_id, "items": [injected("a fact")]})
    run_turn(client, thread_id, "hello")
    turns = rows(client.call("thread/turns/list", {"threadId": thread_id}))

    sent = upstream.asked[0].json["input"]
    assert isinstance(sent, list)
    texts = [json.dumps(item) for item in sent]
    assert answer == {}
    assert sum('"a fact"' in text for text in texts) == 1
    assert sum("<environment_context>" in text for text in texts) == 1
    assert next(n for n, text in enumerate(texts) if "a fact" in text) > next(
        n for n, text in enumerate(texts) if "<environment_context>" in text
    )
    assert len(turns) == 1


def test_what_is_no_item_is_not_injected(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)

    def refusal(thread: str, *items: JsonValue) -> Refusal:
        return client.refusal("thread/inject_items", {"threadId": thread, "items": list(items)})

    assert refusal(thread_id) == Refusal(-32600, "items must not be empty")
    assert refusal(thread_id, injected("x"), {"role": "user"}) == Refusal(
        -32600, "items[1] is not a valid response item: missing field `type`"
    )
    assert refusal(NOBODY, injected("x")) == Refusal(-32600, f"thread not found: {NOBODY}")


@pytest.mark.parametrize(
    ("item", "problem"),
    [
        ({"type": "message", "role": "user"}, "missing field `content`"),
        (
            {"type": "message", "role": "user", "content": "hi"},
            'invalid type: string "hi", expected a sequence',
        ),
        ({"type": "function_call", "name": "a", "call_id": "c"}, "missing field `arguments`"),
        (5, "invalid type: integer `5`, expected internally tagged enum ResponseItem"),
    ],
)
def test_an_item_that_is_not_whole_is_not_injected(connect: Connect, item: JsonValue, problem: str) -> None:
    client = connect()
    params: JsonObject = {"threadId": start_thread(client), "items": [item]}

    assert client.refusal("thread/inject_items", params) == Refusal(
        -32600, f"items[0] is not a valid response item: {problem}"
    )
    assert client.call("thread/inject_items", {**params, "items": [{"type": "unheard_of"}]}) == {}


def test_elicitations_are_counted(connect: Connect) -> None:
    client = connect()
    params: JsonObject = {"threadId": start_thread(client)}

    up = [client.call("thread/increment_elicitation", params) for _ in range(2)]
    down = [client.call("thread/decrement_elicitation", params) for _ in range(2)]
    below = client.refusal("thread/decrement_elicitation", params)

    assert up == [{"count": 1, "paused": True}, {"count": 2, "paused": True}]
    assert down == [{"count": 1, "paused": True}, {"count": 0, "paused": False}]
    assert below == Refusal(-32600, "out-of-band elicitation count is already zero")


def test_settings_change_from_the_next_turn_on_and_are_told_once(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread_id = start_thread(client)
    change: JsonObject = {"threadId": thread_id, "model": "another", "effort": "high"}

    client.call("thread/settings/update", change)
    told = as_object(client.wait_for("thread/settings/updated", threadId=thread_id)["threadSettings"])
    since = client.mark()
    client.call("thread/settings/update", change)
    run_turn(client, thread_id)

    assert (told["model"], told["effort"]) == ("another", "high")
    assert upstream.asked[0].json["model"] == "another"
    assert "thread/settings/updated" not in [one.get("method") for one in client.received[since:]]


# --- what is stored ---------------------------------------------------------------------------------


def git_of(result: JsonObject) -> JsonValue:
    return as_object(result["thread"])["gitInfo"]


def test_git_facts_are_set_kept_and_cleared(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, _ = three_turns(client, upstream)

    def update(**git: JsonValue) -> JsonValue:
        return git_of(client.call("thread/metadata/update", {"threadId": thread_id, "gitInfo": git}))

    assert update(sha=" abc ", branch="main", originUrl=None) == {
        "sha": "abc",
        "branch": "main",
        "originUrl": None,
    }
    assert update(branch=None, originUrl="url") == {"sha": "abc", "branch": None, "originUrl": "url"}
    assert git_of(client.call("thread/read", {"threadId": thread_id})) == {
        "sha": "abc",
        "branch": None,
        "originUrl": "url",
    }


def test_metadata_that_make_no_sense_are_refused(connect: Connect) -> None:
    client = connect()
    thread_id, passing = start_thread(client), start_thread(client, ephemeral=True)

    def refusal(thread: str, git: JsonObject) -> str:
        return client.refusal("thread/metadata/update", {"threadId": thread, "gitInfo": git}).message

    assert refusal(thread_id, {}) == "gitInfo must include at least one field"
    assert refusal(thread_id, {"originUrl": " "}) == "gitInfo.originUrl must not be empty"
    assert refusal(NOBODY, {"sha": "x"}) == f"thread not found: {NOBODY}"
    assert refusal(passing, {"sha": "x"}) == f"ephemeral thread does not support metadata updates: {passing}"


def test_a_memory_mode_is_recorded(connect: Connect) -> None:
    client = connect()
    thread = as_object(client.call("thread/start", {})["thread"])
    thread_id = id_of(thread)

    answer = client.call("thread/memoryMode/set", {"threadId": thread_id, "mode": "disabled"})
    unknown = client.refusal("thread/memoryMode/set", {"threadId": NOBODY, "mode": "enabled"})

    lines = [json.loads(line) for line in Path(str(thread["path"])).read_text().splitlines()]
    assert answer == {}
    assert unknown == Refusal(-32600, f"thread not found: {NOBODY}")
    assert [line["type"] for line in lines] == ["session_meta", "session_meta"]
    assert lines[1]["payload"]["memory_mode"] == "disabled"


def test_a_deleted_thread_is_gone_for_good(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id, _ = three_turns(client, upstream)

    client.call("thread/delete", {"threadId": thread_id})
    client.wait_for("thread/deleted", threadId=thread_id)

    assert client.call("thread/loaded/list", {})["data"] == []
    assert client.call("thread/list", {})["data"] == []
    assert client.refusal("thread/read", {"threadId": thread_id}).message == f"thread not loaded: {thread_id}"
    again = client.refusal("thread/delete", {"threadId": thread_id})
    assert again == Refusal(-32600, f"no rollout found for thread id {thread_id}")
