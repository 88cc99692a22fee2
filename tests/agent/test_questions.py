"""Questions of a turn to its clients: who is asked, who answers, what becomes of them (connection.md §7)."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from support import sse
from support.house import House, house_with
from support.machine import Machine
from support.memory import MemoryClient
from support.stage import ScriptedModel

from protocol.wire import JsonObject, JsonValue

ASK = "item/tool/requestUserInput"
QUESTION: JsonObject = {
    "id": "q",
    "header": "h",
    "question": "Which?",
    "options": [{"label": "A", "description": "d"}],
}
PLAN_MODE: JsonObject = {
    "mode": "plan",
    "settings": {"model": "gpt-5.5", "reasoning_effort": None, "developer_instructions": None},
}
CHOSEN: JsonObject = {"answers": {"q": {"answers": ["A"]}}}


@dataclass
class Asking(House):
    """The whole server, with a scripted model."""

    model: ScriptedModel


@pytest.fixture
async def house(machine: Machine) -> AsyncIterator[Asking]:
    model = ScriptedModel()
    async with house_with(machine, model) as house:
        yield Asking(house.server, house.loaded, house.attestation, model)


async def asked_in_plan_mode(house: Asking, client: MemoryClient) -> tuple[str, JsonObject]:
    """A thread whose turn waits for its user, and the request that asks."""
    call = sse.call("request_user_input", {"questions": [QUESTION]})
    house.model.script((sse.created(), call, sse.completed()))
    thread_id = member(await client.request("thread/start", {}), "result", "thread", "id")
    text: list[JsonValue] = [{"type": "text", "text": "hi"}]
    await client.request("turn/start", {"threadId": thread_id, "input": text, "collaborationMode": PLAN_MODE})
    return thread_id, await client.asked(ASK)


def member(value: JsonValue, *path: str) -> str:
    for key in path:
        assert isinstance(value, dict)
        value = value[key]
    assert isinstance(value, str)
    return value


async def ended(client: MemoryClient) -> str:
    """How the turn ended."""
    end = await client.until(lambda message: message.get("method") == "turn/completed")
    return member(end, "params", "turn", "status")


def statuses(client: MemoryClient) -> list[JsonValue]:
    changes = [one for one in client.messages if one.get("method") == "thread/status/changed"]
    return [one["params"]["status"] for one in changes if isinstance(one["params"], dict)]


def output(house: Asking) -> JsonValue:
    """What the model got for its call."""
    sent = house.model.asked[-1].body
    assert isinstance(sent, bytes)
    (item,) = [one for one in json.loads(sent)["input"] if one["type"] == "function_call_output"]
    return json.loads(item["output"])


@pytest.mark.requirement("A2")
async def test_a_thread_that_waits_for_its_user_says_so(house: Asking) -> None:
    client = await house.connect()
    _, question = await asked_in_plan_mode(house, client)

    client.send({"id": question["id"], "result": CHOSEN})

    assert await ended(client) == "completed"
    assert statuses(client) == [
        {"type": "active", "activeFlags": []},
        {"type": "active", "activeFlags": ["waitingOnUserInput"]},
        {"type": "active", "activeFlags": []},
        {"type": "idle"},
    ]
    assert output(house) == CHOSEN


@pytest.mark.requirement("A2")
async def test_an_interrupt_resolves_the_wait(house: Asking) -> None:
    client = await house.connect()
    thread_id, question = await asked_in_plan_mode(house, client)

    answer = await client.request("turn/interrupt", {"threadId": thread_id, "turnId": ""})
    resolved = await client.until(lambda message: message.get("method") == "serverRequest/resolved")

    assert answer["result"] == {}
    assert resolved["params"] == {"threadId": thread_id, "requestId": question["id"]}
    assert client.methods[-3:] == ["thread/status/changed", "turn/completed", "serverRequest/resolved"]
    assert statuses(client)[-1] == {"type": "idle"}


@pytest.mark.requirement("A1")
async def test_a_question_is_asked_again_of_whoever_resumes_the_thread(house: Asking) -> None:
    first = await house.connect()
    thread_id, question = await asked_in_plan_mode(house, first)
    await first.close()

    second = await house.connect()
    resumed = await second.request("thread/resume", {"threadId": thread_id})
    again = await second.asked(ASK)
    second.send({"id": again["id"], "result": CHOSEN})

    assert await ended(second) == "completed"
    assert again == question
    order = [one.get("method") or one.get("id") for one in second.messages]
    assert order.index(resumed["id"]) < order.index(ASK) < order.index("serverRequest/resolved")
    thread = resumed["result"]
    assert isinstance(thread, dict)
    assert isinstance(thread["thread"], dict)
    assert thread["thread"]["status"] == {"type": "active", "activeFlags": ["waitingOnUserInput"]}


@pytest.mark.requirement("A1")
async def test_the_first_answer_wins_and_the_loser_sees_it_resolved(house: Asking) -> None:
    first = await house.connect()
    thread_id, question = await asked_in_plan_mode(house, first)
    second = await house.connect()
    await second.request("thread/resume", {"threadId": thread_id})
    await second.asked(ASK)

    second.send({"id": question["id"], "result": {"answers": {"q": {"answers": ["second"]}}}})
    await first.until(lambda message: message.get("method") == "serverRequest/resolved")
    first.send({"id": question["id"], "result": {"answers": {"q": {"answers": ["first"]}}}})

    assert await ended(first) == "completed"
    assert output(house) == {"answers": {"q": {"answers": ["second"]}}}


@pytest.mark.parametrize(
    "reply",
    [{"error": {"code": -32601, "message": "unknown"}}, {"result": {"nonsense": 1}}, {"result": None}],
)
async def test_a_client_that_refuses_or_garbles_costs_its_answer_only(
    house: Asking, reply: JsonObject
) -> None:
    client = await house.connect()
    _, question = await asked_in_plan_mode(house, client)

    client.send({"id": question["id"], **reply})

    assert await ended(client) == "completed"
    assert output(house) == {"answers": {}}
