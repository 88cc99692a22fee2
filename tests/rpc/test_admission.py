import anyio
import pytest
from support.gate import Gate
from support.memory import MemoryClient, memory_server

from app_server.handlers.base import Call, Handler
from app_server.rpc import admission
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse
from protocol.thread_admin import ThreadUnsubscribeParams, ThreadUnsubscribeResponse
from protocol.wire import JsonObject

MOCK = "mock/experimentalMethod"
OVERLOADED: JsonObject = {
    "code": -32001,
    "data": {"kind": "server_overloaded"},
    "message": "Server overloaded; retry later.",
}


def calls(client: MemoryClient, count: int, value: str = "x") -> list[JsonObject]:
    return [client.call(number, MOCK, {"value": value}) for number in range(count)]


def ids(client: MemoryClient) -> list[object]:
    return sorted((message["id"] for message in client.messages), key=str)


def kinds(client: MemoryClient) -> set[str]:
    return {key for message in client.messages for key in message if key != "id"}


@pytest.fixture
def slowly_handled(gate: Gate) -> dict[str, Handler]:
    """Calls that wait for the gate; and `thread/unsubscribe`, which frees what others wait for."""

    async def mock(call: Call, params: MockExperimentalMethodParams) -> MockExperimentalMethodResponse:
        await gate.wait(str(call.request_id))
        return MockExperimentalMethodResponse(echoed=params.value)

    async def unsubscribe(call: Call, params: ThreadUnsubscribeParams) -> ThreadUnsubscribeResponse:
        return ThreadUnsubscribeResponse(status="notLoaded")

    return {MOCK: mock, "thread/unsubscribe": unsubscribe}


@pytest.mark.requirement("W1")
async def test_three_thousand_requests_at_once_get_three_thousand_results(
    echoing: dict[str, Handler],
) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.messages.clear()
        client.send(*calls(client, 3000))
        await client.until(lambda _: len(client.messages) == 3000)

    assert ids(client) == sorted(range(3000), key=str)
    assert kinds(client) == {"result"}


async def test_no_more_than_the_limit_run_and_the_rest_wait_their_turn(
    gate: Gate, slowly_handled: dict[str, Handler]
) -> None:
    async with memory_server(slowly_handled) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.messages.clear()
        client.send(*calls(client, admission.MOST_RUNNING + 2))
        await gate.until_begun(admission.MOST_RUNNING)
        await anyio.wait_all_tasks_blocked()
        begun = len(gate.begun)
        client.send(client.call("free", "thread/unsubscribe", {"threadId": "t"}))
        freed = await client.answer("free")
        gate.let_through(*map(str, range(admission.MOST_RUNNING + 2)))
        await client.until(lambda _: len(client.messages) == admission.MOST_RUNNING + 3)

    assert begun == admission.MOST_RUNNING
    assert freed["result"] == {"status": "notLoaded"}


@pytest.mark.requirement("W1")
@pytest.mark.requirement("U7")
async def test_a_client_that_does_not_read_gets_one_answer_for_each_id_when_it_does(
    echoing: dict[str, Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "MOST_WAITING", 100)
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.messages.clear()
        client.outlet.reading = False
        client.send(*calls(client, 3000, "x" * 1000))
        await anyio.wait_all_tasks_blocked()
        stuck = len(client.messages)
        client.outlet.read_on()
        await client.until(lambda _: len(client.messages) == 3000)

    refused = [message["error"] for message in client.messages if "error" in message]
    assert stuck < 400
    assert ids(client) == sorted(range(3000), key=str)
    assert refused == [OVERLOADED] * len(refused)
    assert len(refused) == 3000 - stuck - 100


@pytest.mark.requirement("W1")
async def test_when_even_the_refusals_are_too_many_reading_stops(
    echoing: dict[str, Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "MOST_WAITING", 10)
    monkeypatch.setattr(admission, "MOST_REFUSED", 20)
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.messages.clear()
        client.outlet.reading = False
        client.send(*calls(client, 1, "x" * 100_000))
        await client.answer(0)
        client.send(*[client.call(f"w{number}", MOCK, {}) for number in range(30)])
        await anyio.wait_all_tasks_blocked()
        client.send(client.call("last", MOCK, {}))
        await anyio.wait_all_tasks_blocked()
        client.outlet.read_on()
        await client.until(lambda _: len(client.messages) == 32)

    results = [message["id"] for message in client.messages if "result" in message]
    assert results == [0, *(f"w{number}" for number in range(10)), "last"]


async def test_when_nothing_gets_done_requests_are_refused_so_that_answers_get_through(
    gate: Gate, slowly_handled: dict[str, Handler], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(admission, "MOST_RUNNING", 1)
    monkeypatch.setattr(admission, "MOST_WAITING", 1)
    monkeypatch.setattr(admission, "STALLED_SECONDS", 0.02)
    async with memory_server(slowly_handled) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.messages.clear()
        client.send(*calls(client, 4))
        await client.until(lambda _: len(client.messages) == 2)
        refused = list(client.messages)
        gate.let_through("0", "1")
        await client.until(lambda _: len(client.messages) == 4)

    assert refused == [{"error": OVERLOADED, "id": number} for number in (2, 3)]
    assert [message["id"] for message in client.messages[2:]] == [0, 1]
