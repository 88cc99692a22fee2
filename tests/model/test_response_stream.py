"""How a stream ends, and when it is given up, against a peer that does exactly what a test says."""

import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import anyio
import pytest
from anyio.abc import SocketAttribute, SocketStream
from support import sse

from app_server.model.answer.events import Completed, ResponseEvent
from app_server.model.errors import ModelError

from .conftest import DEADLINE, METADATA, REQUEST, Setup, events_of

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n"
SIZED = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
COMPLETED = sse.encode(sse.completed())

Act = Callable[[SocketStream], Awaitable[None]]


@dataclass
class Peer:
    """Plays one act for each request; a connection stays open until its act closes it."""

    acts: list[Act] = field(default_factory=list[Act])
    connections: int = 0
    base_url: str = ""


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    found = Peer()

    async def connection(stream: SocketStream) -> None:
        found.connections += 1
        async with stream:
            try:
                while await _read_request(stream):
                    await found.acts.pop(0)(stream)
            except (anyio.BrokenResourceError, anyio.ClosedResourceError):
                return

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    found.base_url = f"http://127.0.0.1:{listener.extra(SocketAttribute.local_port)}/v1"  # not Django
    async with listener, anyio.create_task_group() as tasks:
        tasks.start_soon(listener.serve, connection)
        yield found
        tasks.cancel_scope.cancel()


async def _read_request(stream: SocketStream) -> bool:
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            data += await stream.receive()
        head, _, body = data.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        while len(body) < length:
            body += await stream.receive()
    except anyio.EndOfStream:
        return False
    return True


def sends(*parts: bytes, then: Act | None = None) -> Act:
    async def act(stream: SocketStream) -> None:
        for part in parts:
            await stream.send(part)
        if then is not None:
            await then(stream)

    return act


async def closes(stream: SocketStream) -> None:
    await stream.aclose()


async def _failure(setup: Setup) -> str:
    with pytest.raises(ModelError) as caught:
        await setup.ask()
    assert caught.value.retryable
    return str(caught.value).removeprefix("stream disconnected before completion: ")


@pytest.mark.requirement("U2")
@pytest.mark.parametrize(
    ("event", "error"),
    [
        (sse.failed("invalid_prompt", "why"), "why"),
        (
            sse.incomplete("max"),
            "stream disconnected before completion: Incomplete response returned, reason: max",
        ),
    ],
)
async def test_a_failure_ends_the_answer_though_the_connection_stays_open(
    setup: Setup, peer: Peer, event: sse.Event, error: str
) -> None:
    peer.acts = [sends(HEAD, sse.encode(event))]

    with pytest.raises(ModelError) as caught:
        await setup.with_provider(base_url=peer.base_url).ask()

    assert str(caught.value) == error


@pytest.mark.requirement("U2")
async def test_completion_ends_the_answer_though_the_connection_stays_open(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(HEAD, COMPLETED)]

    found = await setup.with_provider(base_url=peer.base_url).ask()

    assert isinstance(found[-1], Completed)


@pytest.mark.requirement("U3")
async def test_silence_is_given_up_after_the_idle_timeout(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(HEAD, sse.encode(sse.created()))]

    setup = setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=50)

    assert await _failure(setup) == "idle timeout waiting for SSE"


@pytest.mark.requirement("U3")
async def test_an_answer_that_never_begins_is_given_up_too(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(), sends()]

    setup = setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=50, request_max_retries=1)

    assert await _failure(setup) == "idle timeout waiting for SSE"
    assert peer.connections == 2


def _drips(*parts: bytes, every: float) -> Act:
    async def act(stream: SocketStream) -> None:
        for part in parts:
            await anyio.sleep(every)  # time itself is what this is about
            await stream.send(part)

    return act


@pytest.mark.requirement("U3")
async def test_comments_and_slow_bytes_are_signs_of_life(setup: Setup, peer: Peer) -> None:
    comments = [b": thinking\n\n"] * 4
    bytewise = [COMPLETED[:20], COMPLETED[20:40], COMPLETED[40:60], COMPLETED[60:]]
    peer.acts = [sends(HEAD, then=_drips(*comments, *bytewise, every=0.1))]

    found = await setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=400).ask()

    assert isinstance(found[-1], Completed)


@pytest.mark.requirement("U3")
async def test_nothing_but_signs_of_life_is_given_up_in_the_end(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(HEAD, then=_drips(*[b": ping\n\n"] * 1000, every=0.01))]

    setup = setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=40)

    assert await _failure(setup) == "idle timeout waiting for SSE"


@pytest.mark.requirement("U1")
async def test_a_connection_that_died_while_idle_costs_no_retry(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(SIZED % len(COMPLETED), COMPLETED), closes, sends(HEAD, COMPLETED)]
    setup = setup.with_provider(base_url=peer.base_url, request_max_retries=0)
    client = setup.client()
    await events_of(client)

    found = await events_of(client)

    assert isinstance(found[-1], Completed)
    assert (peer.connections, setup.pauses) == (2, [])


async def resets(stream: SocketStream) -> None:
    """Close with a reset in place of an orderly end."""
    raw = stream.extra(SocketAttribute.raw_socket)  # not Django's
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    await stream.aclose()


@pytest.mark.requirement("U1")
async def test_a_reset_is_noticed_at_once(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(SIZED % 5000, sse.encode(sse.created()), then=resets)]

    setup = setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=60_000)

    assert await _failure(setup) == "Transport error: network error: error decoding response body"


@pytest.mark.requirement("U1")
@pytest.mark.parametrize(
    ("parts", "detail"),
    [
        ([HEAD, sse.encode(sse.created())], "stream closed before response.completed"),
        (
            [SIZED % 5000, sse.encode(sse.created())],
            "Transport error: network error: error decoding response body",
        ),
    ],
)
async def test_the_end_of_a_connection_is_noticed_at_once(
    setup: Setup, peer: Peer, parts: list[bytes], detail: str
) -> None:
    peer.acts = [sends(*parts, then=closes)]

    setup = setup.with_provider(base_url=peer.base_url, stream_idle_timeout_ms=60_000)

    assert await _failure(setup) == detail


@pytest.mark.parametrize("answer", [b"", b"garbage garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nbroken"])
async def test_what_is_no_http_counts_as_unreachable(setup: Setup, peer: Peer, answer: bytes) -> None:
    peer.acts = [sends(answer, then=closes)]

    detail = await _failure(setup.with_provider(base_url=peer.base_url, request_max_retries=0))

    assert detail == f"error sending request for url ({peer.base_url}/responses)"


async def test_a_final_event_without_its_blank_line_still_counts(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(HEAD, COMPLETED.rstrip(b"\n"), then=closes)]

    found = await setup.with_provider(base_url=peer.base_url).ask()

    assert isinstance(found[-1], Completed)


async def test_an_interim_answer_is_passed_over(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n", HEAD, COMPLETED)]

    found = await setup.with_provider(base_url=peer.base_url).ask()

    assert isinstance(found[-1], Completed)


async def test_a_connection_is_used_again_after_a_whole_answer(setup: Setup, peer: Peer) -> None:
    peer.acts = [sends(SIZED % len(COMPLETED), COMPLETED) for _ in range(3)]
    client = setup.with_provider(base_url=peer.base_url).client()

    for _ in range(3):
        await events_of(client)

    assert peer.connections == 1


async def test_cancelling_a_reader_closes_its_connection(setup: Setup, peer: Peer) -> None:
    closed = anyio.Event()

    async def until_closed(stream: SocketStream) -> None:
        try:
            await stream.receive()
        except (anyio.EndOfStream, anyio.BrokenResourceError):
            closed.set()

    peer.acts = [sends(HEAD, sse.encode(sse.delta("x")), then=until_closed)]
    started = anyio.Event()
    found: list[ResponseEvent] = []

    async def read() -> None:
        async with (
            setup.with_provider(base_url=peer.base_url).client().turn(METADATA).stream(REQUEST) as answer
        ):
            async for batch in answer:
                found.extend(batch)
                started.set()

    with anyio.fail_after(DEADLINE):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(read)
            await started.wait()
            tasks.cancel_scope.cancel()
        await closed.wait()
