"""Input that waits until its thread has nothing to do."""

from collections.abc import Generator
from contextlib import contextmanager

from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn, user_input
from support.upstream import Gate, Upstream, stream

CHANGED = "thread/queue/changed"


def add(client: Client, thread_id: str, text: str) -> str:
    said: JsonObject = {"input": user_input(text), "clientUserMessageId": f"client-{text}"}
    return id_of(client.call("thread/queue/add", {"threadId": thread_id, **said})["queuedSubmission"])


def waiting(client: Client, thread_id: str, **params: JsonValue) -> list[JsonValue]:
    data = client.call("thread/queue/list", {"threadId": thread_id, **params})["data"]
    assert isinstance(data, list)
    return [as_object(one)["id"] for one in data]


def said(client: Client, since: int) -> list[JsonValue]:
    """The client's ids of the users' messages."""
    items = [
        as_object(as_object(one["params"])["item"])
        for one in client.received[since:]
        if one.get("method") == "item/completed"
    ]
    return [item["clientId"] for item in items if item["type"] == "userMessage"]


def ends(client: Client, count: int, since: int) -> None:
    """Wait for the ends of so many turns."""
    for _ in range(count):
        client.wait_for("turn/completed", since)
        place = client.received.index(
            next(one for one in client.received[since:] if one.get("method") == "turn/completed"), since
        )
        since = place + 1
    client.settle()


@contextmanager
def busy(client: Client, upstream: Upstream, thread_id: str) -> Generator[str]:
    """A turn that runs until the end of the block, unless it is stopped before."""
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message("busy"), sse.completed()))
    since = client.mark()
    turn_id = start_turn(client, thread_id, "busy")
    client.wait_for("item/completed", since)  # what the user said
    try:
        yield turn_id
    finally:
        gate.open()


def test_what_waits_follows_turn_by_turn(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    with busy(client, upstream, thread_id):
        since = client.mark()
        first, second = add(client, thread_id, "one"), add(client, thread_id, "two")
        listed = waiting(client, thread_id)
        told = len([one for one in client.received[since:] if one.get("method") == CHANGED])

    ends(client, 3, since)

    assert listed == [first, second]
    assert told == 2
    assert said(client, since) == ["client-one", "client-two"]
    assert waiting(client, thread_id) == []


def test_a_thread_that_has_nothing_to_do_begins_at_once(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()

    add(client, thread_id, "now")
    ends(client, 1, since)

    assert said(client, since) == ["client-now"]
    assert waiting(client, thread_id) == []


def test_an_interrupt_holds_back_what_waits_until_somebody_starts_it(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread_id = start_thread(client)
    with busy(client, upstream, thread_id) as turn_id:
        first, second, third = (add(client, thread_id, text) for text in ("one", "two", "three"))
        since = client.mark()
        early = client.refusal("thread/queue/start", {"threadId": thread_id})
        client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
        finish_turn(client, turn_id, since)
        held = waiting(client, thread_id)

    started = client.call("thread/queue/start", {"threadId": thread_id, "queuedSubmissionId": second})
    ends(client, 4, since)

    assert early == Refusal(-32600, "thread already has an active or pending turn")
    assert held == [first, second, third]
    assert as_object(started["turn"])["status"] == "inProgress"
    assert said(client, since) == ["client-two", "client-one", "client-three"]
    empty = client.refusal("thread/queue/start", {"threadId": thread_id})
    assert empty == Refusal(-32600, "queue is empty")


def test_what_waits_can_be_changed(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    here: JsonObject = {"threadId": thread_id}
    with busy(client, upstream, thread_id):
        since = client.mark()
        first, second, third = (add(client, thread_id, text) for text in ("one", "two", "three"))

        updated = client.call(
            "thread/queue/update", {**here, "queuedSubmissionId": first, "input": user_input("other")}
        )
        deleted = client.call("thread/queue/delete", {**here, "queuedSubmissionId": second})
        again = client.call("thread/queue/delete", {**here, "queuedSubmissionId": second})
        client.call("thread/queue/reorder", {**here, "queuedSubmissionIds": [third, first]})
        page = client.call("thread/queue/list", {**here, "limit": 1})

        incomplete = client.refusal("thread/queue/reorder", {**here, "queuedSubmissionIds": [first]})
        unknown = client.refusal(
            "thread/queue/update", {**here, "queuedSubmissionId": "x", "input": user_input("y")}
        )
        nothing = client.refusal("thread/queue/add", {**here, "input": [], "clientUserMessageId": "x"})
        listed = waiting(client, thread_id)
        rest = waiting(client, thread_id, cursor=page["nextCursor"])
    ends(client, 3, since)

    submission = as_object(updated["queuedSubmission"])
    assert submission["input"] == [{"type": "text", "text": "other", "text_elements": []}]
    assert submission["clientUserMessageId"] == "client-one"
    assert (deleted, again) == ({"deleted": True}, {"deleted": False})
    assert (listed, rest) == ([third, first], [first])
    assert incomplete.message == "queue reorder must include every queued submission exactly once"
    assert unknown == Refusal(-32600, "queued submission not found: x")
    assert nothing.message == "only user input can be added to the user-message queue"
    assert said(client, since) == ["client-three", "client-one"]


def test_what_waits_is_still_there_in_another_process(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    with busy(client, upstream, thread_id) as turn_id:
        entry = add(client, thread_id, "later")
        since = client.mark()
        client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
        finish_turn(client, turn_id, since)
    client.close()

    other = connect()
    listed = waiting(other, thread_id)
    other.call("thread/resume", {"threadId": thread_id})
    since = other.mark()
    other.call("thread/queue/start", {"threadId": thread_id})
    ends(other, 1, since)

    assert listed == [entry]
    assert said(other, since) == ["client-later"]


def test_nothing_waits_for_a_thread_that_is_not_kept(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client, ephemeral=True)

    refused = client.refusal("thread/queue/list", {"threadId": thread_id})

    assert refused == Refusal(-32600, f"ephemeral thread does not support queued submissions: {thread_id}")
