import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import orjson
import pytest
from support.memory import MemoryClient, MemoryServer, memory_server

from app_server.rpc.attestation import ClientAttestation, envelope
from protocol.wire import JsonObject, JsonValue

METHOD = "attestation/generate"
SHORT, LONG = 0.01, 5.0


class Attesting:
    """A server with clients that are subscribed to threads, and the provider under test."""

    def __init__(self, server: MemoryServer) -> None:
        self.server = server
        self.provider = ClientAttestation(server.rpc.audience, LONG)

    def budget(self, seconds: float) -> None:
        self.provider = ClientAttestation(self.server.rpc.audience, seconds)

    async def client(self, *threads: str, able: bool = True) -> MemoryClient:
        client = self.server.connect()
        await client.initialize(requestAttestation=able)
        connection = self.server.rpc.audience.everyone()[-1]
        for thread in threads:
            self.server.rpc.audience.subscribe(connection, thread)
        client.messages.clear()
        return client

    async def header(self, *answers: tuple[MemoryClient, JsonObject], asked: MemoryClient) -> bytes | None:
        """The header when these clients write these answers as soon as `asked` has been asked."""
        headers: list[bytes | None] = []
        count = len(asked.messages)

        async def ask() -> None:
            headers.append(await self.provider.header_value("t"))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask)
            question = await asked.asked(METHOD, count)
            for client, answer in answers:
                client.send({"id": question["id"], **answer})
        return headers[0]


@asynccontextmanager
async def attesting() -> AsyncGenerator[Attesting]:
    async with memory_server({}) as server:
        yield Attesting(server)


@pytest.mark.requirement("A4")
@pytest.mark.parametrize(
    ("answer", "header"),
    [
        ({"result": {"token": "v1.opaque"}}, b'{"v":1,"s":0,"t":"v1.opaque"}'),
        ({"result": {"token": "", "more": 1}}, b'{"v":1,"s":0,"t":""}'),
        ({"result": {"token": 'a"\\\n\x01'}}, b'{"v":1,"s":0,"t":"a\\"\\\\\\n\\u0001"}'),
        ({"result": {"token": "é☃"}}, '{"v":1,"s":0,"t":"é☃"}'.encode()),
        ({"result": {"token": "x" * 9000}}, b'{"v":1,"s":0,"t":"' + b"x" * 9000 + b'"}'),
        ({"result": {"token": "a\x7fb"}}, None),
        ({"error": {"code": -32601, "message": "unsupported"}}, b'{"v":1,"s":2}'),
        ({"result": {}}, b'{"v":1,"s":4}'),
        ({"result": None}, b'{"v":1,"s":4}'),
        ({"result": "v1.x"}, b'{"v":1,"s":4}'),
        ({"result": {"token": None}}, b'{"v":1,"s":4}'),
        ({"result": {"token": 5}}, b'{"v":1,"s":4}'),
    ],
)
async def test_each_answer_has_its_exact_envelope(answer: JsonObject, header: bytes | None) -> None:
    async with attesting() as world:
        client = await world.client("t")

        assert await world.header((client, answer), asked=client) == header
        assert client.messages == [{"method": METHOD, "id": 0, "params": {}}]


@pytest.mark.requirement("A3")
async def test_no_answer_in_time_is_status_1_and_a_late_one_is_dropped() -> None:
    async with attesting() as world:
        client = await world.client("t")
        world.budget(SHORT)
        headers = [await world.provider.header_value("t") for _ in range(50)]
        late: list[JsonObject] = [{"id": number, "result": {"token": "late"}} for number in range(50)]
        client.send(*late)
        world.budget(LONG)
        fresh = await world.header((client, {"result": {"token": "fresh"}}), asked=client)

    assert headers == [b'{"v":1,"s":1}'] * 50
    assert fresh == b'{"v":1,"s":0,"t":"fresh"}'


async def test_an_answer_that_arrived_in_time_counts_though_the_loop_was_too_busy_to_read_it() -> None:
    async with attesting() as world:
        client = await world.client("t")
        world.budget(SHORT)
        headers: list[bytes | None] = []

        async def ask() -> None:
            headers.append(await world.provider.header_value("t"))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask)
            await client.asked(METHOD)
            client.send({"id": 0, "result": {"token": "x"}})
            ends = time.monotonic() + SHORT * 5
            while time.monotonic() < ends:
                continue

    assert headers == [b'{"v":1,"s":0,"t":"x"}']


async def test_a_client_that_closes_while_asked_has_not_answered_in_time() -> None:
    async with attesting() as world:
        client = await world.client("t")
        world.budget(0.05)
        headers: list[bytes | None] = []

        async def ask() -> None:
            headers.append(await world.provider.header_value("t"))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(ask)
            await client.asked(METHOD)
            await client.close()

    assert headers == [b'{"v":1,"s":1}']


@pytest.mark.requirement("A5")
async def test_requests_ask_for_themselves_and_shutting_down_cancels_them_all() -> None:
    headers: list[bytes | None] = []

    async with attesting() as world:
        client = await world.client("t")

        async def ask() -> None:
            headers.append(await world.provider.header_value("t"))

        async with anyio.create_task_group() as tasks:
            for _ in range(3):
                tasks.start_soon(ask)
            await client.asked(METHOD, 2)
            world.server.rpc.audience.server_requests.shut_down()

    assert [message["id"] for message in client.messages] == [0, 1, 2]
    assert headers == [b'{"v":1,"s":3}'] * 3


async def test_the_oldest_capable_subscriber_is_asked_whoever_came_to_the_thread_first() -> None:
    async with attesting() as world:
        incapable, elsewhere = await world.client("t", able=False), await world.client("other")
        second, third = await world.client(), await world.client("t")
        world.server.rpc.audience.subscribe(world.server.rpc.audience.everyone()[2], "t")
        header = await world.header((second, {"result": {"token": "2"}}), asked=second)
        await second.close()
        after = await world.header((third, {"result": {"token": "3"}}), asked=third)

    assert (header, after) == (b'{"v":1,"s":0,"t":"2"}', b'{"v":1,"s":0,"t":"3"}')
    assert incapable.messages == elsewhere.messages == []


async def test_an_answer_of_another_connection_counts() -> None:
    async with attesting() as world:
        client, stranger = await world.client("t"), await world.client(able=False)

        header = await world.header((stranger, {"result": {"token": "x"}}), asked=client)

    assert header == b'{"v":1,"s":0,"t":"x"}'


@pytest.mark.parametrize(("able", "thread"), [(False, "t"), (True, "other")])
async def test_without_a_capable_subscriber_nobody_is_asked_and_there_is_no_header(
    able: bool, thread: str
) -> None:
    async with attesting() as world:
        client = await world.client(thread, able=able)

        assert await world.provider.header_value("t") is None
        assert client.messages == []


async def test_an_attestation_belongs_to_no_thread() -> None:
    async with attesting() as world:
        client = await world.client("t")
        audience = world.server.rpc.audience

        async def meddle() -> None:
            await client.asked(METHOD)
            audience.end_requests("t")
            audience.replay_requests(audience.everyone()[0], "t")

        headers: list[bytes | None] = []
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(meddle)
            headers.append(await world.header((client, {"result": {"token": "x"}}), asked=client))

    assert headers == [b'{"v":1,"s":0,"t":"x"}']
    assert len(client.messages) == 1


@pytest.mark.parametrize("token", ["", "a", "\t", "\u2028", "\U0001f600", "\x80"])
def test_an_envelope_is_json_that_reads_back(token: str) -> None:
    data = envelope(0, token)

    value: JsonValue = orjson.loads(data or b"null")
    assert value == {"v": 1, "s": 0, "t": token}
