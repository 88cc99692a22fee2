"""Who hears what, and in which order requests are worked off (connection.md §5, §9, §10)."""

import pytest
from pydantic import JsonValue
from support import sse
from support.client import JsonObject
from support.connect import Connect
from support.conversation import finish_turn, run_turn, start_thread, start_turn, user_input
from support.shape import shape
from support.upstream import Gate, Upstream, stream


def test_a_client_that_left_a_thread_hears_only_its_status(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    left = client.call("thread/unsubscribe", {"threadId": thread_id})
    client.settle()
    since = client.mark()

    start_turn(client, thread_id)
    client.wait(lambda one: shape([one]) == ["status:idle"], since)
    client.settle()

    assert left == {"status": "unsubscribed"}
    assert shape(client.received[since:]) == ["answer", "status:active", "status:idle", "answer"]
    assert len(upstream.asked) == 1


def test_leaving_a_thread_twice_or_an_unknown_one_is_no_error(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)

    answers = [
        client.call("thread/unsubscribe", {"threadId": one})["status"]
        for one in (thread_id, thread_id, "00000000-0000-7000-8000-000000000000")
    ]

    assert answers == ["unsubscribed", "notSubscribed", "notLoaded"]


def test_resuming_subscribes_again(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    client.call("thread/unsubscribe", {"threadId": thread_id})

    client.call("thread/resume", {"threadId": thread_id})
    client.settle()
    turn = run_turn(client, thread_id)

    assert shape(turn.messages)[-1] == "turn:completed"


@pytest.mark.parametrize(
    "declined",
    [
        ["item/agentMessage/delta"],
        ["thread/status/changed", "thread/tokenUsage/updated", "account/rateLimits/updated"],
    ],
)
def test_declined_notices_are_left_out_and_nothing_else(connect: Connect, declined: list[JsonValue]) -> None:
    client = connect(optOutNotificationMethods=declined)

    turn = run_turn(client, start_thread(client))

    whole = [
        ("thread/status/changed", "status:active"),
        ("", "turn/started"),
        ("", "+userMessage"),
        ("", "-userMessage"),
        ("", "+agentMessage"),
        ("item/agentMessage/delta", "Δ"),
        ("", "-agentMessage"),
        ("thread/tokenUsage/updated", "tokens"),
        ("account/rateLimits/updated", "limits"),
        ("thread/status/changed", "status:idle"),
        ("", "turn:completed"),
    ]
    assert shape(turn.messages) == ["answer", *(label for method, label in whole if method not in declined)]


def test_requests_of_one_thread_are_answered_in_their_order(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)

    asked = [client.request("thread/name/set", {"threadId": thread_id, "name": f"n{i}"}) for i in range(20)]
    client.wait_for("thread/name/updated", threadName="n19")

    order = [one["id"] for one in client.received if one.get("id") in asked]
    notices = [one["params"] for one in client.received if one.get("method") == "thread/name/updated"]
    assert order == asked
    assert notices == [{"threadId": thread_id, "threadName": f"n{i}"} for i in range(20)]


def test_a_running_turn_does_not_hold_up_other_requests(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    gate.wait_reached()

    loaded = client.call("thread/loaded/list", {})
    read = client.call("thread/read", {"threadId": thread_id})
    other = start_thread(client)
    gate.open()
    finish_turn(client, turn_id, since)

    assert loaded["data"] == [thread_id]
    assert other != thread_id
    thread = read["thread"]
    assert isinstance(thread, dict)
    assert thread["status"] == {"type": "active", "activeFlags": []}


def test_turns_of_two_threads_run_side_by_side(connect: Connect, upstream: Upstream) -> None:
    first_gate, second_gate = Gate(), Gate()
    upstream.script(
        stream(sse.created(), first_gate, *sse.message("a"), sse.completed()),
        stream(sse.created(), second_gate, *sse.message("b"), sse.completed()),
    )
    client = connect()
    one, two = start_thread(client), start_thread(client)
    since = client.mark()
    first = start_turn(client, one)
    first_gate.wait_reached()
    second = start_turn(client, two)
    second_gate.wait_reached()

    second_gate.open()
    finish_turn(client, second, since)
    first_gate.open()
    turn = finish_turn(client, first, since)

    assert turn.end["status"] == "completed"


def test_an_id_that_is_still_open_may_be_used_again(connect: Connect) -> None:
    client = connect()

    def answers(_: JsonObject) -> bool:
        return sum(one.get("id") == "same" for one in client.received) == 2

    client.request("thread/loaded/list", {}, request_id="same")
    client.request("thread/loaded/list", {}, request_id="same")

    client.wait(answers)


@pytest.mark.requirement("W1")
def test_every_request_of_a_burst_is_answered_once(connect: Connect) -> None:
    client = connect()

    asked = [client.request("thread/loaded/list", {}, request_id=f"b{number}") for number in range(3000)]
    for one in asked:
        client.answer(one)


def test_input_that_waits_for_the_thread_is_not_lost(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    texts = [f"text {number}" for number in range(5)]

    for text in texts:
        client.request("turn/start", {"threadId": thread_id, "input": user_input(text)})
    client.wait(lambda _: len({text for one in upstream.asked for text in one.input_texts}) == 5, since)

    assert upstream.asked[-1].input_texts == texts
    client.leaves_turns_open = True
