"""How spoken conversations begin, by a call or a websocket alone, or do not (model-client.md §8)."""

import json

import pytest
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.spoken import ATTESTATION, CONFIG, OFFER, attestation_of, speak, told
from support.upstream import Status, Upstream
from support.upstream.realtime import ANSWER, CALL, Realtime


@pytest.mark.requirement("A4")
def test_the_call_and_the_websocket_beside_it_carry_the_same_attestation(
    client: Client, upstream: Upstream, realtime: Realtime
) -> None:
    thread_id = start_thread(client)
    since = client.mark()

    speak(client, thread_id)
    (update,) = realtime.updates.wait_asked(1)

    (call,), (handshake,) = realtime.calls.asked, realtime.handshakes.asked
    assert (call.method, call.path, attestation_of(call)) == ("POST", "/v1/realtime/calls", "t1")
    assert (handshake.path, attestation_of(handshake)) == (f"/v1/realtime?call_id={CALL}", "t1")
    for one in (call, handshake):
        assert one.headers["x-session-id"] == thread_id.encode()
        assert one.headers["authorization"].startswith(b"Bearer ey")
        assert one.headers["chatgpt-account-id"] == b"acct-1"
    session = as_object(update.json["session"])
    assert session["instructions"] == "be brief"
    assert call.headers["content-type"] == b"multipart/form-data; boundary=codex-realtime-call-boundary"
    head, offer, sent = call.body.split(b"--codex-realtime-call-boundary\r\n")
    assert head == b""
    assert offer.endswith(b"Content-Type: application/sdp\r\n\r\n" + OFFER.encode() + b"\r\n")
    described = json.loads(sent.partition(b"\r\n\r\n")[2].partition(b"\r\n--")[0])
    assert described == {**session, "model": "gpt-realtime-1.5"}
    assert told(client, since)[:2] == [
        ("started", {"realtimeSessionId": thread_id, "version": "v2"}),
        ("sdp", {"sdp": ANSWER}),
    ]
    asked = [one for one in client.received if one.get("method") == "attestation/generate"]
    assert len(asked) == 1
    assert [
        one.place for one in upstream.everything if ATTESTATION in one.headers and one.method != "FRAME"
    ] == [
        "/v1/realtime/calls",
        "/v1/realtime",
    ]


REFUSED: list[tuple[str, Status, str]] = [
    (
        "no call",
        Status(200, "answer"),
        "stream disconnected before completion: realtime call response missing Location",
    ),
    (
        "call without a name",
        Status(201, "answer", (("location", "/v1/realtime/calls/abc"),)),
        (
            "stream disconnected before completion: realtime call Location does not contain a call id: "
            "/v1/realtime/calls/abc"
        ),
    ),
    ("400", Status(400, {"error": {"message": "no"}}), '{"error": {"message": "no"}}'),
    (
        "500",
        Status(500, {"error": {"message": "no"}}),
        "We're currently experiencing high demand, which may cause temporary errors.",
    ),
]


@pytest.mark.parametrize(("reply", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_a_call_that_is_not_taken_is_an_error_and_nothing_has_started(
    client: Client, realtime: Realtime, reply: Status, message: str
) -> None:
    realtime.calls.script(reply)
    thread_id = start_thread(client)
    since = client.mark()

    speak(client, thread_id)
    client.wait_for("thread/realtime/error", since)

    client.settle()
    ((kind, params),) = told(client, since)
    # Which apostrophe it writes is left to the server.
    assert (kind, str(params["message"]).replace("’", "'")) == ("error", message)
    assert run_turn(client, thread_id).end["status"] == "completed"


def test_without_a_websocket_beside_it_a_call_is_closed(client: Client, realtime: Realtime) -> None:
    realtime.handshakes.script(Status(400, {"error": {"message": "no"}}))
    since = client.mark()

    speak(client, start_thread(client))
    client.wait_for("thread/realtime/closed", since)

    problem = "stream disconnected before completion: failed to connect realtime websocket: "
    assert told(client, since)[2:] == [
        ("error", {"message": problem + "HTTP error: 400 Bad Request"}),
        ("closed", {"reason": "error"}),
    ]


@pytest.mark.requirement("A4")
def test_over_a_plain_websocket_there_is_a_key_and_no_attestation(
    connect: Connect, upstream: Upstream, realtime: Realtime
) -> None:
    write_config(connect.home, upstream.base_url, provider='experimental_bearer_token = "k"', extra=CONFIG)
    write_chatgpt_login(connect.home)
    client = connect(requestAttestation=True)
    thread_id = start_thread(client)
    since = client.mark()

    speak(client, thread_id, transport=None, model="gpt-other")
    realtime.updates.wait_asked(1)

    (handshake,) = realtime.handshakes.asked
    assert handshake.path == "/v1/realtime?model=gpt-other"
    assert handshake.headers["authorization"] == b"Bearer k"
    assert ATTESTATION not in handshake.headers
    assert realtime.calls.asked == []
    client.wait_for("thread/realtime/started", since)
    assert told(client, since)[0] == ("started", {"realtimeSessionId": thread_id, "version": "v2"})


def test_a_plain_websocket_wants_a_key(client: Client) -> None:
    since = client.mark()

    speak(client, start_thread(client), transport={"type": "websocket"})
    client.wait_for("thread/realtime/error", since)

    assert told(client, since) == [("error", {"message": "realtime conversation requires API key auth"})]


@pytest.mark.parametrize("method", ["start", "appendText", "appendAudio", "stop"])
def test_a_thread_without_the_feature_has_no_voice(connect: Connect, method: str) -> None:
    client = connect()
    thread_id = start_thread(client)
    own: dict[str, JsonObject] = {
        "start": {"outputModality": "audio"},
        "appendText": {"text": "hello"},
        "appendAudio": {"audio": {"data": "", "sampleRate": 24000, "numChannels": 1}},
    }

    refusal = client.refusal(f"thread/realtime/{method}", {"threadId": thread_id, **own.get(method, {})})

    assert refusal == Refusal(-32600, f"thread {thread_id} does not support realtime conversation")


def test_the_voices_are_listed_by_version(shared: Client) -> None:
    assert shared.call("thread/realtime/listVoices", {}) == {
        "voices": {
            "v1": ["juniper", "maple", "spruce", "ember", "vale", "breeze", "arbor", "sol", "cove"],
            "v2": ["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
            "defaultV1": "cove",
            "defaultV2": "marin",
        }
    }


def test_a_session_id_cannot_add_headers(client: Client, realtime: Realtime) -> None:
    speak(client, start_thread(client), realtimeSessionId="one\r\nx-more: two")

    (call,) = realtime.calls.wait_asked(1)

    assert call.headers["x-session-id"] == b"one__x-more: two"
    assert "x-more" not in call.headers
