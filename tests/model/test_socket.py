"""Asking a model over a websocket: the handshake, what is sent, what comes back, and when HTTP takes over."""

import json
from collections.abc import AsyncIterator

import anyio
import pytest
from support import sse
from support.upstream import (
    Close,
    Cut,
    Frame,
    Gate,
    HalfClose,
    Part,
    Reset,
    Socket,
    Status,
    Upstream,
    stream,
    text_reply,
)

from app_server.http.client import HttpClient
from app_server.model.answer.events import Completed, RateLimitsUpdate, ResponseEvent, TextDelta
from app_server.model.client import ModelClient
from app_server.model.errors import ModelError
from app_server.model.rate_limits import RateLimits, RateLimitWindow
from app_server.model.request import ResponsesRequest
from protocol.wire import JsonObject

from .conftest import DEADLINE, METADATA, REQUEST, Setup, events_of

USER: JsonObject = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]}


@pytest.fixture
async def http() -> AsyncIterator[HttpClient]:
    """A websocket goes its own way; the two of HTTP make no difference."""
    client = HttpClient({})
    yield client
    await client.close()


@pytest.fixture
def socket_setup(setup: Setup, upstream: Upstream) -> Setup:
    upstream.responses.speak_websocket()
    return setup.with_provider(supports_websockets=True)


async def ask(client: ModelClient, request: ResponsesRequest = REQUEST) -> list[ResponseEvent]:
    found: list[ResponseEvent] = []
    with anyio.fail_after(DEADLINE):
        async with client.turn(METADATA).stream(request) as answer:
            async for batch in answer:
                found += batch
    return found


def texts(events: list[ResponseEvent]) -> list[str]:
    return [event.text for event in events if isinstance(event, TextDelta)]


async def test_an_answer_over_a_websocket_is_the_answer_over_http(setup: Setup, upstream: Upstream) -> None:
    upstream.script(text_reply("Hello", deltas=["Hel", "lo"]), text_reply("Hello", deltas=["Hel", "lo"]))
    over_http = await setup.ask()
    upstream.responses.speak_websocket()

    over_socket = await events_of(setup.with_provider(supports_websockets=True).client())

    assert over_socket == over_http
    assert [one.method for one in upstream.asked] == ["POST", "FRAME"]


async def test_the_handshake_and_the_message_are_what_was_asked_for(
    socket_setup: Setup, upstream: Upstream
) -> None:
    async def attest() -> bytes | None:
        return b'{"v":1,"s":0,"t":"\xc3\xa9"}'

    socket_setup.attest = attest
    await socket_setup.with_provider(bearer_token="token", query_params={"a": "1"}).ask()

    (handshake,) = upstream.responses.handshakes.asked
    assert (handshake.method, handshake.path) == ("GET", "/v1/responses?a=1")
    assert set(handshake.headers) == {
        "host", "connection", "upgrade", "sec-websocket-version", "sec-websocket-key",
        "sec-websocket-extensions", "originator", "user-agent", "session-id", "thread-id",
        "x-client-request-id", "x-codex-window-id", "x-codex-turn-metadata", "openai-beta",
        "authorization", "x-oai-attestation",
    }  # fmt: skip
    assert handshake.headers["x-oai-attestation"] == b'{"v":1,"s":0,"t":"\xc3\xa9"}'
    (asked,) = upstream.asked
    assert asked.json["type"] == "response.create"
    assert "generate" not in asked.json
    assert "previous_response_id" not in asked.json
    metadata = asked.json["client_metadata"]
    assert isinstance(metadata, dict)
    assert set(metadata) == {
        "x-codex-installation-id", "x-codex-window-id", "x-codex-turn-metadata",
        "x-codex-ws-stream-request-start-ms",
    }  # fmt: skip


async def test_a_socket_is_used_again_and_sends_only_what_is_new(
    socket_setup: Setup, upstream: Upstream
) -> None:
    upstream.script(stream(*sse.message("one"), sse.completed("r1")))
    client = socket_setup.client()
    first = REQUEST._replace(input=[USER])
    said: JsonObject = {
        "type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "one"}],
    }  # fmt: skip

    await ask(client, first)
    await ask(client, first._replace(input=[USER, said, USER]))
    await ask(client, first._replace(input=[USER, said, USER], effort="high"))

    bodies = [one.json for one in upstream.asked]
    assert len(upstream.responses.handshakes.asked) == 1
    assert [body.get("previous_response_id") for body in bodies] == [None, "r1", None]
    assert [len(body["input"]) for body in bodies if isinstance(body["input"], list)] == [1, 1, 3]


async def test_a_warm_up_is_what_the_first_request_goes_on_from(
    socket_setup: Setup, upstream: Upstream
) -> None:
    client = socket_setup.client()

    await client.warm_up(REQUEST, METADATA._replace(turn_id=""))
    await ask(client, REQUEST._replace(input=[USER]))

    (warm,) = upstream.responses.warm_ups.asked
    assert (warm.json["generate"], warm.json["input"]) == (False, [])
    (asked,) = upstream.asked
    assert (asked.json["previous_response_id"], asked.json["input"]) == ("warm-1", [USER])


WARM_UPS: list[tuple[str, list[Status | Socket], list[Part]]] = [
    ("refused", [Status(500)], []),
    ("too many", [Status(429)], []),
    ("http only", [Status(426), Status(426)], []),
    ("closed", [], [Close()]),
    ("cut", [], [Cut()]),
    ("failed", [], [sse.failed("who_knows", "no")]),
    ("error", [], [Frame(b'{"type":"error","status":500,"error":{"message":"no"}}')]),
]


@pytest.mark.requirement("U4")
@pytest.mark.parametrize(
    ("greeted", "warmed"), [row[1:] for row in WARM_UPS], ids=[row[0] for row in WARM_UPS]
)
async def test_whatever_comes_of_a_warm_up_the_answer_is_the_same(
    socket_setup: Setup, upstream: Upstream, greeted: list[Status | Socket], warmed: list[Part]
) -> None:
    expected = await ask(socket_setup.client())
    upstream.responses.handshakes.script(*greeted)
    if warmed:
        upstream.responses.warm_ups.script(stream(*warmed))
    client = socket_setup.client()

    await client.warm_up(REQUEST, METADATA)

    assert await ask(client) == expected
    await client.close()


@pytest.mark.requirement("U1")
async def test_a_socket_that_died_in_between_is_replaced_at_once(
    socket_setup: Setup, upstream: Upstream
) -> None:
    upstream.script(stream(*sse.message("one"), sse.completed(), Cut()), text_reply("two"))
    client = socket_setup.client()

    await ask(client)
    found = await ask(client)

    assert texts(found) == ["two"]
    assert len(upstream.responses.handshakes.asked) == 2


@pytest.mark.requirement("U1")
@pytest.mark.parametrize(
    "part", [Cut(), Reset(), HalfClose(), Close(), Frame(b"x", binary=True), b"\xff\xff"]
)
async def test_a_socket_that_breaks_in_an_answer_fails_it_at_once(
    socket_setup: Setup, upstream: Upstream, part: Part
) -> None:
    upstream.script(stream(sse.created(), part))
    client = socket_setup.client()

    with pytest.raises(ModelError, match=r"^stream disconnected before completion: ") as caught:
        await ask(client)

    assert caught.value.retryable
    assert isinstance((await ask(client))[-1], Completed)


def frame(data: bytes, first: int = 0x81) -> bytes:
    """A frame of the server's; `first` are its flags and opcode."""
    size = bytes([len(data)]) if len(data) < 126 else b"\x7e" + len(data).to_bytes(2, "big")
    return bytes([first]) + size + data


SENSELESS = {
    "not UTF-8": frame(b'{"type":"x","text":"\xff"}'),
    "not UTF-8, over two frames": frame(b'"\xc3', 0x01) + frame(b'"', 0x80),
    "unknown opcode": frame(b"", 0x83),
    "unknown control opcode": frame(b"", 0x8B),
    "reserved flag": frame(b"{}", 0xA1),
    "no compressed data": frame(b"\xff\xff\xff", 0xC1),
    "masked": b"\x81\x82\x01\x02\x03\x04{}",
    "continues nothing": frame(b"{}", 0x80),
    "begins within a message": frame(b"{", 0x01) + frame(b"{}"),
    "ping in pieces": frame(b"", 0x09),
    "long ping": frame(b"x" * 126, 0x89),
    "half a close code": frame(b"\x03", 0x88),
    "close code that nobody may send": frame(b"\x03\xed", 0x88),
    "larger than any message": b"\x81\x7f" + (1 << 40).to_bytes(8, "big"),
    "larger than any frame": b"\x81\x7f" + (1 << 63).to_bytes(8, "big"),
}
"""What no server sends that speaks the protocol."""


@pytest.mark.requirement("U1")
@pytest.mark.parametrize("name", SENSELESS)
async def test_frames_without_sense_fail_the_answer_at_once(
    socket_setup: Setup, upstream: Upstream, name: str
) -> None:
    upstream.script(stream(sse.created(), SENSELESS[name]))
    client = socket_setup.client()

    with pytest.raises(ModelError, match=r"^stream disconnected before completion: ") as caught:
        await ask(client)

    assert caught.value.retryable
    assert isinstance((await ask(client))[-1], Completed)
    assert len(upstream.responses.handshakes.asked) == 2


async def test_a_goodbye_without_a_code_is_one(socket_setup: Setup, upstream: Upstream) -> None:
    upstream.script(stream(sse.created(), frame(b"", 0x88)))

    with pytest.raises(ModelError, match=r"closed by server before response\.completed"):
        await socket_setup.ask()


async def test_messages_in_pieces_with_pings_between_them_are_whole(
    socket_setup: Setup, upstream: Upstream
) -> None:
    whole = json.dumps(sse.delta("é☃"), ensure_ascii=False).encode()
    pieces = [frame(bytes([byte]), 0x00) + frame(b"", 0x89) for byte in whole[1:]]
    upstream.script(stream(frame(whole[:1], 0x01), *pieces, frame(b"", 0x80), sse.completed()))

    assert texts(await socket_setup.ask()) == ["é☃"]


async def test_a_flood_of_pings_is_answered_and_keeps_nothing_from_the_answer(
    socket_setup: Setup, upstream: Upstream
) -> None:
    upstream.script(stream(frame(b"are you there", 0x89) * 20_000, *sse.message("yes"), sse.completed()))

    assert texts(await socket_setup.ask()) == ["yes"]


async def test_pings_and_then_silence_are_a_break(socket_setup: Setup, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), frame(b"", 0x89) * 100, gate))

    with pytest.raises(ModelError, match="idle timeout waiting for websocket"):
        await socket_setup.with_provider(stream_idle_timeout_ms=200).ask()
    gate.open()


@pytest.mark.requirement("U2")
async def test_a_failed_answer_ends_at_once_and_the_socket_goes_on(
    socket_setup: Setup, upstream: Upstream
) -> None:
    upstream.script(stream(sse.created(), sse.failed("who_knows", "no")))
    client = socket_setup.client()

    with pytest.raises(ModelError, match=r"before completion: no$"):
        await ask(client)
    await ask(client)

    assert len(upstream.responses.handshakes.asked) == 1


async def test_an_error_event_is_the_http_error_of_its_status(
    socket_setup: Setup, upstream: Upstream
) -> None:
    upstream.script(Status(429, {"error": {"message": "slow"}}))

    with pytest.raises(ModelError, match=r"exceeded retry limit, last status: 429") as caught:
        await socket_setup.ask()

    assert caught.value.info == {"responseTooManyFailedAttempts": {"httpStatusCode": 429}}


async def test_rate_limits_come_as_an_event(socket_setup: Setup, upstream: Upstream) -> None:
    limits: JsonObject = {
        "type": "codex.rate_limits", "plan_type": "pro",
        "rate_limits": {"primary": {"used_percent": 42.4, "window_minutes": 60, "reset_at": 17}},
    }  # fmt: skip
    upstream.script(stream(limits, *sse.message(), sse.completed()))

    found = await socket_setup.ask()

    expected = RateLimits(primary=RateLimitWindow(42.4, 60, 17), plan_type="pro")
    assert RateLimitsUpdate(expected) in found


async def test_large_messages_pass(socket_setup: Setup, upstream: Upstream) -> None:
    text = "x" * (3 * 1024 * 1024)
    upstream.script(text_reply(text))

    found = await socket_setup.ask()

    assert texts(found) == [text]


async def test_a_provider_that_wants_http_is_asked_over_http(socket_setup: Setup, upstream: Upstream) -> None:
    upstream.responses.handshakes.script(Status(426))
    client = socket_setup.client()

    await ask(client)
    await ask(client)

    assert [one.method for one in upstream.asked] == ["POST", "POST"]
    assert len(upstream.responses.handshakes.asked) == 1


async def test_what_a_message_said_of_limits_outlives_the_handshake_that_was_before_it(
    socket_setup: Setup, upstream: Upstream
) -> None:
    said: JsonObject = {"type": "codex.rate_limits", "rate_limits": {"primary": {"used_percent": 42}}}
    upstream.script(stream(said, *sse.message("one"), sse.completed("r1")), text_reply("two"))
    client = socket_setup.client()
    await ask(client)

    later = await ask(client)

    limits = [event.limits for event in later if isinstance(event, RateLimitsUpdate)]
    assert limits == [RateLimits(primary=RateLimitWindow(42.0))]


async def test_a_new_handshake_that_says_the_limits_is_believed(
    socket_setup: Setup, upstream: Upstream
) -> None:
    used = (("x-codex-primary-used-percent", "7"),)
    upstream.responses.handshakes.script(Socket(), Socket(headers=used))
    upstream.script(stream(*sse.message("one"), sse.completed("r1"), Close()), text_reply("two"))
    client = socket_setup.client()
    await ask(client)

    later = await ask(client)

    limits = [event.limits for event in later if isinstance(event, RateLimitsUpdate)]
    assert limits == [RateLimits(primary=RateLimitWindow(7.0))]
