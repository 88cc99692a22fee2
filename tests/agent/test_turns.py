"""Turns by themselves: what they emit, how they end, and that each ends exactly once."""

import json

import anyio
import pytest
from support import sse
from support.stage import DEADLINE, Pause, Stage, begin, ended, say, start

from app_server.agent.errors import TurnControlError
from app_server.agent.settings import with_cwd
from app_server.agent.thread import TurnRequest
from protocol.errors import ErrorNotification


async def test_a_turn_runs_without_a_process_or_a_socket(stage: Stage) -> None:
    stage.model.script((*sse.message(deltas=["o", "k"]), sse.completed()))
    thread, sink = await start(stage)

    begin(thread)
    end = await ended(sink)

    assert sink.names == [
        "ThreadStatusChanged",
        "TurnStarted",
        "ItemStarted",
        "ItemCompleted",
        "ItemStarted",
        "AgentMessageDelta",
        "ItemCompleted",
        "ThreadTokenUsageUpdated",
        "AccountRateLimitsUpdated",
        "ThreadStatusChanged",
        "TurnCompleted",
    ]
    assert end.turn.status == "completed"


async def test_an_interrupt_is_answered_before_anybody_hears_of_the_end(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), sse.message_opened(), sse.delta("a"), pause))
    thread, sink = await start(stage)
    turn = begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

        waiters = [thread.interrupt(turn.id), thread.interrupt(turn.id)]
        told_before: list[bool] = []
        for waiter in waiters:
            assert waiter is not None
            await waiter.stopped.wait()
            told_before.append("TurnCompleted" in sink.names)
            waiter.answered.set()
        end = await ended(sink)

    assert told_before == [False, False]
    assert end.turn.status == "interrupted"
    with pytest.raises(TurnControlError, match="no active turn to interrupt"):
        thread.interrupt(turn.id)


async def test_a_defect_fails_the_turn_and_spares_the_thread(stage: Stage) -> None:
    stage.model.script((sse.created(), RuntimeError("a defect")))
    thread, sink = await start(stage)

    begin(thread)
    failed = await ended(sink)
    begin(thread)
    healed = await ended(sink, 2)

    errors = [event for event in sink.events if isinstance(event, ErrorNotification)]
    assert [error.will_retry for error in errors] == [False]
    assert "a defect" not in errors[0].error.message
    assert (failed.turn.status, healed.turn.status) == ("failed", "completed")


async def test_what_is_said_while_a_turn_ends_starts_the_next_one(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), pause))
    thread, sink = await start(stage)
    first = begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()
    waiter = thread.interrupt(first.id)
    assert waiter is not None
    with anyio.fail_after(DEADLINE):
        await waiter.stopped.wait()

    second = begin(thread, "again")
    waiter.answered.set()
    ends = [(await ended(sink)).turn, (await ended(sink, 2)).turn]

    assert [end.id for end in ends] == [first.id, second.id]
    assert [end.status for end in ends] == ["interrupted", "completed"]


async def test_what_is_said_right_after_an_interrupt_is_not_lost_with_the_turn(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), pause))
    thread, sink = await start(stage)
    first = begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

    thread.interrupt("")
    second = begin(thread, "again")
    ends = [(await ended(sink)).turn, (await ended(sink, 2)).turn]

    assert [end.id for end in ends] == [first.id, second.id]
    assert [end.status for end in ends] == ["interrupted", "completed"]


async def test_closing_interrupts_and_records_the_end(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), pause))
    thread, sink = await start(stage)
    begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()
        await stage.loaded.close_all()

    assert (await ended(sink)).turn.status == "interrupted"
    assert thread.path is not None
    lines = [json.loads(line) for line in thread.path.read_text().splitlines()]
    assert lines[-1]["payload"]["type"] == "turn_aborted"
    assert "<turn_aborted>" in lines[-2]["payload"]["content"][0]["text"]


async def test_the_preview_of_the_next_turn_is_what_it_sends(stage: Stage) -> None:
    thread, sink = await start(stage)
    (stage.machine.work / "deep").mkdir()

    for number, folder in enumerate([".", "deep", "."], 1):
        settings = with_cwd(thread.session.settings, str(stage.machine.work / folder))
        said = say(f"turn {number}")
        prompt = await stage.preview.of_thread(thread, settings, said.items)
        thread.run(thread.prepare_turn(TurnRequest(said, settings)))
        await ended(sink, number)

        assert json.loads(stage.model.asked[-1].body)["input"] == list(prompt.input)

    assert len(stage.model.asked) == 3


async def test_a_private_thread_is_gone_however_its_building_ends(stage: Stage) -> None:
    def fail() -> None:
        raise RuntimeError("no configuration")

    prompt = await stage.preview.of_new_thread(stage.machine.loader().load, say("hi").items)
    with pytest.raises(RuntimeError, match="no configuration"):
        await stage.preview.of_new_thread(fail, [])  # pyright: ignore[reportArgumentType]  # never returns

    assert prompt.input[-1]["content"] == [{"type": "input_text", "text": "hi"}]
    assert stage.preview.private_threads == ()
    assert list(stage.loaded.ids()) == []
    assert stage.attester.asked == []
    assert stage.model.asked == []
    assert not (stage.machine.home / "sessions").exists()
