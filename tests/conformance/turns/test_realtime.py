"""`thread/realtime/*`: spoken conversations, from client to provider and back (model-client.md §8)."""

import json

import pytest
from pydantic import JsonValue
from support.client import Answer, Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.upstream import Asked, Close, Cut, Part, Status, Upstream, stream, text_reply
from support.upstream.realtime import ANSWER, CALL, Realtime

ATTESTATION = "x-oai-attestation"
CONFIG = "[attestation]\ntimeout_ms = 1000\n[features]\nrealtime_conversation = true"
OFFER = "v=0 offer\r\n"


@pytest.fixture
def realtime(upstream: Upstream) -> Realtime:
    return Realtime(upstream)


@pytest.fixture
def client(connect: Connect, upstream: Upstream, realtime: Realtime) -> Client:
    """Signed in by ChatGPT; answers `t1`, `t2`… when it is asked for an attestation."""
    assert realtime
    write_config(connect.home, upstream.base_url, chatgpt=True, extra=CONFIG)
    write_chatgpt_login(connect.home)
    client = connect(requestAttestation=True)
    asked: list[JsonObject] = []

    def generate(params: JsonObject) -> Answer:
        asked.append(params)
        return {"token": f"t{len(asked)}"}

    client.on("attestation/generate", generate)
    return client


def speak(client: Client, thread_id: str, **params: JsonValue) -> None:
    whole: JsonObject = {
        "threadId": thread_id,
        "outputModality": "audio",
        "prompt": "be brief",
        "includeStartupContext": False,
        "transport": {"type": "webrtc", "sdp": OFFER},
        **params,
    }
    assert client.call("thread/realtime/start", whole) == {}


def told(client: Client, since: int) -> list[tuple[str, JsonObject]]:
    """The realtime notifications since the mark, without their thread's id."""
    found: list[tuple[str, JsonObject]] = []
    for message in client.received[since:]:
        method = message.get("method")
        if isinstance(method, str) and method.startswith("thread/realtime/"):
            params = dict(as_object(message["params"]))
            del params["threadId"]
            found.append((method.removeprefix("thread/realtime/"), params))
    return found


def _texts(asked: Asked) -> list[str]:
    items = asked.json["input"]
    assert isinstance(items, list)
    contents = [as_object(item).get("content") for item in items]
    return [str(as_object(part)["text"]) for parts in contents if isinstance(parts, list) for part in parts]


def value_of(asked: Asked) -> JsonValue:
    value = asked.headers.get(ATTESTATION)
    return None if value is None else json.loads(value)["t"]


@pytest.mark.requirement("A4")
def test_the_call_and_the_websocket_beside_it_carry_the_same_attestation(
    client: Client, upstream: Upstream, realtime: Realtime
) -> None:
    thread_id = start_thread(client)
    since = client.mark()

    speak(client, thread_id)
    (update,) = realtime.updates.wait_asked(1)

    (call,), (handshake,) = realtime.calls.asked, realtime.handshakes.asked
    assert (call.method, call.path, value_of(call)) == ("POST", "/v1/realtime/calls", "t1")
    assert (handshake.path, value_of(handshake)) == (f"/v1/realtime?call_id={CALL}", "t1")
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


def test_what_is_heard_reaches_the_client_in_order(client: Client, realtime: Realtime) -> None:
    item: JsonObject = {"id": "item_0", "type": "message", "role": "user", "content": []}
    sound: JsonObject = {"type": "response.output_audio.delta", "item_id": "item_2", "delta": "AQID"}
    words = "conversation.item.input_audio_transcription"
    realtime.updates.script(
        stream(
            {"type": "session.updated", "session": {"id": "sess_1"}},
            {"type": "conversation.item.added", "item": item},
            {"type": "input_audio_buffer.speech_started", "item_id": "item_1"},
            {"type": f"{words}.delta", "item_id": "item_1", "delta": "hel"},
            {"type": f"{words}.completed", "item_id": "item_1", "transcript": "hello"},
            {"type": "who.knows"},
            {"no": "type"},
            {"type": "response.output_audio_transcript.delta", "delta": "hi"},
            sound,
            {**sound, "sample_rate": 16000, "channels": 2},
            {"type": "response.output_audio_transcript.done", "transcript": "hi there"},
            {"type": "response.cancelled", "response": {"id": "resp_1"}},
            Close(),
        )
    )
    since = client.mark()

    speak(client, start_thread(client))
    client.wait_for("thread/realtime/closed", since)

    audio = {
        "data": "AQID",
        "sampleRate": 24000,
        "numChannels": 1,
        "samplesPerChannel": None,
        "itemId": "item_2",
    }
    assert told(client, since)[2:] == [
        ("itemAdded", {"item": item}),
        ("itemAdded", {"item": {"type": "input_audio_buffer.speech_started", "item_id": "item_1"}}),
        ("transcript/delta", {"role": "user", "delta": "hel"}),
        ("transcript/done", {"role": "user", "text": "hello"}),
        ("transcript/delta", {"role": "assistant", "delta": "hi"}),
        ("outputAudio/delta", {"audio": audio}),
        ("outputAudio/delta", {"audio": {**audio, "sampleRate": 16000, "numChannels": 2}}),
        ("transcript/done", {"role": "assistant", "text": "hi there"}),
        ("itemAdded", {"item": {"type": "response.cancelled", "response_id": "resp_1"}}),
        ("closed", {"reason": "transport_closed"}),
    ]


def test_what_the_client_adds_reaches_the_provider_in_order(client: Client, realtime: Realtime) -> None:
    thread_id = start_thread(client)
    since = client.mark()
    speak(client, thread_id)
    client.wait_for("thread/realtime/sdp", since)

    chunk: JsonObject = {"data": "AQID", "sampleRate": 24000, "numChannels": 1}
    additions: list[tuple[str, JsonObject]] = [
        ("appendText", {"text": "typed"}),
        ("appendText", {"text": "quietly", "role": "developer"}),
        ("appendAudio", {"audio": chunk}),
    ]
    for name, params in additions:
        assert client.call(f"thread/realtime/{name}", {"threadId": thread_id, **params}) == {}
    frames = [one.json for one in realtime.frames.wait_asked(3)]
    assert client.call("thread/realtime/stop", {"threadId": thread_id}) == {}
    client.wait_for("thread/realtime/closed", since)

    assert frames == [
        {
            "type": "conversation.item.create",
            "item": {"type": "message", "role": role, "content": [{"type": "input_text", "text": text}]},
        }
        for role, text in (("user", "[USER] typed"), ("developer", "quietly"))
    ] + [{"type": "input_audio_buffer.append", "audio": "AQID"}]
    assert told(client, since)[-1] == ("closed", {"reason": "requested"})
    assert run_turn(client, thread_id).end["status"] == "completed"


def test_work_that_the_voice_gives_away_becomes_a_turn_whose_answer_comes_back(
    client: Client, upstream: Upstream, realtime: Realtime
) -> None:
    call: JsonObject = {
        "id": "item_1",
        "type": "function_call",
        "name": "background_agent",
        "call_id": "call_1",
        "arguments": '{"prompt":"count the files"}',
    }
    realtime.updates.script(stream({"type": "conversation.item.done", "item": call}))
    upstream.script(text_reply("there are three"))
    since = client.mark()

    speak(client, start_thread(client))
    report, output, create = [one.json for one in realtime.frames.wait_asked(3)]

    (asked,) = upstream.asked
    (given,) = [one for one in _texts(asked) if one.startswith("<realtime_delegation>")]
    assert given.splitlines()[1] == "  <input>count the files</input>"
    assert as_object(report["item"])["content"] == [
        {"type": "input_text", "text": "[BACKEND] there are three"}
    ]
    assert (as_object(output["item"])["type"], as_object(output["item"])["call_id"]) == (
        "function_call_output",
        "call_1",
    )
    assert create == {"type": "response.create"}
    (handoff,) = [as_object(params["item"]) for name, params in told(client, since) if name == "itemAdded"]
    assert (handoff["type"], handoff["handoff_id"], handoff["input_transcript"]) == (
        "handoff_request",
        "call_1",
        "count the files",
    )


BREAKS: list[tuple[str, Part, list[str]]] = [
    ("close", Close(), ["closed transport_closed"]),
    ("error", {"type": "error", "error": {"message": "boom"}}, ["error boom", "closed error"]),
    ("cut", Cut(), ["error stream disconnected before completion", "closed error"]),
]


@pytest.mark.requirement("A3")
@pytest.mark.parametrize(("part", "end"), [row[1:] for row in BREAKS], ids=[row[0] for row in BREAKS])
def test_a_conversation_that_breaks_off_says_so_and_leaves_the_thread_well(
    client: Client, realtime: Realtime, part: Part, end: list[str]
) -> None:
    realtime.updates.script(stream(part))
    thread_id = start_thread(client)
    since = client.mark()

    speak(client, thread_id)
    client.wait_for("thread/realtime/closed", since)

    ends = [
        f"{name} {params.get('message', params.get('reason'))}" for name, params in told(client, since)[2:]
    ]
    assert [one.partition(":")[0] for one in ends] == end
    assert run_turn(client, thread_id).end["status"] == "completed"
    again = client.mark()
    speak(client, thread_id)
    client.wait_for("thread/realtime/sdp", again)
    assert [value_of(one) for one in realtime.calls.asked] == ["t1", "t3"]  # the turn's was `t2`


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


def test_a_thread_that_goes_takes_its_conversation_along(client: Client, realtime: Realtime) -> None:
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()
    speak(client, thread_id)
    realtime.updates.wait_asked(1)

    client.call("thread/archive", {"threadId": thread_id})
    client.wait_for("thread/realtime/closed", since)

    assert told(client, since)[-1] == ("closed", {"reason": "requested"})


def test_where_nobody_speaks_additions_are_an_error_and_stopping_is_none(client: Client) -> None:
    thread_id = start_thread(client)
    since = client.mark()

    assert client.call("thread/realtime/appendText", {"threadId": thread_id, "text": "hello?"}) == {}
    error = client.wait_for("error", since)
    assert client.call("thread/realtime/stop", {"threadId": thread_id}) == {}
    client.wait_for("thread/realtime/closed", since)

    assert as_object(error["error"])["message"] == "conversation is not running"
    assert run_turn(client, thread_id).end["status"] == "completed"


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
