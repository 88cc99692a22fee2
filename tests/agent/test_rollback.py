"""Turns that are taken back, before and after a compaction."""

import anyio
import pytest
from support import sse
from support.compaction import (
    CONTEXT,
    LIMIT,
    SUMMARY,
    asked,
    lines,
    reply,
    run,
    texts,
)
from support.stage import CONFIG, DEADLINE, Pause, Stage, begin, start

from app_server.agent.errors import AgentError
from app_server.agent.rollback import roll_back
from app_server.agent.thread_request import ThreadRequest
from app_server.store.threads import LocalThreadStore


async def test_turns_can_be_taken_back(stage: Stage) -> None:
    thread, sink = await start(stage)
    store = LocalThreadStore(stage.machine.home)
    for number in (1, 2, 3):
        await run(thread, sink, number, f"turn {number}")

    turns = await roll_back(thread, store, 2)
    await run(thread, sink, 4, "again")

    assert len(turns) == 1
    assert texts(asked(stage)["input"]) == [*CONTEXT, "user: turn 1", "assistant: ok", "user: again"]
    recorded = lines(thread)
    place = recorded.index("thread_rolled_back")
    assert recorded[place - 1] == "token_count"


async def test_taking_back_a_turn_finds_the_history_before_its_compaction(stage: Stage) -> None:
    stage.machine.write(LIMIT + CONFIG)
    stage.model.script(reply("first", 6000), reply(SUMMARY), reply("second"))
    thread, sink = await start(stage)
    await run(thread, sink, 1, "one")
    await run(thread, sink, 2, "two")

    await roll_back(thread, LocalThreadStore(stage.machine.home), 2)
    await run(thread, sink, 3, "three")

    assert "user: one" not in texts(asked(stage)["input"])
    assert texts(asked(stage)["input"])[-1] == "user: three"


@pytest.mark.parametrize(
    ("count", "ephemeral", "refusal"),
    [
        (0, False, "numTurns must be >= 1"),
        (1, True, "thread rollback requires persisted thread history"),
        (1, False, "failed to load thread history for rollback replay:"),
    ],
)
async def test_a_rollback_says_why_it_cannot_be(
    stage: Stage, count: int, ephemeral: bool, refusal: str
) -> None:
    thread = await stage.threads.start(ThreadRequest(ephemeral=ephemeral))

    with pytest.raises(AgentError, match=refusal):
        await roll_back(thread, LocalThreadStore(stage.machine.home), count)


async def test_a_running_turn_is_not_taken_back(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), pause))
    thread, _ = await start(stage)
    begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

    with pytest.raises(AgentError, match=r"Cannot rollback while a turn is in progress\."):
        await roll_back(thread, LocalThreadStore(stage.machine.home), 1)
