"""Threads of agents among the loaded ones: they live and end with whoever started them."""

import anyio
import pytest
from support import sse
from support.stage import Pause, Stage

from app_server.agent.active_turn import TurnInput
from app_server.agent.lineage import Lineage, lineage_of
from app_server.agent.loaded_threads import UNLOAD_AFTER_SECONDS
from app_server.agent.thread import AgentThread, TurnRequest
from app_server.agent.thread_request import ThreadRequest
from app_server.store.session_meta import SessionMeta
from protocol.input import TextUserInput


async def start(stage: Stage, under: AgentThread | None = None) -> AgentThread:
    """A thread, of an agent that another one's agent started if one is named."""
    thread = await stage.threads.start(ThreadRequest())
    if under is not None:
        depth = 1 if under.session.lineage is None else under.session.lineage.depth + 1
        thread.session.lineage = Lineage(under.id, depth)
    return thread


async def test_unloading_a_thread_ends_the_agents_under_it(stage: Stage) -> None:
    root = await start(stage)
    child = await start(stage, root)
    grandchild = await start(stage, child)
    other = await start(stage)

    await stage.threads.loaded.unload(root.id)

    assert stage.threads.loaded.ids() == [other.id]
    assert all(thread.is_closing for thread in (root, child, grandchild))


async def test_closing_everything_closes_each_thread_once(stage: Stage) -> None:
    root = await start(stage)
    child = await start(stage, root)
    ends: list[str] = []
    for thread in (root, child):
        thread.watchers.append(lambda ended: ends.append(ended.id))

    with anyio.fail_after(15):
        await stage.threads.loaded.close_all()

    assert sorted(ends) == sorted([root.id, child.id])
    assert stage.threads.loaded.ids() == []


async def test_a_thread_that_nobody_wants_goes_with_its_agents_whoever_hears_of_them(stage: Stage) -> None:
    root = await start(stage)
    child = await start(stage, root)
    stage.watched.add(child.id)
    loaded = stage.threads.loaded

    await loaded.unload_idle(0)
    await loaded.unload_idle(2 * UNLOAD_AFTER_SECONDS)

    assert loaded.ids() == []
    assert sorted(stage.closed) == sorted([root.id, child.id])


async def test_a_thread_stays_while_an_agent_of_it_works(stage: Stage) -> None:
    root = await start(stage)
    child = await start(stage, root)
    stage.model.script((sse.created(), Pause()))
    turn = child.prepare_turn(TurnRequest(TurnInput([TextUserInput(text="work")]), child.session.settings))
    child.run(turn)
    loaded = stage.threads.loaded

    await loaded.unload_idle(0)
    await loaded.unload_idle(2 * UNLOAD_AFTER_SECONDS)

    assert loaded.ids() == sorted([root.id, child.id])
    await child.stop_turn()


@pytest.mark.parametrize(
    "source",
    [
        "vscode",
        {"subagent": "review"},
        {"subagent": {"other": "x"}},
        {"subagent": {"thread_spawn": {"parent_thread_id": 1, "depth": 1}}},
        {"subagent": {"thread_spawn": {"parent_thread_id": "p"}}},
    ],
)
def test_what_no_agent_started_has_no_lineage(source: object) -> None:
    meta = SessionMeta("id", "", "", "", "", source=source)  # pyright: ignore[reportArgumentType]

    assert lineage_of(meta) is None


def test_a_lineage_survives_its_log() -> None:
    lineage = Lineage("parent", 2, "/root/a/b", "Wren", "worker")

    assert lineage_of(SessionMeta("id", "", "", "", "", source=lineage.to_source())) == lineage
