"""The tools for agents without any agent: what they ask of the crew, and how it is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from support.tools import Host, call

from app_server.tools.agent_status import NOT_FOUND, PENDING, AgentStatus
from app_server.tools.agents import v1, v2
from app_server.tools.call import ToolRefusal
from app_server.tools.crew import AgentOrder, NamedAgent, StartedAgent
from protocol.input import UserInput
from protocol.item import CollabAgentToolCallThreadItem

AGENT = "01a21311-a6d9-7970-9202-d0ef59f87adc"


@dataclass
class FakeCrew:
    """Implements `tools.crew.Crew`."""

    done: Mapping[str, AgentStatus] = field(default_factory=dict[str, AgentStatus])
    mail_comes: bool = False
    waits: list[float] = field(default_factory=list[float])
    orders: list[AgentOrder] = field(default_factory=list[AgentOrder])

    def check_depth(self) -> None:
        return

    async def spawn(self, order: AgentOrder) -> StartedAgent:
        self.orders.append(order)
        return StartedAgent(AGENT, "Wren", order.name, "gpt-5.4", "low", PENDING)

    def status(self, agent_id: str) -> AgentStatus:
        return self.done.get(agent_id, NOT_FOUND)

    async def send(self, agent_id: str, said: Sequence[UserInput], *, interrupt: bool) -> str:
        return "turn"

    async def wait(self, agent_ids: Sequence[str], seconds: float) -> Mapping[str, AgentStatus]:
        self.waits.append(seconds)
        return self.done

    async def close(self, agent_id: str) -> AgentStatus:
        return self.status(agent_id)

    async def resume(self, agent_id: str) -> AgentStatus:
        return PENDING

    def find(self, name: str) -> str:
        return AGENT

    def is_root(self, agent_id: str) -> bool:
        return False

    async def mail(self, agent_id: str, message: str, *, starts: bool) -> None:
        return

    async def wait_for_mail(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return self.mail_comes

    def list(self, prefix: str | None) -> Sequence[NamedAgent]:
        return [NamedAgent("/root", AgentStatus("running"), "Main thread")]


def last(host: Host) -> CollabAgentToolCallThreadItem:
    _, item = host.items[-1]
    assert isinstance(item, CollabAgentToolCallThreadItem)
    return item


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("", 30.0),
        (', "timeout_ms": 1', 10.0),
        (', "timeout_ms": 20000', 20.0),
        (', "timeout_ms": 9999999', 3600.0),
    ],
)
async def test_a_wait_is_neither_too_short_nor_too_long(asked: str, seconds: float) -> None:
    crew = FakeCrew()
    host = Host(crew=crew)

    output = await v1.wait_agent(call("wait_agent", f'{{"targets": ["{AGENT}"]{asked}}}'), host)

    assert crew.waits == [seconds]
    assert output == '{"status":{},"timed_out":true}'
    assert (last(host).status, last(host).receiver_thread_ids, last(host).agents_states) == (
        "completed",
        [],
        {},
    )


async def test_an_agent_is_named_in_any_spelling_of_its_id() -> None:
    crew = FakeCrew(done={AGENT: AgentStatus("completed", "so")})
    host = Host(crew=crew)
    spelled = AGENT.replace("-", "").upper()

    output = await v1.close_agent(call("close_agent", f'{{"target": "{spelled}"}}'), host)

    assert output == '{"previous_status":{"completed":"so"}}'
    assert last(host).receiver_thread_ids == [AGENT]


async def test_a_task_in_parts_is_shown_line_by_line() -> None:
    crew = FakeCrew()
    host = Host(crew=crew)
    items = (
        '{"items": [{"type": "text", "text": "one"}, {"type": "mention", "name": "n", "path": "app://x"}], '
        '"agent_type": "worker"}'
    )

    output = await v1.spawn_agent(call("spawn_agent", items), host)

    assert output == f'{{"agent_id":"{AGENT}","nickname":"Wren"}}'
    assert last(host).prompt == "one\n[mention:$n](app://x)"
    assert (last(host).model, last(host).reasoning_effort) == ("gpt-5.4", "low")
    assert (crew.orders[0].role, crew.orders[0].history) == ("worker", "none")


@pytest.mark.parametrize(
    ("turns", "history"),
    [
        ("", "all"),
        (', "fork_turns": "all"', "all"),
        (', "fork_turns": "none"', "none"),
        (', "fork_turns": "3"', 3),
    ],
)
async def test_a_named_agent_knows_as_much_as_it_is_told_to(turns: str, history: object) -> None:
    crew = FakeCrew()
    host = Host(crew=crew)

    output = await v2.spawn_agent(call("spawn_agent", f'{{"task_name": "one", "message": "m"{turns}}}'), host)

    assert output == '{"task_name":"one","nickname":"Wren"}'
    assert crew.orders[0].history == history


@pytest.mark.parametrize("turns", ["0", "-1", "x", "1.5", ""])
async def test_no_other_number_of_turns_is_taken(turns: str) -> None:
    given = f'{{"task_name": "one", "message": "m", "fork_turns": "{turns}"}}'

    with pytest.raises(ToolRefusal) as refused:
        await v2.spawn_agent(call("spawn_agent", given), Host(crew=FakeCrew()))

    assert str(refused.value) == "fork_turns must be `none`, `all`, or a positive integer string"


@pytest.mark.parametrize(
    ("asked", "why"),
    [("1", "timeout_ms must be at least 10000"), ("9999999", "timeout_ms must be at most 3600000")],
)
async def test_a_wait_for_mail_is_refused_when_it_is_no_time(asked: str, why: str) -> None:
    with pytest.raises(ToolRefusal) as refused:
        await v2.wait_agent(call("wait_agent", f'{{"timeout_ms": {asked}}}'), Host(crew=FakeCrew()))

    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("comes", "told"),
    [
        (True, '{"message":"Wait completed.","timed_out":false}'),
        (False, '{"message":"Wait timed out.","timed_out":true}'),
    ],
)
async def test_a_wait_for_mail_tells_whether_any_came(comes: bool, told: str) -> None:
    crew = FakeCrew(mail_comes=comes)

    assert await v2.wait_agent(call("wait_agent", "{}"), Host(crew=crew)) == told
    assert crew.waits == [30.0]
