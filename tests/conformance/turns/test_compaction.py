"""`thread/compact/start` and the compaction that comes by itself (threads-and-turns.md §7, H)."""

from support import sse
from support.client import Client
from support.connect import Connect
from support.conversation import as_object, id_of, run_turn, start_thread, user_input
from support.shape import shape
from support.upstream import Gate, Upstream, stream, text_reply

USAGE = ["tokens", "limits"]
COMPACTION = ["+contextCompaction", *USAGE, *USAGE, *USAGE, "-contextCompaction", "warning"]


def compact(client: Client, thread_id: str) -> list[str]:
    """A compaction that was asked for, in short notation."""
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)
    client.settle()
    return shape(client.received[since:-1])


def test_a_compaction_is_a_turn_of_its_own(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("first"), text_reply("the summary"))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")

    seen = compact(client, thread_id)
    run_turn(client, thread_id, "two")

    assert seen == [
        *("answer", "status:active", "turn/started"),
        *COMPACTION,
        *("status:idle", "turn:completed"),
    ]
    said = upstream.asked[-1].input_texts
    assert (said[0], said[-1]) == ("one", "two")
    assert said[1].endswith("\nthe summary")
    windows = [one.headers["x-codex-window-id"].rpartition(b":")[2] for one in upstream.asked]
    assert windows == [b"0", b"0", b"1"]


def test_a_compaction_takes_no_steering(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message(), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    turn_id = id_of(client.wait_for("turn/started", since)["turn"])
    gate.wait_reached()

    refusal = client.refusal(
        "turn/steer", {"threadId": thread_id, "expectedTurnId": turn_id, "input": user_input("x")}
    )
    gate.open()
    client.wait_for("turn/completed", since)

    assert (refusal.code, refusal.message) == (-32600, "cannot steer a compact turn")
    why = as_object(refusal.data)
    why.pop("misalignment", None)  # newer servers have it
    assert why == {
        "message": "cannot steer a compact turn",
        "codexErrorInfo": {"activeTurnNotSteerable": {"turnKind": "compact"}},
        "additionalDetails": None,
    }
