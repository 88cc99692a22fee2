"""Stepping into a turn that runs: interrupts and steering (threads-and-turns.md §4, §7 E and F)."""

import pytest
from support import sse
from support.client import JsonObject, Refusal
from support.connect import Connect
from support.conversation import (
    finish_turn,
    run_turn,
    start_talking_turn,
    start_thread,
    start_turn,
    user_input,
)
from support.shape import shape
from support.upstream import Gate, Upstream, gated_text, stream, text_reply

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
END = ["status:idle", "turn:completed"]
MESSAGE = ["+agentMessage", "Δ", "-agentMessage"]


def test_interrupting_a_stream_ends_the_turn_at_once(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), sse.message_opened(), sse.delta("par"), gate, sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id)

    result = client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    turn = finish_turn(client, turn_id, since)
    gate.open()

    assert result == {}
    expected = [*START, "+agentMessage", "Δ", "answer", "status:idle", "turn:interrupted"]
    assert [one for one in shape(turn.messages) if one not in ("-agentMessage", *USAGE)] == expected
    assert turn.end["error"] is None


@pytest.mark.requirement("C4")
def test_every_interrupt_is_answered(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    gate.wait_reached()
    client.wait_for("turn/started", since)
    params: JsonObject = {"threadId": thread_id, "turnId": turn_id}

    several = [client.request("turn/interrupt", params) for _ in range(3)]
    answers = [client.answer(one) for one in several]
    finish_turn(client, turn_id, since)
    late = client.refusal("turn/interrupt", params)
    gate.open()

    assert answers[0]["result"] == {}
    assert all("result" in one or "error" in one for one in answers)
    assert late == Refusal(-32600, "no active turn to interrupt")


def test_an_interrupt_must_name_the_turn_that_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    idle = client.refusal("turn/interrupt", {"threadId": thread_id, "turnId": "x"})
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("turn/started", since)

    wrong = client.refusal("turn/interrupt", {"threadId": thread_id, "turnId": "x"})
    gate.open()
    finish_turn(client, turn_id, since)

    assert idle.message == "no active turn to interrupt"
    assert wrong.message == f"expected active turn id x but found {turn_id}"


def test_the_model_is_told_that_the_user_interrupted(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), sse.message_opened(), sse.delta("partial words"), gate))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id, "one")
    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    finish_turn(client, turn_id, since)
    gate.open()

    run_turn(client, thread_id, "two")

    body = upstream.asked[1].body.decode()
    assert "<turn_aborted>" in body
    assert "partial words" not in body


def test_steering_adds_to_the_turn_that_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated_text("a", gate), text_reply("b"))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id, "one")

    steered = client.call(
        "turn/steer", {"threadId": thread_id, "expectedTurnId": turn_id, "input": user_input("two")}
    )
    gate.open()
    turn = finish_turn(client, turn_id, since)

    assert steered == {"turnId": turn_id}
    assert [one for one in shape(turn.messages) if one != "answer"] == [
        *START[1:],
        *MESSAGE,
        *USAGE,
        "+userMessage",
        "-userMessage",
        *MESSAGE,
        *USAGE,
        *END,
    ]
    assert upstream.asked[1].input_texts == ["one", "two"]


def test_steering_is_refused_in_words(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    steer: JsonObject = {"threadId": thread_id, "input": user_input("x"), "expectedTurnId": "y"}
    idle = client.refusal("turn/steer", steer)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("turn/started", since)

    refusals = [
        client.refusal("turn/steer", steer).message,
        client.refusal("turn/steer", {**steer, "expectedTurnId": ""}).message,
        client.refusal("turn/steer", {**steer, "input": [], "expectedTurnId": turn_id}).message,
    ]
    gate.open()
    finish_turn(client, turn_id, since)

    assert idle.message == "no active turn to steer"
    assert refusals == [
        f"expected active turn id `y` but found `{turn_id}`",
        "expectedTurnId must not be empty",
        "input must not be empty",
    ]


def test_a_turn_that_is_started_in_a_turn_steers_it(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated_text("a", gate), text_reply("b"))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id, "one")

    second = start_turn(client, thread_id, "two")
    gate.open()
    turn = finish_turn(client, turn_id, since)

    assert second == turn_id
    assert shape(turn.messages).count("turn/started") == 1
    assert upstream.asked[1].input_texts == ["one", "two"]
