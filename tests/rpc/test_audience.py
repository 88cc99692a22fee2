import pytest
from support.memory import MemoryClient, MemoryServer, memory_server

from app_server.handlers.base import Call, Handler
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse
from protocol.item_events import AgentMessageDeltaNotification
from protocol.realtime_events import ThreadRealtimeClosedNotification
from protocol.thread_changes import ThreadArchivedNotification
from protocol.wire import JsonObject

MOCK = "mock/experimentalMethod"
DELTA = AgentMessageDeltaNotification(thread_id="t", turn_id="u", item_id="i", delta="hi")
DELTA_MESSAGE: JsonObject = {
    "method": "item/agentMessage/delta",
    "params": {"threadId": "t", "turnId": "u", "itemId": "i", "delta": "hi"},
}
ARCHIVED = ThreadArchivedNotification(thread_id="t")
ARCHIVED_MESSAGE: JsonObject = {"method": "thread/archived", "params": {"threadId": "t"}}


class Subscribing:
    """`mock/experimentalMethod` subscribes its caller to the thread it names, or with `-t` unsubscribes."""

    def __init__(self) -> None:
        self.server: MemoryServer | None = None
        self.found: list[bool] = []

    async def handle(
        self, call: Call, params: MockExperimentalMethodParams
    ) -> MockExperimentalMethodResponse:
        assert self.server is not None
        name = params.value or ""
        if name.startswith("-"):
            self.found.append(self.server.rpc.audience.unsubscribe(call.client, name[1:]))
        else:
            self.server.rpc.audience.subscribe(call.client, name)
        return MockExperimentalMethodResponse()


@pytest.fixture
def subscribing() -> Subscribing:
    return Subscribing()


def handlers(subscribing: Subscribing) -> dict[str, Handler]:
    return {MOCK: subscribing.handle}


async def client_of(server: MemoryServer, *threads: str, opted_out: tuple[str, ...] = ()) -> MemoryClient:
    client = server.connect()
    await client.initialize(experimentalApi=True, optOutNotificationMethods=list(opted_out))
    for thread in threads:
        await client.request(MOCK, {"value": thread})
    client.messages.clear()
    return client


async def test_events_of_a_thread_go_to_its_subscribers_and_broadcasts_to_all(
    subscribing: Subscribing,
) -> None:
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        on_t, on_u, uninitialized = (
            await client_of(server, "t"),
            await client_of(server, "u"),
            server.connect(),
        )
        server.rpc.audience.emit(DELTA, "t")
        server.rpc.audience.emit(ARCHIVED)
        server.rpc.audience.emit(DELTA, "nobody's")

    assert on_t.messages == [DELTA_MESSAGE, ARCHIVED_MESSAGE]
    assert on_u.messages == [ARCHIVED_MESSAGE]
    assert uninitialized.messages == []


async def test_an_opt_out_is_by_exact_name_and_for_one_connection(subscribing: Subscribing) -> None:
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        quiet = await client_of(server, "t", opted_out=("item/agentMessage/delta", "thread/*", "nope"))
        usual = await client_of(server, "t")
        server.rpc.audience.emit(DELTA, "t")
        server.rpc.audience.emit(ARCHIVED)

    assert quiet.messages == [ARCHIVED_MESSAGE]
    assert usual.messages == [DELTA_MESSAGE, ARCHIVED_MESSAGE]


async def test_experimental_notifications_need_the_capability(subscribing: Subscribing) -> None:
    event = ThreadRealtimeClosedNotification(thread_id="t")
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        able, plain = await client_of(server, "t"), server.connect()
        await plain.initialize()
        server.rpc.audience.subscribe(server.rpc.audience.everyone()[1], "t")
        plain.messages.clear()
        server.rpc.audience.emit(event, "t")

    params: JsonObject = {"threadId": "t", "reason": None}
    assert able.messages == [{"method": "thread/realtime/closed", "params": params}]
    assert plain.messages == []


async def test_unsubscribing_says_whether_there_was_a_subscription(subscribing: Subscribing) -> None:
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        client = await client_of(server, "t")
        await client.request(MOCK, {"value": "-t"})
        await client.request(MOCK, {"value": "-t"})
        server.rpc.audience.emit(DELTA, "t")

        assert subscribing.found == [True, False]
        assert not server.rpc.audience.has_subscribers("t")
        assert client.methods == []


async def test_a_closed_connection_is_subscribed_to_nothing(subscribing: Subscribing) -> None:
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        leaving, staying = await client_of(server, "t", "u"), await client_of(server, "u")
        await leaving.close()
        server.rpc.audience.emit(DELTA, "u")

        assert not server.rpc.audience.has_subscribers("t")
        assert (leaving.messages, staying.messages) == ([], [DELTA_MESSAGE])


async def test_an_event_carries_the_time_it_was_emitted(subscribing: Subscribing) -> None:
    async with memory_server(handlers(subscribing)) as server:
        subscribing.server = server
        client = await client_of(server, "t")
        server.rpc.audience.emit(DELTA, "t")

    before, _, stamp = client.outlet.last.rpartition(b',"emittedAtMs":')
    params = b'{"threadId":"t","turnId":"u","itemId":"i","delta":"hi"}'
    assert before == b'{"method":"item/agentMessage/delta","params":' + params
    assert stamp.endswith(b"}\n")
    assert stamp[:-2].isdigit()
