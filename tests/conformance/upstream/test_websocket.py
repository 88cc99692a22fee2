"""Turns whose model is asked over a websocket, as clients see them (model-client.md §5, §6)."""

import json

import pytest
from support import sse
from support.client import Answer, Client, JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.shape import shape
from support.upstream import Asked, Close, Cut, Part, Status, Upstream, stream, text_reply

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 1000"  # a reference server takes no notice of it
SOCKET = "supports_websockets = true"


@pytest.fixture
def signed_in(connect: Connect, upstream: Upstream) -> Connect:
    """A home with a ChatGPT login, whose provider takes it and speaks websocket."""
    upstream.responses.speak_websocket()
    write_config(connect.home, upstream.base_url, chatgpt=True, provider=SOCKET, extra=PATIENCE)
    write_chatgpt_login(connect.home)
    return connect


def attest(client: Client) -> list[JsonObject]:
    """Answer with `t1`, `t2`…; the params that were asked with."""
    asked: list[JsonObject] = []

    def generate(params: JsonObject) -> Answer:
        asked.append(params)
        return {"token": f"t{len(asked)}"}

    client.on("attestation/generate", generate)
    return asked


def token(asked: Asked) -> str | None:
    value = asked.headers.get(HEADER)
    return None if value is None else json.loads(value)["t"]


@pytest.mark.requirement("A4")
def test_the_handshake_carries_the_attestation_and_later_turns_ask_for_none(
    signed_in: Connect, upstream: Upstream
) -> None:
    client = signed_in(requestAttestation=True)
    asked = attest(client)
    thread_id = start_thread(client)

    first, second = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert [turn.end["status"] for turn in (first, second)] == ["completed", "completed"]
    (handshake,) = upstream.responses.handshakes.asked
    assert token(handshake) == "t1"
    assert handshake.headers["authorization"].startswith(b"Bearer ey")
    assert asked == [{}]
    assert {one.method for one in upstream.asked} == {"FRAME"}


@pytest.mark.requirement("A4")
def test_a_provider_without_websockets_is_asked_again_over_http_with_a_token_of_its_own(
    signed_in: Connect, upstream: Upstream
) -> None:
    upstream.responses.handshakes.script(Status(426))
    client = signed_in(requestAttestation=True)
    attest(client)

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "completed"
    (handshake,), (post,) = upstream.responses.handshakes.asked, upstream.asked
    assert (handshake.method, handshake.path, token(handshake)) == ("GET", "/v1/responses", "t1")
    assert (post.method, post.path, token(post)) == ("POST", "/v1/responses", "t2")


def plain(connect: Connect, upstream: Upstream, *, retries: int = 0) -> Client:
    upstream.responses.speak_websocket()
    write_config(connect.home, upstream.base_url, provider=SOCKET, retries=retries)
    return connect()


@pytest.mark.requirement("U4")
@pytest.mark.parametrize(
    "part", [Close(), Cut(), sse.failed("who_knows", "no")], ids=["close", "cut", "failed"]
)
def test_a_warm_up_that_fails_is_not_seen_in_the_turn(
    connect: Connect, upstream: Upstream, part: Part
) -> None:
    client = plain(connect, upstream)
    whole = start_thread(client)
    upstream.responses.warm_ups.wait_asked(1)
    expected = shape(run_turn(client, whole).messages)
    upstream.responses.warm_ups.script(stream(part))

    thread_id = start_thread(client)
    upstream.responses.warm_ups.wait_asked(2)
    turn = run_turn(client, thread_id)

    assert shape(turn.messages) == expected


@pytest.mark.requirement("C5")
def test_after_its_retries_a_websocket_is_given_up_for_http(connect: Connect, upstream: Upstream) -> None:
    client = plain(connect, upstream, retries=1)
    thread_id = start_thread(client)
    upstream.responses.warm_ups.wait_asked(1)
    upstream.script(stream(sse.created(), Cut()), stream(sse.created(), Cut()), text_reply("at last"))

    turn = run_turn(client, thread_id)

    assert turn.end["status"] == "completed"
    (warning,) = [str(one["message"]) for one in turn.params("warning")]
    assert warning.startswith("Falling back from WebSockets to HTTPS transport. stream disconnected")
    assert turn.params("error") == []
    assert [one.method for one in upstream.asked] == ["FRAME", "FRAME", "POST"]
