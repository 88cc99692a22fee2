"""The order of all that a turn sends: text, reasoning, steering, interrupts (threads-and-turns.md §6, §7)."""

import pytest
from pydantic import JsonValue
from support import sse
from support.client import JsonObject
from support.connect import Connect
from support.conversation import (
    Turn,
    as_object,
    finish_turn,
    run_turn,
    start_thread,
)
from support.shape import shape
from support.upstream import Upstream, stream, text_reply

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
END = ["status:idle", "turn:completed"]
MESSAGE = ["+agentMessage", "Δ", "-agentMessage"]


def items(turn: Turn, kind: str) -> list[JsonObject]:
    """The completed items of a type."""
    found = [as_object(one["item"]) for one in turn.params("item/completed")]
    return [item for item in found if item["type"] == kind]


def deltas(turn: Turn, method: str) -> list[JsonValue]:
    return [one["delta"] for one in turn.params(method)]


@pytest.mark.requirement("W13")
def test_plain_text(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("Hello there", deltas=["Hel", "lo ", "there"]))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id, "hi")

    assert shape(turn.messages) == [*START, *MESSAGE, *USAGE, *END]
    assert deltas(turn, "item/agentMessage/delta") == ["Hel", "lo ", "there"]
    (answer,) = items(turn, "agentMessage")
    assert (answer["id"], answer["text"]) == ("msg-1", "Hello there")
    (asked,) = items(turn, "userMessage")
    assert asked["content"] == [{"type": "text", "text": "hi", "text_elements": []}]
    assert upstream.asked[0].input_texts == ["hi"]


def test_all_of_a_turn_names_its_thread_and_the_turn(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    for message in turn.messages:
        method, params = message.get("method"), message.get("params")
        if isinstance(params, dict) and method != "account/rateLimits/updated":
            assert params["threadId"] == thread_id, method
            if str(method).startswith("item/") or method == "thread/tokenUsage/updated":
                assert params["turnId"] == turn.id, method


def test_a_turn_says_when_it_began_and_how_long_it_took(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    (started,) = [as_object(one["turn"]) for one in turn.params("turn/started")]
    answered = as_object(as_object(turn.messages[0]["result"])["turn"])
    assert {key: answered[key] for key in ("id", "items", "itemsView", "status", "error", "startedAt")} == {
        "id": turn.id,
        "items": [],
        "itemsView": "notLoaded",
        "status": "inProgress",
        "error": None,
        "startedAt": None,
    }
    assert (started["id"], started["status"]) == (turn.id, "inProgress")
    assert isinstance(started["startedAt"], int)
    assert turn.end["status"] == "completed"
    assert turn.end["error"] is None
    assert turn.end["startedAt"] == started["startedAt"]
    assert isinstance(turn.end["completedAt"], int)
    assert isinstance(turn.end["durationMs"], int)


def test_an_empty_answer_is_a_turn_too(connect: Connect, upstream: Upstream) -> None:
    upstream.script(stream(sse.created(), sse.completed()))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *USAGE, *END]


def test_a_message_that_was_not_streamed_starts_and_ends_at_once(
    connect: Connect, upstream: Upstream
) -> None:
    upstream.script(stream(sse.created(), sse.message_done("whole"), sse.completed()))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, "+agentMessage", "-agentMessage", *USAGE, *END]
    (started,) = [as_object(one["item"]) for one in turn.params("item/started") if "whole" in str(one)]
    assert started["text"] == "whole"


@pytest.mark.requirement("U6")
def test_what_upstream_says_that_nobody_knows_changes_nothing(connect: Connect, upstream: Upstream) -> None:
    upstream.script(
        stream(
            b": a comment\n\n",
            {"type": "response.something_new", "data": [1]},
            b"event: odd\ndata: not json\n\n",
            *sse.message("ok"),
            {"type": "response.output_item.done", "item": {"type": "novelty", "id": "n-1"}},
            sse.completed(),
        )
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *MESSAGE, *USAGE, *END]


def test_reasoning_and_text(connect: Connect, upstream: Upstream) -> None:
    upstream.script(
        stream(
            sse.created(),
            *sse.reasoning([["Look", "ing"], ["Found"]]),
            {"type": "response.reasoning_text.delta", "delta": "raw", "content_index": 0},
            sse.message_opened(),
            sse.delta("ok"),
            sse.message_done("ok"),
            sse.completed(),
        )
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    summary = ["+reasoning", "part", "Δsummary", "part", "Δsummary", "-reasoning"]
    assert [one for one in shape(turn.messages) if one != "Δreasoning"] == [
        *START,
        *summary,
        *MESSAGE,
        *USAGE,
        *END,
    ]
    (reasoning,) = items(turn, "reasoning")
    assert reasoning["summary"] == ["Looking", "Found"]
    assert reasoning["content"] == []
    pieces = [
        (one["summaryIndex"], one["delta"], one["itemId"])
        for one in turn.params("item/reasoning/summaryTextDelta")
    ]
    assert pieces == [(0, "Look", "rs-1"), (0, "ing", "rs-1"), (1, "Found", "rs-1")]


def test_tokens_add_up_over_the_turns_of_a_thread(connect: Connect, upstream: Upstream) -> None:
    upstream.script(
        stream(*sse.message("a"), sse.completed(input_tokens=100, output_tokens=10)),
        stream(*sse.message("b"), sse.completed(input_tokens=200, output_tokens=20)),
    )
    client = connect()
    thread_id = start_thread(client)

    first, second = run_turn(client, thread_id), run_turn(client, thread_id)

    (before,) = [as_object(one["tokenUsage"]) for one in first.params("thread/tokenUsage/updated")]
    (after,) = [as_object(one["tokenUsage"]) for one in second.params("thread/tokenUsage/updated")]
    assert before["modelContextWindow"] == after["modelContextWindow"] == 258_400
    assert as_object(before["total"])["totalTokens"] == 110
    last, total = as_object(after["last"]), as_object(after["total"])
    keys = ("inputTokens", "cachedInputTokens", "outputTokens", "reasoningOutputTokens", "totalTokens")
    assert [last[key] for key in keys] == [200, 2, 20, 1, 220]
    assert [total[key] for key in keys] == [300, 4, 30, 2, 330]


def test_limits_are_told_after_each_answer_of_the_model(connect: Connect, upstream: Upstream) -> None:
    headers = [
        ("x-codex-primary-used-percent", "42.4"),
        ("x-codex-primary-window-minutes", "60"),
        ("x-codex-primary-reset-at", "1700000000"),
    ]
    upstream.script(stream(*sse.message(), sse.completed(), headers=headers))
    client = connect()
    thread_id = start_thread(client)

    with_headers, without = run_turn(client, thread_id), run_turn(client, thread_id)

    (limits,) = [as_object(one["rateLimits"]) for one in with_headers.params("account/rateLimits/updated")]
    assert limits["limitId"] == "codex"
    assert limits["primary"] == {"usedPercent": 42, "windowDurationMins": 60, "resetsAt": 1700000000}
    assert limits["secondary"] is None
    (empty,) = [as_object(one["rateLimits"]) for one in without.params("account/rateLimits/updated")]
    assert (empty["limitId"], empty["primary"], empty["credits"]) == ("codex", None, None)


def test_the_next_turn_sends_the_whole_conversation(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("first answer"))
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")

    assert upstream.asked[1].input_texts == ["one", "two"]
    assert "first answer" in upstream.asked[1].body.decode()
    assert upstream.asked[1].json["prompt_cache_key"] == thread_id


def test_input_is_echoed_as_it_was_sent(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    elements: JsonValue = [{"byteRange": {"start": 0, "end": 2}, "placeholder": None}]
    sent: list[JsonValue] = [
        {"type": "text", "text": "hi", "text_elements": elements},
        {"type": "mention", "name": "app", "path": "app://x"},
        {"type": "text", "text": "there", "text_elements": []},
    ]
    since = client.mark()

    turn_id = str(as_object(client.call("turn/start", {"threadId": thread_id, "input": sent})["turn"])["id"])
    turn = finish_turn(client, turn_id, since)

    (echo,) = items(turn, "userMessage")
    assert echo["content"] == sent


def test_input_without_anything_in_it_is_an_error_and_no_turn(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()

    client.call("turn/start", {"threadId": thread_id, "input": []})
    error = as_object(client.wait_for("error", since))
    turn = run_turn(client, thread_id)

    told = as_object(error["error"])
    assert (told["message"], told["codexErrorInfo"]) == ("input must not be empty", "badRequest")
    assert error["willRetry"] is False
    assert len(upstream.asked) == 1
    assert turn.end["status"] == "completed"


def test_an_empty_text_is_input(connect: Connect) -> None:
    client = connect()

    turn = run_turn(client, start_thread(client), "")

    assert shape(turn.messages) == [*START, *MESSAGE, *USAGE, *END]
