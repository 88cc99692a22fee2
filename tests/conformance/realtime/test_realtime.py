"""`thread/realtime/*`: what is said, from client to provider and back (model-client.md §8)."""

import pytest
from support.client import Client, JsonObject
from support.conversation import as_object, run_turn, start_thread
from support.spoken import attestation_of, speak, told
from support.upstream import Asked, Close, Cut, Part, Upstream, stream, text_reply
from support.upstream.realtime import Realtime


def _texts(asked: Asked) -> list[str]:
    items = asked.json["input"]
    assert isinstance(items, list)
    contents = [as_object(item).get("content") for item in items]
    return [str(as_object(part)["text"]) for parts in contents if isinstance(parts, list) for part in parts]


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
    assert [attestation_of(one) for one in realtime.calls.asked] == ["t1", "t3"]  # the turn's was `t2`


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
