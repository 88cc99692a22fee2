"""The calls of a response: when they run, what the model gets for them, how they end (tools.md §2)."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import anyio
from support import sse
from support.stage import DEADLINE, Part, Pause, Sink, Stage, begin, ended

from app_server.agent.thread import AgentThread
from app_server.agent.thread_request import ThreadRequest
from app_server.tools.dynamic import DynamicTool
from protocol.approval import DynamicToolCallParams, DynamicToolCallResponse
from protocol.item_calls import InputTextDynamicToolCallOutputContentItem
from protocol.wire import JsonObject, WireModel

TOOLS = (DynamicTool("one", "", {}), DynamicTool("two", "", {}))
ABORTED = re.compile(r"aborted by user after \d+\.\ds")


@dataclass
class Client:
    """Is asked to run tools, and answers when the test says so."""

    answer: Callable[[str], str] | None = None
    asked: list[str] = field(default_factory=list[str])
    go_on: anyio.Event = field(default_factory=anyio.Event)
    _changed: anyio.Event = field(default_factory=anyio.Event)

    async def ask(self, method: str, params: WireModel, *, thread_id: str) -> WireModel:
        assert isinstance(params, DynamicToolCallParams)
        self.asked.append(params.call_id)
        changed, self._changed = self._changed, anyio.Event()
        changed.set()
        if self.answer is None:
            await self.go_on.wait()
        text = f"{params.call_id} done" if self.answer is None else self.answer(params.call_id)
        return DynamicToolCallResponse(
            content_items=[InputTextDynamicToolCallOutputContentItem(text=text)], success=True
        )

    async def until_asked(self, count: int) -> None:
        with anyio.fail_after(DEADLINE):
            while len(self.asked) < count:
                await self._changed.wait()


async def started(stage: Stage, client: Client) -> tuple[AgentThread, Sink]:
    thread = await stage.threads.start(ThreadRequest(dynamic_tools=TOOLS))
    thread.session.questions = client
    return thread, stage.sinks[thread.id]


def answer(*parts: Part) -> tuple[Part, ...]:
    return (sse.created(), *parts, sse.completed())


def told(stage: Stage, request: int = 1) -> list[JsonObject]:
    """The calls and outputs in a request's input, in order."""
    body = json.loads(stage.model.asked[request].body)
    return [item for item in body["input"] if "call" in item["type"]]


def outputs(stage: Stage, request: int = 1) -> dict[str, str]:
    return {str(item["call_id"]): str(item["output"]) for item in told(stage, request) if "output" in item}


async def test_all_calls_come_before_all_outputs_which_have_their_order(stage: Stage) -> None:
    client = Client(answer=lambda call_id: f"{call_id} done")
    stage.model.script(
        answer(sse.call("one"), sse.call("nothing", call_id="c2"), sse.call("two", call_id="c3"))
    )
    thread, sink = await started(stage, client)

    begin(thread)
    await ended(sink)

    assert [(item["type"], item["call_id"]) for item in told(stage)] == [
        *(("function_call", one) for one in ("c1", "c2", "c3")),
        *(("function_call_output", one) for one in ("c1", "c2", "c3")),
    ]
    assert outputs(stage) == {"c1": "c1 done", "c2": "unsupported call: nothing", "c3": "c3 done"}


async def test_a_call_runs_while_the_answer_still_streams_in(stage: Stage) -> None:
    client, pause = Client(), Pause()
    stage.model.script(answer(sse.call("one"), pause))
    thread, sink = await started(stage, client)

    begin(thread)
    await client.until_asked(1)
    client.go_on.set()
    await sink.until("ItemCompleted", 2)
    usage_told = "ThreadTokenUsageUpdated" in sink.names
    pause.over.set()
    await ended(sink)

    assert not usage_told
    assert outputs(stage) == {"c1": "c1 done"}


async def test_what_was_used_is_told_when_the_calls_have_ended(stage: Stage) -> None:
    client = Client()
    stage.model.script(answer(sse.call("one")))
    thread, sink = await started(stage, client)

    begin(thread)
    await client.until_asked(1)
    before = list(sink.names)
    client.go_on.set()
    await ended(sink)

    assert "ThreadTokenUsageUpdated" not in before
    assert sink.names[2:8] == [
        *("ItemStarted", "ItemCompleted"),  # what the user said
        *("ItemStarted", "ItemCompleted"),  # the call
        *("ThreadTokenUsageUpdated", "AccountRateLimitsUpdated"),
    ]


async def test_tools_of_clients_run_one_after_the_other(stage: Stage) -> None:
    client = Client()
    stage.model.script(answer(sse.call("one"), sse.call("two", call_id="c2")))
    thread, sink = await started(stage, client)

    begin(thread)
    await client.until_asked(1)
    asked_before = list(client.asked)
    client.go_on.set()
    await ended(sink)

    assert (asked_before, client.asked) == (["c1"], ["c1", "c2"])


async def test_an_interrupt_ends_the_calls_that_run_and_those_that_wait(stage: Stage) -> None:
    client = Client()
    stage.model.script(answer(sse.call("one"), sse.call("two", call_id="c2")))
    thread, sink = await started(stage, client)

    turn = begin(thread)
    await client.until_asked(1)
    thread.interrupt("")
    end = await ended(sink)
    begin(thread)
    await ended(sink, 2)

    assert (end.turn.id, end.turn.status, client.asked) == (turn.id, "interrupted", ["c1"])
    aborted = outputs(stage)
    assert list(aborted) == ["c1", "c2"]
    assert all(ABORTED.fullmatch(text) for text in aborted.values())


async def test_an_interrupt_keeps_what_was_done_already(stage: Stage) -> None:
    client, pause = Client(answer=lambda _: "done in time"), Pause()
    stage.model.script((sse.created(), sse.call("one"), pause))
    thread, sink = await started(stage, client)

    begin(thread)
    await sink.until("ItemCompleted", 2)
    thread.interrupt("")
    await ended(sink)
    begin(thread)
    await ended(sink, 2)

    assert outputs(stage) == {"c1": "done in time"}


async def test_a_call_ends_although_its_answer_broke_off(stage: Stage) -> None:
    client = Client()
    stage.model.script((sse.created(), sse.call("one")))
    thread, sink = await started(stage, client)

    begin(thread)
    await client.until_asked(1)
    client.go_on.set()
    end = await ended(sink)

    assert end.turn.status == "completed"
    assert outputs(stage) == {"c1": "c1 done"}


async def test_a_defect_of_a_tool_is_told_to_the_model_and_nobody_else(stage: Stage) -> None:
    def break_down(call_id: str) -> str:
        raise RuntimeError(f"a secret about {call_id}")

    stage.model.script(answer(sse.call("one"), sse.call("two", call_id="c2")))
    thread, sink = await started(stage, Client(answer=break_down))

    begin(thread)
    end = await ended(sink)

    assert end.turn.status == "completed"
    assert set(outputs(stage).values()) == {"the tool ended because of an internal error"}


async def test_a_call_by_the_wrong_kind_of_item_gets_the_repaired_output(stage: Stage) -> None:
    item: JsonObject = {"type": "custom_tool_call", "name": "update_plan", "input": "x", "call_id": "c1"}
    stage.model.script(answer(sse.item_done(item)))
    thread, sink = await started(stage, Client())

    begin(thread)
    end = await ended(sink)

    assert end.turn.status == "completed"
    assert outputs(stage) == {"c1": "aborted"}


async def test_what_the_provider_ran_itself_asks_for_nothing(stage: Stage) -> None:
    stage.model.script(
        answer(
            sse.item_done({"type": "web_search_call", "id": "ws", "status": "completed"}),
            sse.item_done(
                {"type": "tool_search_call", "call_id": "s", "execution": "server", "arguments": {}}
            ),
        )
    )
    thread, sink = await started(stage, Client())

    begin(thread)
    end = await ended(sink)

    assert (end.turn.status, len(stage.model.asked)) == ("completed", 1)


async def test_a_forked_thread_has_the_tools_of_its_source(stage: Stage) -> None:
    thread, sink = await started(stage, Client())
    begin(thread)
    await ended(sink)

    revived = await stage.threads.fork(thread.id, ThreadRequest())

    assert revived.thread.session.dynamic_tools == TOOLS
