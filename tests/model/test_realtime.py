"""Where spoken conversations are, and what their messages mean (model-client.md §8)."""

import json

import pytest

from app_server.model.realtime.address import call_id_of, socket_url
from app_server.model.realtime.heard import (
    Delegated,
    Failed,
    Heard,
    Responding,
    Sound,
    StaysSilent,
    TooEarly,
    heard_in,
)
from protocol.wire import JsonObject, JsonValue


@pytest.mark.parametrize(
    ("base", "url"),
    [
        (None, "https://api.openai.com/v1/realtime?model=m"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1/v1/realtime?model=m"),
        ("http://127.0.0.1:1/", "http://127.0.0.1:1/v1/realtime?model=m"),
        ("http://127.0.0.1:1/v1/", "http://127.0.0.1:1/v1/realtime?model=m"),
        ("ws://host/own/v1", "ws://host/own/v1/realtime?model=m"),
        ("wss://host/v1/realtime?a=b", "wss://host/v1/realtime?a=b&model=m"),
    ],
)
def test_the_websocket_is_below_the_base(base: str | None, url: str) -> None:
    assert socket_url(base, {"model": "m"}) == url


@pytest.mark.parametrize(
    ("location", "call_id"),
    [
        ("/v1/realtime/calls/rtc_1", "rtc_1"),
        ("https://host/v1/realtime/calls/rtc_2?x=/rtc_no", "rtc_2"),
        ("/v1/realtime/calls/other", None),
        ("/v1/realtime/calls?id=rtc_1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_call_is_named_by_a_segment_of_its_location(location: str | None, call_id: str | None) -> None:
    assert call_id_of(location) == call_id


def call(name: str, arguments: str = "{}") -> JsonObject:
    item: JsonObject = {
        "id": "i",
        "type": "function_call",
        "name": name,
        "call_id": "c",
        "arguments": arguments,
    }
    return {"type": "conversation.item.done", "item": item}


@pytest.mark.parametrize(
    ("event", "heard"),
    [
        (call("background_agent", '{"prompt":"do it"}'), Delegated("c", "i", "do it")),
        (call("background_agent", "do it"), Delegated("c", "i", "do it")),
        (call("remain_silent"), StaysSilent("c")),
        (call("another"), None),
        ({"type": "response.created"}, Responding(active=True)),
        ({"type": "response.done"}, Responding(active=False)),
        (
            {"type": "response.audio.delta", "delta": "AA", "sample_rate": -1},
            Sound("AA", 24000, 1, None, None),
        ),
        ({"type": "response.audio.delta", "delta": 5}, None),
        ({"type": "response.output_text.delta"}, None),
        ({"type": "conversation.item.added", "item": None}, None),
        ({"type": "error", "error": {"message": "boom"}}, Failed("boom")),
        ({"type": "error", "message": "bang"}, Failed("bang")),
        (
            {
                "type": "error",
                "error": {"message": "Conversation already has an active response in progress: resp_1."},
            },
            TooEarly(),
        ),
        ({"type": 5}, None),
        ([], None),
        ("text", None),
    ],
)
def test_a_message_means_what_it_says_or_nothing(event: JsonValue, heard: Heard | None) -> None:
    assert heard_in(json.dumps(event).encode()) == heard


def test_what_is_no_json_means_nothing() -> None:
    assert heard_in(b"{") is None
