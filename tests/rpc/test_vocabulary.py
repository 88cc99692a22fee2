"""Clients of several versions beside each other: each is told of an event in the words that it knows."""

import pytest
from support.memory import MemoryClient, MemoryServer, memory_server

from app_server.handlers.base import Call
from app_server.rpc.introduction import Introduction
from protocol.account import AccountUpdatedNotification
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse
from protocol.item import SleepThreadItem
from protocol.item_events import ItemStartedNotification
from protocol.mode import CollaborationModeListParams, CollaborationModeListResponse, CollaborationModeMask
from protocol.wire import JsonObject, JsonValue


async def client_of(server: MemoryServer, name: str, version: str, **capabilities: JsonValue) -> MemoryClient:
    client = server.connect()
    info: JsonObject = {"name": name, "version": version}
    await client.request("initialize", {"clientInfo": info, "capabilities": dict(capabilities)})
    client.messages.clear()
    return client


def params(client: MemoryClient) -> list[JsonValue]:
    return [message["params"] for message in client.messages if "method" in message]


async def test_one_event_is_told_to_each_in_its_words() -> None:
    async with memory_server({}) as server:
        old = await client_of(server, "codex-tui", "0.131.0")
        new = await client_of(server, "codex-tui", "0.169.0", requiredHumanApproval=True)
        other = await client_of(server, "my_app", "3.0")

        server.rpc.audience.emit(AccountUpdatedNotification(auth_mode="headers", plan_type="sci"))

        plain: JsonObject = {"authMode": "apikey", "planType": "unknown"}
        full: JsonObject = {"authMode": "headers", "planType": "sci"}
        assert [params(client) for client in (old, new, other)] == [[plain], [full], [plain]]


async def test_what_says_nothing_to_a_client_is_not_sent_to_it() -> None:
    item = SleepThreadItem(id="s", duration_ms=1)
    event = ItemStartedNotification(thread_id="t", turn_id="u", started_at_ms=1, item=item)

    async def subscribe(call: Call, _: MockExperimentalMethodParams) -> MockExperimentalMethodResponse:
        server.rpc.audience.subscribe(call.client, "t")
        return MockExperimentalMethodResponse()

    async with memory_server({"mock/experimentalMethod": subscribe}) as server:
        old = await client_of(server, "codex-tui", "0.131.0", experimentalApi=True)
        new = await client_of(server, "codex-tui", "0.169.0", experimentalApi=True)
        for client in (old, new):
            await client.request("mock/experimentalMethod", {})

        server.rpc.audience.emit(event, "t")

        assert [params(client) for client in (old, new)] == [[], [event.to_wire()]]


async def modes(call: Call, params: CollaborationModeListParams) -> CollaborationModeListResponse:
    return CollaborationModeListResponse(data=[CollaborationModeMask(name="N", reasoning_effort="max")])


@pytest.mark.parametrize(("capabilities", "effort"), [({}, None), ({"explicitGatewayOauth": False}, "max")])
async def test_a_client_that_was_greeted_early_is_told_the_same(
    capabilities: JsonObject, effort: str | None
) -> None:
    greeted = Introduction("my_app", "1", capabilities=frozenset(capabilities), experimental_api=True)
    async with memory_server({"collaborationMode/list": modes}) as server:
        early = server.connect(greeted=greeted)
        late = await client_of(server, "my_app", "1", experimentalApi=True, **capabilities)

        answers = [(await client.request("collaborationMode/list", {}))["result"] for client in (early, late)]

    mask: JsonObject = {"name": "N", "mode": None, "model": None, "reasoning_effort": effort}
    assert answers == [{"data": [mask]}, {"data": [mask]}]
