"""Compaction: when it comes, what takes the history's place, and that failing never strands a thread."""

import json
from collections.abc import Sequence

import anyio
import pytest
from support import sse
from support.compaction import (
    CONTEXT,
    LIMIT,
    OPENAI,
    SUMMARY,
    asked,
    compact,
    compacted,
    lines,
    mark,
    reply,
    run,
    said,
    texts,
)
from support.home import write_chatgpt_login
from support.stage import CONFIG, DEADLINE, Pause, Stage, begin, ended, start

from app_server.agent.active_turn import TurnInput
from app_server.agent.errors import TurnControlError
from app_server.agent.thread import TurnRequest
from app_server.agent.thread_request import ThreadRequest
from protocol.errors import ErrorNotification
from protocol.input import ImageUserInput, TextUserInput
from protocol.wire import JsonValue


async def test_a_compaction_by_prompt_puts_a_summary_in_the_place_of_the_history(stage: Stage) -> None:
    stage.model.script(reply("first"), reply(SUMMARY))
    thread, sink = await start(stage)
    await run(thread, sink, 1)
    seen = len(sink.events)

    assert await compact(thread, sink, 2) == "completed"
    names = [type(event).__name__.removesuffix("Notification") for event in sink.events[seen:]]
    request = asked(stage)
    await run(thread, sink, 3, "after")

    usage = ["ThreadTokenUsageUpdated", "AccountRateLimitsUpdated"]
    assert names == [
        *("ThreadStatusChanged", "TurnStarted", "ItemStarted"),
        *(usage * 3),
        *("ItemCompleted", "Warning", "ThreadStatusChanged", "TurnCompleted"),
    ]
    assert (request["tools"], request["parallel_tool_calls"]) == ([], False)
    assert texts(asked(stage)["input"]) == ["user: hello", "user: summary", *CONTEXT, "user: after"]
    assert SUMMARY in stage.model.asked[-1].body.decode()
    windows = [one.headers["x-codex-window-id"].decode().rpartition(":")[2] for one in stage.model.asked]
    assert windows == ["0", "0", "1"]
    assert lines(thread)[-17:-10] == [
        *("task_started", "token_count", "token_count", "compacted", "token_count"),
        *("context_compacted", "task_complete"),
    ]


async def test_the_configuration_may_replace_the_prompt(stage: Stage) -> None:
    stage.machine.write('compact_prompt = "Shorten it."\n' + CONFIG)
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    await compact(thread, sink, 2)

    assert texts(asked(stage)["input"])[-1] == "user: Shorten it."


async def test_a_thread_near_its_limit_is_compacted_before_the_next_turn(stage: Stage) -> None:
    stage.machine.write(LIMIT + CONFIG)
    stage.model.script(reply("first", 6000), reply(SUMMARY), reply("second"), reply("third"))
    thread, sink = await start(stage)

    ends = [await run(thread, sink, number, f"turn {number}") for number in (1, 2, 3)]

    assert ends == ["completed"] * 3
    assert len(stage.model.asked) == 4
    assert texts(asked(stage, 2)["input"]) == ["user: turn 1", "user: summary", *CONTEXT, "user: turn 2"]


async def test_a_turn_that_goes_on_is_compacted_in_the_middle(stage: Stage) -> None:
    stage.machine.write(LIMIT + CONFIG)
    call = sse.call("update_plan", {"plan": []})
    stage.model.script((sse.created(), call, sse.completed(input_tokens=6000)), reply(SUMMARY), reply("done"))
    thread, sink = await start(stage)

    assert await run(thread, sink, 1) == "completed"

    assert texts(asked(stage)["input"]) == [*CONTEXT, "user: hello", "user: summary"]
    assert lines(thread).count("turn_context") == 2
    recorded = lines(thread)
    place = recorded.index("compacted")
    assert recorded[place : place + 4] == ["compacted", "turn_context", "token_count", "context_compacted"]


async def test_a_history_that_does_not_fit_loses_its_oldest_items(stage: Stage) -> None:
    full = (sse.created(), sse.failed("context_length_exceeded", "full"))
    thread, sink = await start(stage)
    await run(thread, sink, 1)
    stage.model.script(full, full, reply(SUMMARY))

    assert await compact(thread, sink, 2) == "completed"

    sizes = [len(texts(asked(stage, number)["input"])) for number in (-3, -2, -1)]
    assert sizes == [5, 4, 3]


async def test_the_provider_compacts_where_it_can(stage: Stage) -> None:
    stage.machine.write(OPENAI)
    write_chatgpt_login(stage.machine.home)
    stage.model.script(
        reply("first"),
        compacted(
            said("hello"), *(said(f"<environment_context>{n}</environment_context>") for n in "ab"), mark()
        ),
    )
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    assert await compact(thread, sink, 2) == "completed"
    await run(thread, sink, 3, "after")

    history: list[JsonValue] = list(thread.session.conversation.history)
    assert texts(history)[:-1] == ["user: hello", "compaction", *CONTEXT, "user: after"]
    request = stage.model.asked[1]
    assert request.url == "http://model.invalid/v1/responses/compact"
    assert sorted(json.loads(request.body)) == [
        *("input", "instructions", "model", "parallel_tool_calls", "prompt_cache_key", "reasoning"),
        *("text", "tools"),
    ]
    assert {name for name in request.headers if name.startswith(("x-", "session", "thread"))} == {
        *("session-id", "thread-id", "x-codex-window-id", "x-codex-beta-features"),
        *("x-codex-installation-id", "x-oai-attestation"),
    }
    assert request.headers["x-oai-attestation"] == b'{"v":1,"s":0,"t":"token"}'
    assert stage.attester.asked == [thread.id] * 3


async def test_without_a_login_a_compaction_asks_nobody_for_an_attestation(stage: Stage) -> None:
    stage.machine.write(OPENAI)
    stage.model.script(reply(), compacted(mark()))
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    await compact(thread, sink, 2)

    assert stage.attester.asked == []
    assert all("x-oai-attestation" not in request.headers for request in stage.model.asked)


async def test_a_refused_compaction_fails_its_turn_and_spares_the_thread(stage: Stage) -> None:
    stage.machine.write(OPENAI)
    stage.model.script(reply(), (b"no json",), reply("still here"))
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    assert await compact(thread, sink, 2) == "failed"
    assert await run(thread, sink, 3) == "completed"

    (error,) = [event.error for event in sink.events if isinstance(event, ErrorNotification)]
    assert error.message.startswith("Error running remote compact task: ")
    assert [texts(asked(stage)["input"])[-3], texts(asked(stage)["input"])[-1]] == ["user: hello"] * 2


NEWER = "features.remote_compaction_v2 = true\n" + OPENAI
SHORT: JsonValue = {"type": "compaction", "id": "cmp_1", "encrypted_content": "secret"}


async def test_a_provider_may_shorten_a_history_in_an_answer(stage: Stage) -> None:
    stage.machine.write(NEWER)
    stage.model.script(
        reply("first"), (*sse.message("hm"), sse.item_done(SHORT), sse.completed()), reply("second")
    )
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    assert await compact(thread, sink, 2) == "completed"
    assert await run(thread, sink, 3, "next") == "completed"

    trigger, after = asked(stage, 1), asked(stage, 2)
    assert isinstance(items := trigger["input"], list)
    assert items[-1] == {"type": "compaction_trigger"}
    assert texts(items)[-2:] == ["assistant: first", "compaction_trigger"]
    assert texts(after["input"]) == ["user: hello", "compaction", *CONTEXT, "user: next"]


@pytest.mark.parametrize("count", [0, 2])
async def test_an_answer_that_does_not_hold_one_short_history_fails_the_compaction(
    stage: Stage, count: int
) -> None:
    stage.machine.write(NEWER)
    stage.model.script(
        reply("first"), (sse.created(), *[sse.item_done(SHORT)] * count, sse.completed()), reply("second")
    )
    thread, sink = await start(stage)
    await run(thread, sink, 1)

    assert await compact(thread, sink, 2) == "failed"
    assert await run(thread, sink, 3, "next") == "completed"

    (failed,) = [event for event in sink.events if isinstance(event, ErrorNotification)]
    assert failed.error.message == (
        "Error running remote compact task: Fatal error: "
        "remote compaction v2 expected exactly one compaction output item, "
        f"got {count} from {count} output items"
    )
    assert texts(asked(stage)["input"]) == [*CONTEXT, "user: hello", "assistant: first", "user: next"]


@pytest.mark.requirement("A3")
@pytest.mark.requirement("C5")
@pytest.mark.parametrize("provider", [CONFIG, OPENAI])
async def test_the_same_failure_fifty_times_never_strands_a_thread(stage: Stage, provider: str) -> None:
    stage.machine.write(LIMIT + provider.replace("stream_max_retries = 1", "stream_max_retries = 0"))
    stage.model.refuses = lambda request: b"be shortened" in request.body or request.url.endswith("/compact")
    thread, sink = await start(stage)
    stage.model.script(*(reply(f"answer {number}", 9000) for number in range(49)))

    ends = [await run(thread, sink, number) for number in range(1, 51)]
    stage.model.refuses = lambda _: False
    stage.model.script(compacted(mark()) if provider is OPENAI else reply(SUMMARY), reply("small again"))
    ends.append(await run(thread, sink, 51))

    assert ends == ["completed", "failed", *(["completed"] * 49)]
    assert len([event for event in sink.events if type(event).__name__ == "TurnCompletedNotification"]) == 51
    assert thread.session.client.window_number == 1


async def test_a_compaction_that_is_interrupted_leaves_the_history_alone(stage: Stage) -> None:
    pause = Pause()
    thread, sink = await start(stage)
    await run(thread, sink, 1)
    stage.model.script((sse.created(), pause))
    turn = thread.prepare_compaction()
    thread.run(turn)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

    with pytest.raises(TurnControlError, match="cannot steer a compact turn"):
        thread.steer(turn.id, TurnInput([TextUserInput(text="x")]))
    waiter = thread.interrupt(turn.id)
    assert waiter is not None
    waiter.answered.set()
    end = await ended(sink, 2)
    await run(thread, sink, 3)

    assert end.turn.status == "interrupted"
    assert texts(asked(stage)["input"]) == [
        *CONTEXT,
        *("user: hello", "assistant: ok", "user: <turn_aborted>", "user: hello"),
    ]


async def test_asking_for_a_compaction_stops_the_turn_that_runs(stage: Stage) -> None:
    pause = Pause()
    stage.model.script((sse.created(), pause), reply(SUMMARY))
    thread, sink = await start(stage)
    first = begin(thread)
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

    thread.run(thread.prepare_compaction())
    after = begin(thread, "after")
    ends = [(await ended(sink, number)).turn for number in (1, 2, 3)]

    assert [end.status for end in ends] == ["interrupted", "completed", "completed"]
    assert (ends[0].id, ends[2].id) == (first.id, after.id)
    assert "turn_aborted" not in stage.model.asked[1].body.decode()


@pytest.mark.requirement("A5")
async def test_compaction_and_turn_of_two_threads_ask_for_attestations_of_their_own(stage: Stage) -> None:
    stage.machine.write(OPENAI)
    write_chatgpt_login(stage.machine.home)
    pause = Pause()
    one, heard_by_one = await start(stage)
    other, heard_by_other = await start(stage)
    await run(one, heard_by_one, 1)
    stage.model.script((pause, *compacted(mark())))
    one.run(one.prepare_compaction())
    with anyio.fail_after(DEADLINE):
        await pause.reached.wait()

    await run(other, heard_by_other, 1)
    pause.over.set()
    await ended(heard_by_one, 2)

    assert stage.attester.asked == [one.id, one.id, other.id]
    assert all(request.headers["x-oai-attestation"] for request in stage.model.asked)


def pictures(count: int) -> Sequence[ImageUserInput]:
    return [
        ImageUserInput(url=f"data:image/png;base64,{chr(65 + number) * 40_000}") for number in range(count)
    ]


async def test_compacting_again_and_again_does_not_write_pictures_again(stage: Stage) -> None:
    stage.machine.write(OPENAI)
    thread, sink = await start(stage)
    told = TurnInput([TextUserInput(text="look"), *pictures(20)])
    thread.run(thread.prepare_turn(TurnRequest(told, thread.session.settings)))
    await ended(sink)
    (message,) = [item for item in thread.session.conversation.history if "image" in str(item)]
    assert thread.path is not None
    before = thread.path.stat().st_size

    for number in range(2, 7):
        stage.model.script(compacted(message, mark(str(number))))
        assert await compact(thread, sink, number) == "completed"

    assert thread.path.stat().st_size - before < 40_000
    live = list(thread.session.conversation.history)
    await stage.loaded.unload(thread.id)
    revived = await stage.threads.resume(thread.id, ThreadRequest())
    assert list(revived.thread.session.conversation.history) == live
    assert live[0] == message
    assert revived.thread.session.client.window_number == 5


async def test_a_resumed_thread_has_the_history_that_it_had_live(stage: Stage) -> None:
    stage.model.script(reply("first"), reply(SUMMARY), reply("second"))
    thread, sink = await start(stage)
    await run(thread, sink, 1)
    await compact(thread, sink, 2)
    await run(thread, sink, 3, "after")
    live = [
        {key: value for key, value in item.items() if key != "id"}
        for item in thread.session.conversation.history
    ]

    await stage.loaded.unload(thread.id)
    revived = await stage.threads.resume(thread.id, ThreadRequest())

    assert list(revived.thread.session.conversation.history) == live
    assert [[item.type for item in turn.items] for turn in revived.turns] == [
        ["userMessage", "agentMessage"],
        ["contextCompaction"],
        ["userMessage", "agentMessage"],
    ]
