"""Asking a model: what goes out, what comes back, what is tried again."""

import base64
import json
from collections.abc import Awaitable, Callable

import anyio
import pytest
from pydantic import JsonValue
from support import sse
from support.upstream import Cut, Reply, Status, Upstream, stream, text_reply

from app_server.model.answer.events import (
    Completed,
    Created,
    ItemAdded,
    ItemDone,
    ModelsEtag,
    RateLimitsUpdate,
    ReasoningIncluded,
    ResponseEvent,
    ServerModel,
    TextDelta,
    TokenUsage,
)
from app_server.model.errors import ModelError
from app_server.model.rate_limits import Credits, RateLimits, RateLimitWindow

from .conftest import DEADLINE, METADATA, REQUEST, Setup, events_of

LIMITS = RateLimitsUpdate(RateLimits())


async def _failure(setup: Setup) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await setup.ask()
    return caught.value


async def test_a_whole_answer_comes_out_in_order(setup: Setup, upstream: Upstream) -> None:
    upstream.script(text_reply("Hello", deltas=["Hel", "lo"]))

    found = await setup.ask()

    assert [type(event) for event in found] == [
        RateLimitsUpdate, Created, ItemAdded, TextDelta, TextDelta, ItemDone, Completed,
    ]  # fmt: skip
    assert found[3:5] == [TextDelta("Hel"), TextDelta("lo")]


async def test_the_request_on_the_wire_is_what_was_asked_for(setup: Setup, upstream: Upstream) -> None:
    setup = setup.with_provider(query_params={"api-version": "1"}, bearer_token="token")

    await setup.ask()

    (asked,) = upstream.asked
    assert (asked.method, asked.path) == ("POST", "/v1/responses?api-version=1")
    assert set(asked.headers) == {
        "host", "content-length", "originator", "user-agent", "session-id", "thread-id",
        "x-client-request-id", "x-codex-window-id", "x-codex-turn-metadata", "accept", "content-type",
        "authorization",
    }  # fmt: skip
    assert asked.headers["authorization"] == b"Bearer token"
    assert asked.json["model"] == "gpt-5.5"


async def test_the_headers_of_an_answer_are_told_first(setup: Setup, upstream: Upstream) -> None:
    headers = {
        "openai-model": "gpt-other",
        "x-models-etag": "v7",
        "x-reasoning-included": "",
        "x-codex-primary-used-percent": "50",
        "x-codex-credits-has-credits": "true",
        "x-codex-credits-unlimited": "false",
    }
    upstream.script(stream(sse.completed(), headers=headers.items()))

    found = await setup.ask()

    limits = RateLimits(primary=RateLimitWindow(50.0), credits=Credits(True, False))
    assert found[:4] == [
        ServerModel("gpt-other"), RateLimitsUpdate(limits), ModelsEtag("v7"), ReasoningIncluded(),
    ]  # fmt: skip


async def test_later_rate_limits_keep_what_they_do_not_say(setup: Setup, upstream: Upstream) -> None:
    money = (("x-codex-credits-has-credits", "1"), ("x-codex-credits-unlimited", "1"))
    upstream.script(stream(sse.completed(), headers=money), text_reply())
    client = setup.client()

    await events_of(client)
    await events_of(client)

    assert client.rate_limits == RateLimits(credits=Credits(True, True))


async def test_a_turns_requests_share_its_first_routing_state(setup: Setup, upstream: Upstream) -> None:
    upstream.script(
        stream(sse.completed(), headers=[("x-codex-turn-state", "first")]),
        stream(sse.completed(), headers=[("x-codex-turn-state", "second")]),
    )
    client = setup.client()
    turn = client.turn(METADATA)

    for _ in range(3):
        async with turn.stream(REQUEST) as answer:
            async for _batch in answer:
                pass
    await events_of(client)

    states = [asked.headers.get("x-codex-turn-state") for asked in upstream.asked]
    assert states == [None, b"first", b"first", None]


def _counter() -> tuple[list[int], Callable[[], Awaitable[bytes | None]]]:
    asked: list[int] = []

    async def attest() -> bytes | None:
        asked.append(len(asked))
        return b'{"v":1,"s":0,"t":"token-%d"}' % len(asked)

    return asked, attest


async def test_every_attempt_is_attested_anew(setup: Setup, upstream: Upstream) -> None:
    asked, setup.attest = _counter()
    client = setup.client()

    await events_of(client)
    await events_of(client)

    values = [one.headers["x-oai-attestation"] for one in upstream.asked]
    assert values == [b'{"v":1,"s":0,"t":"token-1"}', b'{"v":1,"s":0,"t":"token-2"}']
    assert len(asked) == 2


async def test_a_retry_below_the_turn_sends_the_same_attestation(setup: Setup, upstream: Upstream) -> None:
    asked, setup.attest = _counter()
    upstream.script(Status(500), Status(502), text_reply())

    await setup.ask()

    assert {one.headers["x-oai-attestation"] for one in upstream.asked} == {b'{"v":1,"s":0,"t":"token-1"}'}
    assert (len(upstream.asked), len(asked)) == (3, 1)


async def test_without_scope_no_header_is_sent(setup: Setup, upstream: Upstream) -> None:
    await setup.ask()

    assert "x-oai-attestation" not in upstream.asked[0].headers


async def test_an_attestation_that_is_not_to_be_had_stops_nothing(setup: Setup, upstream: Upstream) -> None:
    async def nothing() -> bytes | None:
        return None

    setup.attest = nothing

    assert isinstance((await setup.ask())[-1], Completed)
    assert "x-oai-attestation" not in upstream.asked[0].headers


async def test_server_errors_are_tried_again_with_growing_pauses(setup: Setup, upstream: Upstream) -> None:
    upstream.script(*[Status(500, "down")] * 5)

    error = await _failure(setup)

    assert error.info == "internalServerError"
    assert len(upstream.asked) == 5
    for pause, expected in zip(setup.pauses, (0.2, 0.4, 0.8, 1.6), strict=True):
        assert expected * 0.9 <= pause <= expected * 1.1


async def test_a_server_that_names_a_time_is_asked_again_then(setup: Setup, upstream: Upstream) -> None:
    later = (("retry-after", "7"),)
    upstream.script(Status(503, "busy", later), Status(500, "down"), Status(503, "busy", later), text_reply())

    await setup.ask()

    first, second, third = setup.pauses
    assert (first, third) == (7.0, 7.0)
    assert second < 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 426, 429])
async def test_a_clients_error_is_not_tried_again_here(setup: Setup, upstream: Upstream, status: int) -> None:
    upstream.script(Status(status, "no"))

    error = await _failure(setup)

    assert (error.http_status, len(upstream.asked), setup.pauses) == (status, 1, [])


async def test_a_used_up_limit_brings_its_numbers(setup: Setup, upstream: Upstream) -> None:
    body: JsonValue = {"error": {"type": "usage_limit_reached", "plan_type": "pro"}}
    upstream.script(Status(429, body, (("x-codex-primary-used-percent", "100"),)))

    error = await _failure(setup)

    assert error.info == "usageLimitExceeded"
    assert error.rate_limits == RateLimits(primary=RateLimitWindow(100.0))


async def test_an_error_shows_neither_query_nor_password(setup: Setup, upstream: Upstream) -> None:
    address = upstream.base_url.replace("http://", "http://user:s3cret@")
    setup = setup.with_provider(base_url=address, query_params={"key": "s3cret"}, bearer_token="s3cret")
    upstream.script(Status(403, "no"))

    error = await _failure(setup)

    assert str(error) == f"unexpected status 403 Forbidden: no, url: {upstream.base_url}/responses"
    assert "s3cret" not in repr(error)


async def test_a_refused_connection_is_told_with_its_address(setup: Setup, free_port: int) -> None:
    setup = setup.with_provider(base_url=f"http://127.0.0.1:{free_port}/v1", request_max_retries=2)

    error = await _failure(setup)

    assert str(error) == (
        "stream disconnected before completion: error sending request for url "
        f"(http://127.0.0.1:{free_port}/v1/responses)"
    )
    assert (error.info, error.retryable, len(setup.pauses)) == ("other", True, 2)


@pytest.mark.parametrize(
    "base_url", ["http://", "http://[::1", "http://host:port/v1", "http://127.0.0.1:1\x00/"]
)
async def test_an_address_that_is_none_fails_like_an_unreachable_one(setup: Setup, base_url: str) -> None:
    error = await _failure(setup.with_provider(base_url=base_url, request_max_retries=0))

    assert str(error).startswith("stream disconnected before completion: error sending request for url (")


def _log_in(setup: Setup) -> None:
    claims = base64.urlsafe_b64encode(b'{"email":"a@b.c"}').decode().rstrip("=")
    tokens = {"id_token": f"a.{claims}.c", "access_token": "s3cret", "account_id": "acct-s3cret"}
    (setup.codex_home / "auth.json").write_text(json.dumps({"tokens": tokens}))


async def test_openai_gets_compressed_bodies_from_a_chatgpt_login(setup: Setup, upstream: Upstream) -> None:
    _log_in(setup)

    await setup.with_provider(name="OpenAI", requires_openai_auth=True).ask()
    await setup.with_provider(name="OpenAI").ask()

    with_login, without = upstream.asked
    assert with_login.headers["content-encoding"] == b"zstd"
    assert with_login.body[:4] == b"\x28\xb5\x2f\xfd", "a zstd frame"
    assert "content-encoding" not in without.headers
    assert without.json["model"] == "gpt-5.5"


async def test_nothing_secret_is_logged(
    setup: Setup, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    _log_in(setup)
    caplog.set_level("DEBUG")
    upstream.script(Status(500, "x"), Status(403, "y"))
    setup = setup.with_provider(requires_openai_auth=True, query_params={"key": "s3cret"})

    await _failure(setup)

    assert upstream.asked[1].headers["authorization"] == b"Bearer s3cret"
    assert upstream.asked[1].headers["chatgpt-account-id"] == b"acct-s3cret"
    assert "app_server.model" in {record.name for record in caplog.records}, "the retry is logged"
    assert "s3cret" not in caplog.text


async def test_a_missing_key_sends_nothing(setup: Setup, upstream: Upstream) -> None:
    error = await _failure(setup.with_provider(env_key="NO_SUCH_KEY"))

    assert str(error) == "Missing environment variable: `NO_SUCH_KEY`."
    assert upstream.asked == []


CASES: list[tuple[Reply, str]] = [
    (stream(sse.created()), "stream closed before response.completed"),
    (stream(sse.created(), Cut()), "Transport error: network error: error decoding response body"),
    (Status(200, "<html>hello</html>"), "stream closed before response.completed"),
    (Status(200), "stream closed before response.completed"),
    (stream(b"\xff\xfe\n\n"), "stream closed before response.completed"),
]


@pytest.mark.parametrize(("reply", "detail"), CASES)
async def test_an_answer_that_is_no_whole_stream_can_be_asked_for_again(
    setup: Setup, upstream: Upstream, reply: Reply, detail: str
) -> None:
    upstream.script(reply)

    error = await _failure(setup)

    assert (str(error), error.retryable) == (f"stream disconnected before completion: {detail}", True)
    assert len(upstream.asked) == 1


async def test_what_came_before_a_failure_is_delivered_first(setup: Setup, upstream: Upstream) -> None:
    upstream.script(stream(*sse.message("ok"), sse.failed("invalid_prompt", "why")))
    found: list[ResponseEvent] = []

    async def read() -> None:
        async for batch in setup.client().turn(METADATA).stream(REQUEST):
            found.extend(batch)

    with pytest.raises(ModelError) as caught:
        await read()
    assert str(caught.value) == "why"
    assert [type(event) for event in found] == [RateLimitsUpdate, Created, ItemAdded, TextDelta, ItemDone]


async def test_nothing_after_the_end_is_seen(setup: Setup, upstream: Upstream) -> None:
    upstream.script(stream(sse.completed(), sse.delta("late"), sse.failed("x", "late")))

    assert (await setup.ask())[1:] == [Completed("resp-1", TokenUsage(10, 2, 3, 1, 13))]


async def test_many_deltas_wake_the_reader_only_a_few_times(setup: Setup, upstream: Upstream) -> None:
    deltas = b"".join(sse.encode(sse.delta("x")) for _ in range(4000))
    upstream.script(stream(sse.created(), sse.message_opened(), deltas, sse.completed()))

    with anyio.fail_after(DEADLINE):
        async with setup.client().turn(METADATA).stream(REQUEST) as answer:
            sizes = [len(batch) async for batch in answer]

    assert sum(sizes) == 4004
    assert len(sizes) < 1000


async def test_an_answer_can_be_left_in_the_middle(setup: Setup, upstream: Upstream) -> None:
    client = setup.client()
    async with client.turn(METADATA).stream(REQUEST) as answer:
        await anext(answer)

    with pytest.raises(StopAsyncIteration):
        await anext(answer)
    assert isinstance((await events_of(client))[-1], Completed)


async def test_the_body_is_the_same_json_at_every_try(setup: Setup, upstream: Upstream) -> None:
    upstream.script(Status(503), text_reply())

    await setup.ask()

    first, second = (json.loads(asked.body) for asked in upstream.asked)
    assert first == second


async def test_a_password_in_the_address_is_sent_where_nothing_else_says_who_asks(
    setup: Setup, upstream: Upstream
) -> None:
    address = upstream.base_url.replace("http://", "http://us%40er:pa%20ss@")

    await setup.with_provider(base_url=address).ask()
    await setup.with_provider(base_url=address, bearer_token="token").ask()

    first, second = upstream.asked
    assert first.headers["authorization"] == b"Basic " + base64.b64encode(b"us@er:pa ss")
    assert "@" not in first.headers["host"].decode()
    assert second.headers["authorization"] == b"Bearer token"


async def test_a_provider_without_an_address_is_asked_nowhere(setup: Setup) -> None:
    with pytest.raises(ModelError, match="error sending request"):
        await setup.with_provider(base_url="", request_max_retries=0).ask()
