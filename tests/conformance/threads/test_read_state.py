"""What users have seen of their threads, for all their clients."""

from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread

CHANGED = "thread/readState/changed"


def state(client: Client, thread_id: str) -> JsonObject:
    return as_object(client.call("thread/read", {"threadId": thread_id})["readState"])


def update(client: Client, thread_id: str, kind: str, revision: object) -> JsonObject:
    params: JsonObject = {
        "threadId": thread_id,
        "operation": {"type": kind},
        "expectedRevision": str(revision),
    }
    return as_object(client.call("thread/readState/update", params)["readState"])


def test_what_has_been_read_is_known_until_something_new_is_said(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    first = run_turn(client, thread_id)
    before = state(client, thread_id)
    since = client.mark()

    read = update(client, thread_id, "read", before["revision"])
    told = client.wait_for(CHANGED, since)
    second = run_turn(client, thread_id)
    after = state(client, thread_id)

    assert before["firstUnread"] == {"type": "turn", "turnId": first.id}
    assert read["firstUnread"] is None
    assert told == {"threadId": thread_id, "readState": read}
    assert after["firstUnread"] == {"type": "turn", "turnId": second.id}
    assert len({str(one["revision"]) for one in (before, read, after)}) == 3


def test_clients_that_asked_are_told_of_turns_that_are_new(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    update(client, thread_id, "read", state(client, thread_id)["revision"])
    since = client.mark()

    turn = run_turn(client, thread_id)

    unread: JsonObject = {"type": "turn", "turnId": turn.id}
    client.wait(
        lambda one: (
            one.get("method") == CHANGED
            and as_object(as_object(one["params"])["readState"])["firstUnread"] == unread
        ),
        since,
    )


def test_a_thread_is_marked_as_not_read(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    read = update(client, thread_id, "read", state(client, thread_id)["revision"])

    unread = update(client, thread_id, "unread", read["revision"])
    client.close()

    assert unread["firstUnread"] == {"type": "threadStart"}
    assert state(connect(), thread_id)["firstUnread"] == {"type": "threadStart"}


def test_who_knows_an_older_state_is_refused_with_the_newer(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    now = state(client, thread_id)

    refused = client.refusal(
        "thread/readState/update",
        {"threadId": thread_id, "operation": {"type": "read"}, "expectedRevision": "older"},
    )

    data = as_object(refused.data)
    assert (refused.code, refused.message) == (-32600, "read state changed")
    assert (data["reason"], data["readState"]) == ("readStateConflict", now)


def test_turns_that_were_taken_back_are_not_waited_for(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    second = run_turn(client, thread_id)
    update(client, thread_id, "read", state(client, thread_id)["revision"])

    client.call("thread/revert", {"threadId": thread_id, "beforeTurnId": second.id})
    reverted = state(client, thread_id)
    third = run_turn(client, thread_id)

    assert reverted["firstUnread"] is None
    assert state(client, thread_id)["firstUnread"] == {"type": "turn", "turnId": third.id}
