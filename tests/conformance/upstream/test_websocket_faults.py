"""Answers over a websocket that break off: one heals; when all do, HTTP takes over (model-client.md §5.2).

A socket that was opened ahead and breaks before it has said a word is replaced within the same attempt: for
the turn, such a fault is one if it happens twice.
"""

import json

import pytest
from support import sse
from support.client import Client
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread
from support.home import write_config
from support.servers import OURS
from support.upstream import Asked, Close, Cut, Frame, Gate, Reply, Stream, Upstream, faults, stream
from support.upstream.asked import FRAME

SOCKET = "supports_websockets = true"
BROKE = "stream disconnected before completion: "
FALLS_BACK = "Falling back from WebSockets to HTTPS transport. "
FAULTS: dict[str, Reply] = {
    # The end of a stream is none of a websocket: what follows there is silence, see below.
    **{name: reply for name, reply in faults.BREAKS.items() if name != "end without the end event"},
    "goodbye before any event": stream(Close(1011, "gone")),
    "goodbye in the middle": stream(*faults.BEGUN, Close()),
    "binary": stream(Frame(b"{}", binary=True)),
    "another protocol": faults.bad_chunks(),
    "not UTF-8": stream(*faults.BEGUN, b'\x81\x04"\xff\xfe"'),
}
SILENT = {
    *("cut before any event", "reset before any event", "goodbye before any event"),
    *("junk for events", "binary", "another protocol"),
}
"""Those before which nothing was said."""


def whole() -> Stream:
    """An answer whose message is another one than that which broke off."""
    return stream(*sse.message("whole", "msg-2"), sse.completed())


def answered(_: Asked) -> Reply:
    return whole()


def warmed(
    connect: Connect, upstream: Upstream, *, retries: int, provider: str = SOCKET
) -> tuple[Client, str]:
    """A thread whose websocket is ready."""
    upstream.responses.speak_websocket()
    write_config(connect.home, upstream.base_url, provider=provider, retries=retries)
    client = connect()
    thread_id = start_thread(client)
    upstream.responses.warm_ups.wait_asked(1)
    return client, thread_id


def over_sockets(upstream: Upstream, reply: Reply, *, over_http: Reply | None = None) -> None:
    """From now on, what is asked over a websocket gets this; over HTTP an answer, or what is given."""

    def usual(asked: Asked) -> Reply:
        return reply if asked.method == FRAME else over_http or whole()

    upstream.responses.requests.usual = usual


def warnings(turn: Turn) -> list[str]:
    return [str(one["message"]) for one in turn.params("warning")]


@pytest.mark.requirement("U1")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_break_heals_on_another_websocket(connect: Connect, upstream: Upstream, fault: str) -> None:
    if connect.server.kind != OURS and fault in SILENT:
        pytest.skip("a reference server has no try in between")
    client, thread_id = warmed(connect, upstream, retries=1)
    upstream.responses.requests.usual = answered
    upstream.script(*[FAULTS[fault]] * (2 if fault in SILENT else 1))

    healed, after = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert [turn.end["status"] for turn in (healed, after)] == ["completed", "completed"]
    assert (healed.params("error"), warnings(healed)) == ([], [])
    assert {one.method for one in upstream.asked} == {FRAME}


@pytest.mark.requirement("C5")
@pytest.mark.parametrize("fault", FAULTS)
def test_breaks_without_end_lead_to_http(connect: Connect, upstream: Upstream, fault: str) -> None:
    client, thread_id = warmed(connect, upstream, retries=0)
    over_sockets(upstream, FAULTS[fault])

    saved, after = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert [turn.end["status"] for turn in (saved, after)] == ["completed", "completed"]
    (warning,) = warnings(saved)
    assert warning.startswith(FALLS_BACK + BROKE)
    assert (saved.params("error"), warnings(after)) == ([], [])
    methods = [one.method for one in upstream.asked]
    assert methods[-2:] == ["POST", "POST"]
    if connect.server.kind == OURS:
        assert methods[:-2] == [FRAME] * (2 if fault in SILENT else 1)


@pytest.mark.requirement("C5")
@pytest.mark.parametrize("fault", ["cut in the middle", "reset before any event"])
def test_when_http_breaks_too_the_turn_fails_and_the_next_one_is_taken(
    connect: Connect, upstream: Upstream, fault: str
) -> None:
    client, thread_id = warmed(connect, upstream, retries=0)
    over_sockets(upstream, FAULTS[fault], over_http=stream(sse.created(), Cut()))

    failed = run_turn(client, thread_id, "one")
    upstream.responses.requests.usual = answered
    healed = run_turn(client, thread_id, "two")

    assert (failed.end["status"], healed.end["status"]) == ("failed", "completed")
    assert str(as_object(failed.end["error"])["message"]).startswith(BROKE)
    assert upstream.asked[-1].input_texts == ["one", "two"]


def test_an_answer_that_comes_in_one_piece_with_the_goodbye_is_whole(
    connect: Connect, upstream: Upstream
) -> None:
    client, thread_id = warmed(connect, upstream, retries=0)
    frames = b"".join(_frame(json.dumps(event).encode()) for event in whole().parts)
    upstream.script(stream(frames + b"\x88\x02\x03\xe8"))

    farewell, after = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert [turn.end["status"] for turn in (farewell, after)] == ["completed", "completed"]
    assert (warnings(farewell), warnings(after)) == ([], [])
    assert [one.method for one in upstream.asked] == [FRAME, FRAME]


def _frame(text: bytes) -> bytes:
    return b"\x81\x7e" + len(text).to_bytes(2, "big") + text


@pytest.mark.requirement("U3")
def test_silence_on_a_websocket_is_a_break(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    client, thread_id = warmed(
        connect, upstream, retries=0, provider=f"{SOCKET}\nstream_idle_timeout_ms = 3000"
    )
    over_sockets(upstream, faults.silence(gate))

    turn = run_turn(client, thread_id)
    gate.open()

    assert turn.end["status"] == "completed"
    assert warnings(turn) == [f"{FALLS_BACK}{BROKE}idle timeout waiting for websocket"]
