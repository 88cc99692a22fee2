"""The agents of a thread without a model that asks for them: limits, reach, waits, and what is left over."""

import gc
from collections.abc import Awaitable, Callable

import anyio
import pytest
from support import sse
from support.stage import DEADLINE, Pause, Stage

from app_server.agent.subagents.crew import ThreadCrew
from app_server.agent.subagents.members import Members
from app_server.agent.thread import AgentThread
from app_server.agent.thread_request import ThreadRequest
from app_server.tools.agent_status import NOT_FOUND, AgentStatus
from app_server.tools.crew import AgentMissing, AgentOrder, SpawnRefused, StartedAgent
from protocol.input import TextUserInput

TASK = AgentOrder([TextUserInput(text="look")])


async def root_of(stage: Stage) -> AgentThread:
    return await stage.threads.start(ThreadRequest())


def crew_of(thread: AgentThread) -> ThreadCrew:
    assert thread.session.crew is not None
    crew = thread.session.crew()
    assert isinstance(crew, ThreadCrew)
    return crew


async def test_a_wait_ends_with_the_first_agent_that_is_done(stage: Stage) -> None:
    slow = Pause()
    stage.model.script((sse.created(), slow), (*sse.message("found"), sse.completed()))
    crew = crew_of(await root_of(stage))
    first = await crew.spawn(TASK)
    with anyio.fail_after(DEADLINE):
        await slow.reached.wait()
        second = await crew.spawn(TASK)
        done = await crew.wait([first.id, second.id], DEADLINE)

    assert done == {second.id: AgentStatus("completed", "found")}
    assert crew.status(first.id).progress == "running"


async def test_a_wait_gives_up_in_time(stage: Stage) -> None:
    stage.model.script((sse.created(), Pause()))
    crew = crew_of(await root_of(stage))
    agent = await crew.spawn(TASK)

    assert await crew.wait([agent.id], 0.01) == {}


async def test_agents_that_are_started_at_once_keep_to_the_limit(stage: Stage) -> None:
    crew = crew_of(await root_of(stage))
    started: list[StartedAgent] = []
    refused: list[str] = []

    async def start() -> None:
        try:
            started.append(await crew.spawn(TASK))
        except SpawnRefused as error:
            refused.append(str(error))

    async with anyio.create_task_group() as tasks:
        for _ in range(9):
            tasks.start_soon(start)

    assert (len(started), set(refused)) == (6, {"agent thread limit reached"})
    assert len({agent.nickname for agent in started}) == 6


async def test_nobody_reaches_the_threads_of_others(stage: Stage) -> None:
    mine, other = await root_of(stage), await root_of(stage)
    theirs = await crew_of(other).spawn(TASK)
    crew = crew_of(mine)
    deeds: list[Callable[[str], Awaitable[object]]] = [
        crew.close,
        crew.resume,
        lambda agent: crew.send(agent, [TextUserInput(text="x")], interrupt=True),
    ]

    for thread_id in (other.id, theirs.id):
        assert crew.status(thread_id) == NOT_FOUND
    for deed in deeds:
        with pytest.raises(AgentMissing):
            await deed(other.id)
    with pytest.raises(AgentMissing):
        await crew.close(mine.id)
    with pytest.raises(AgentMissing):
        await crew.close(theirs.id)
    assert set(stage.loaded.ids()) == {mine.id, other.id, theirs.id}


async def test_agents_that_come_and_go_leave_nothing_behind(stage: Stage) -> None:
    root = await root_of(stage)
    for _ in range(40):
        crew = crew_of(root)  # a new one each time, as for each call
        agent = await crew.spawn(TASK)
        with anyio.fail_after(DEADLINE):
            assert (await crew.wait([agent.id], DEADLINE))[agent.id].progress == "completed"
            await crew.close(agent.id)
    assert stage.loaded.ids() == [root.id]
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, Members) and list(one)] == []
    reports = [item for item in root.session.conversation.history if "subagent_notification" in str(item)]
    assert len(reports) == 40
