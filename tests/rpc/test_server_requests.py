from collections.abc import Awaitable, Callable

import anyio
import pytest
from anyio.abc import TaskGroup
from support.memory import MemoryClient, MemoryServer, memory_server

from app_server.rpc.server_requests import (
    AnsweredWithError,
    AskCancelled,
    AskError,
    NoAnswerInTime,
    TurnMovedOn,
    UndecodableAnswer,
)
from protocol.approval import (
    ChatgptAuthTokensRefreshParams,
    CommandExecutionRequestApprovalParams,
    DynamicToolCallParams,
    FileChangeRequestApprovalParams,
    FileChangeRequestApprovalResponse,
)
from protocol.permissions import AdditionalPermissionProfile
from protocol.wire import JsonObject, WireModel

APPROVAL = "item/fileChange/requestApproval"
PARAMS = FileChangeRequestApprovalParams(thread_id="t", turn_id="u", item_id="i", started_at_ms=1)
ACCEPT: JsonObject = {"decision": "accept"}


def resolved(request_id: int) -> JsonObject:
    return {"method": "serverRequest/resolved", "params": {"threadId": "t", "requestId": request_id}}


class Asker:
    """Asks in the background and keeps how each question ended."""

    def __init__(self, server: MemoryServer, tasks: TaskGroup) -> None:
        self.requests = server.rpc.audience.server_requests
        self._tasks = tasks
        self.ends: list[WireModel | Exception] = []
        self._changed = anyio.Event()

    def ask(self, method: str = APPROVAL, params: WireModel = PARAMS, thread_id: str | None = "t") -> None:
        async def run() -> None:
            try:
                self.ends.append(await self.requests.ask(method, params, thread_id=thread_id))
            except AskError as error:
                self.ends.append(error)
            changed, self._changed = self._changed, anyio.Event()
            changed.set()

        self._tasks.start_soon(run)

    async def end(self, number: int = 0) -> WireModel | Exception:
        with anyio.fail_after(5):
            while len(self.ends) <= number:
                await self._changed.wait()
        return self.ends[number]


Body = Callable[[MemoryServer, Asker], Awaitable[None]]


async def with_asker(body: Body) -> None:
    async with memory_server({}) as server, anyio.create_task_group() as tasks:
        await body(server, Asker(server, tasks))
        tasks.cancel_scope.cancel()


async def subscriber(server: MemoryServer, **capabilities: bool) -> MemoryClient:
    number = len(server.rpc.audience.everyone())
    client = server.connect()
    await client.initialize(**capabilities)
    client.messages.clear()
    server.rpc.audience.subscribe(server.rpc.audience.everyone()[number], "t")
    return client


async def test_a_question_goes_to_all_subscribers_and_the_first_answer_wins() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        one, two = await subscriber(server), await subscriber(server)
        asker.ask()
        asked = [await client.asked(APPROVAL) for client in (one, two)]
        two.send({"id": 0, "result": ACCEPT})
        end = await asker.end()
        one.send({"id": 0, "result": {"decision": "decline"}})
        await one.request("nope")

        expected = {"method": APPROVAL, "id": 0, "params": PARAMS.to_wire()}
        assert asked == [expected, expected]
        assert end == FileChangeRequestApprovalResponse(decision="accept")
        assert one.messages[1] == two.messages[1] == resolved(0)
        assert len(asker.ends) == 1

    await with_asker(body)


async def test_ids_count_up_from_zero_through_the_process() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client = await subscriber(server)
        for _ in range(3):
            asker.ask()
        await client.asked(APPROVAL, 2)

        assert [message["id"] for message in client.messages] == [0, 1, 2]

    await with_asker(body)


async def test_any_connection_may_answer_and_only_the_same_id_counts() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client, stranger = await subscriber(server), server.connect()
        asker.ask()
        await client.asked(APPROVAL)
        stranger.send({"id": "0", "result": ACCEPT}, {"id": 1, "result": ACCEPT}, {"id": 0, "result": ACCEPT})

        assert await asker.end() == FileChangeRequestApprovalResponse(decision="accept")

    await with_asker(body)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"error": {"code": -32601, "message": "no idea"}}, AnsweredWithError),
        ({"result": {}}, UndecodableAnswer),
        ({"result": None}, UndecodableAnswer),
        ({"result": "garbage"}, UndecodableAnswer),
    ],
)
@pytest.mark.requirement("C8")
async def test_a_refusal_and_garbage_end_the_waiting(answer: JsonObject, expected: type[Exception]) -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client = await subscriber(server)
        asker.ask()
        await client.asked(APPROVAL)
        client.send({"id": 0, **answer})

        assert type(await asker.end()) is expected
        assert client.messages[1] == resolved(0)

    await with_asker(body)


@pytest.mark.requirement("A1")
async def test_a_question_survives_its_connection_and_is_asked_again_of_whoever_resumes() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        leaving = await subscriber(server)
        asker.ask()
        asker.ask()
        await leaving.asked(APPROVAL, 1)
        await leaving.close()
        back = await subscriber(server)
        server.rpc.audience.replay_requests(server.rpc.audience.everyone()[0], "t")
        again = list(back.messages)
        back.send({"id": 1, "result": ACCEPT})
        await asker.end()

        assert [(message["method"], message["id"]) for message in again] == [(APPROVAL, 0), (APPROVAL, 1)]
        assert back.messages[2:] == [resolved(1)]

    await with_asker(body)


async def test_without_subscribers_a_question_waits_for_one() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        asker.ask()
        await anyio.wait_all_tasks_blocked()
        client = await subscriber(server)
        server.rpc.audience.replay_requests(server.rpc.audience.everyone()[0], "t")

        assert (await client.asked(APPROVAL))["id"] == 0
        assert asker.ends == []

    await with_asker(body)


async def test_a_turn_that_moves_on_ends_its_questions_and_says_so() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client = await subscriber(server)
        asker.ask()
        asker.ask(
            "item/tool/call",
            DynamicToolCallParams(thread_id="t", turn_id="u", call_id="c", tool="x", arguments={}),
        )
        await client.asked("item/tool/call")
        server.rpc.audience.end_requests("t")

        assert [type(await asker.end(number)) for number in (0, 1)] == [TurnMovedOn, TurnMovedOn]
        assert client.messages[2:] == [resolved(0)]

    await with_asker(body)


async def test_a_cancelled_asker_leaves_the_end_to_be_told_when_the_turn_moves_on() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client = await subscriber(server)
        async with anyio.create_task_group() as tool:
            tool.start_soon(lambda: asker.requests.ask(APPROVAL, PARAMS, thread_id="t"))
            await client.asked(APPROVAL)
            tool.cancel_scope.cancel()
        before = list(client.messages[1:])
        server.rpc.audience.end_requests("t")

        assert (before, client.messages[1:]) == ([], [resolved(0)])

    await with_asker(body)


async def test_a_question_of_no_thread_goes_to_all_and_its_time_may_run_out() -> None:
    method, params = (
        "account/chatgptAuthTokens/refresh",
        ChatgptAuthTokensRefreshParams(reason="unauthorized"),
    )

    async with memory_server({}) as server:
        client, uninitialized = await subscriber(server), server.connect()
        requests = server.rpc.audience.server_requests
        with pytest.raises(NoAnswerInTime):
            await requests.ask(method, params, timeout=0.01)
        client.send({"id": 0, "result": {}})
        await client.request("nope")

    assert client.methods == [method]
    assert uninitialized.messages == []


async def test_shutting_down_ends_all_waiting_and_later_asking() -> None:
    async def body(server: MemoryServer, asker: Asker) -> None:
        client = await subscriber(server)
        asker.ask()
        await client.asked(APPROVAL)
        asker.requests.shut_down()
        asker.ask()

        assert [type(await asker.end(number)) for number in (0, 1)] == [AskCancelled, AskCancelled]

    await with_asker(body)


async def test_additional_permissions_are_shown_to_experimental_clients_only() -> None:
    method = "item/commandExecution/requestApproval"
    params = CommandExecutionRequestApprovalParams(
        thread_id="t",
        turn_id="u",
        item_id="i",
        started_at_ms=1,
        additional_permissions=AdditionalPermissionProfile(),
    )

    async def body(server: MemoryServer, asker: Asker) -> None:
        plain, experimental = await subscriber(server), await subscriber(server, experimentalApi=True)
        asker.ask(method, params)
        shown, full = await plain.asked(method), await experimental.asked(method)

        assert full["params"] == params.to_wire()
        assert shown["params"] == {
            key: value for key, value in params.to_wire().items() if key != "additionalPermissions"
        }

    await with_asker(body)
