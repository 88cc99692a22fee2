import math

import anyio
import pytest
from support.gate import Gate
from support.memory import MemoryClient, memory_server
from support.refusals import refused

from app_server.handlers.base import Call, Client, Handler, Later, Reply
from protocol.config_warning import ConfigWarningNotification
from protocol.decode import DecodeError
from protocol.feature import MockExperimentalMethodParams, MockExperimentalMethodResponse
from protocol.jsonrpc import RpcError, invalid_params
from protocol.methods import CLIENT_REQUESTS
from protocol.thread_admin import ThreadArchiveParams, ThreadArchiveResponse
from protocol.wire import JsonObject

MOCK = "mock/experimentalMethod"
Echo = MockExperimentalMethodResponse


def archive(client: MemoryClient, request_id: str, thread_id: str) -> JsonObject:
    return client.call(request_id, "thread/archive", {"threadId": thread_id})


def gated(gate: Gate) -> dict[str, Handler]:
    """`thread/archive`, which is queued by thread: each waits to be let through by its request id."""

    async def handle(call: Call, params: ThreadArchiveParams) -> ThreadArchiveResponse:
        await gate.wait(str(call.request_id))
        return ThreadArchiveResponse()

    return {"thread/archive": handle}


async def answers(handlers: dict[str, Handler], *requests: JsonObject) -> list[JsonObject]:
    async with memory_server(handlers) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.send(*requests)
        return [await client.answer(request["id"]) for request in requests]


def raising(error: Exception) -> Handler:
    async def handle(call: Call, params: MockExperimentalMethodParams) -> Echo:
        raise error

    return handle


@pytest.mark.parametrize("method", ["nope/nope", "initialize/x", "account/logout"])
async def test_a_method_without_a_handler_is_an_unknown_variant(method: str) -> None:
    (answer,) = await answers({}, {"id": 1, "method": method, "params": {}})

    names = ", ".join(f"`{name}`" for name in CLIENT_REQUESTS)
    message = f"Invalid request: unknown variant `{method}`, expected one of {names}"
    assert answer == {"error": refused(message, "method_not_found"), "id": 1}
    assert names.startswith("`initialize`, ")


async def test_decoding_comes_before_the_question_whether_the_client_has_initialized(
    echoing: dict[str, Handler],
) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        malformed = await client.request(MOCK, {"value": 5})
        unknown = await client.request("nope")
        early = await client.request(MOCK, {})

    assert malformed["error"] == refused(
        "Invalid request: invalid type: integer `5`, expected a string", "malformed_request"
    )
    assert "unknown variant `nope`" in str(unknown["error"])
    assert early["error"] == refused("Not initialized", "not_initialized")


async def test_an_experimental_method_needs_the_capability(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing) as server:
        plain, experimental = server.connect(), server.connect()
        await plain.initialize()
        await experimental.initialize(experimentalApi=True)
        plainly = await plain.request(MOCK, {"value": "x"})
        echoed = await experimental.request(MOCK, {"value": "x"})

    assert plainly["error"] == refused(
        f"{MOCK} requires experimentalApi capability", "experimental_api_required"
    )
    assert echoed["result"] == {"echoed": "x"}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (invalid_params("no", {"why": 1}), {"code": -32602, "data": {"why": 1}, "message": "no"}),
        (RpcError(-32601, "later"), refused("later", "method_not_found", -32601)),
        (
            DecodeError("missing field `x`"),
            refused("Invalid request: missing field `x`", "malformed_request"),
        ),
        (
            OSError("secret path"),
            refused(f"internal error while handling {MOCK}: OSError", "internal_error", -32603),
        ),
        (
            ExceptionGroup("x", [ValueError("secret")]),
            refused(f"internal error while handling {MOCK}: ExceptionGroup", "internal_error", -32603),
        ),
    ],
)
@pytest.mark.requirement("W15")
async def test_an_exception_becomes_one_error_answer_and_the_next_request_is_served(
    error: Exception, expected: JsonObject
) -> None:
    first, second = await answers(
        {MOCK: raising(error)},
        {"id": 1, "method": MOCK, "params": {}},
        {"id": "2", "method": MOCK, "params": {}},
    )

    assert first == {"error": expected, "id": 1}
    assert second == {"error": expected, "id": "2"}


@pytest.mark.requirement("W9")
async def test_half_a_surrogate_pair_in_a_result_becomes_a_replacement_character() -> None:
    async def broken(call: Call, params: MockExperimentalMethodParams) -> Echo:
        return Echo(echoed="a\ud800b\u2028")

    (answer,) = await answers({MOCK: broken}, {"id": 1, "method": MOCK, "params": {}})

    assert answer == {"id": 1, "result": {"echoed": "a\ufffdb\u2028"}}


async def test_requests_of_one_thread_run_one_after_the_other_across_connections(gate: Gate) -> None:
    async with memory_server(gated(gate)) as server:
        one, two = server.connect(), server.connect()
        await one.initialize()
        await two.initialize()
        one.send(archive(one, "a", "t1"))
        await gate.until_begun(1)
        two.send(archive(two, "b", "t1"), archive(two, "c", "t2"))
        before = tuple(await gate.until_begun(2))
        gate.let_through("a")
        after = tuple(await gate.until_begun(3))
        gate.let_through("b", "c")
        await two.answer("b")

    assert before == ("a", "c")
    assert after == ("a", "c", "b")


async def test_a_closing_connection_answers_what_runs_and_frees_what_waits(gate: Gate) -> None:
    async with memory_server(gated(gate)) as server:
        leaving, staying = server.connect(), server.connect()
        await leaving.initialize()
        await staying.initialize()
        leaving.send(archive(leaving, "a", "t"), archive(leaving, "b", "t"))
        await gate.until_begun(1)
        staying.send(archive(staying, "c", "t"))
        leaving.lines.end()
        gate.let_through("a", "b", "c")
        with anyio.fail_after(5):
            await leaving.closed.wait()
        await staying.answer("c")

    assert [message["id"] for message in leaving.messages[1:]] == ["a", "b"]


async def test_a_later_answer_frees_its_place_at_once(gate: Gate) -> None:
    async def handle(call: Call, params: ThreadArchiveParams) -> Later[ThreadArchiveResponse]:
        async def finish() -> ThreadArchiveResponse:
            await gate.wait(str(call.request_id))
            return ThreadArchiveResponse()

        return Later(finish())

    async with memory_server({"thread/archive": handle}) as server:
        client = server.connect()
        await client.initialize()
        client.send(archive(client, "a", "t"), archive(client, "b", "t"))
        await gate.until_begun(2)
        gate.let_through("b")
        await client.answer("b")
        gate.let_through("a")
        await client.answer("a")

    assert [message["id"] for message in client.messages[1:]] == ["b", "a"]


@pytest.mark.requirement("W13")
async def test_what_follows_an_answer_is_sent_after_it_and_holds_the_place() -> None:
    async def handle(call: Call, params: ThreadArchiveParams) -> Reply[ThreadArchiveResponse]:
        async def then() -> None:
            await anyio.lowlevel.checkpoint()
            call.client.notify(ConfigWarningNotification(summary=str(call.request_id), details=None))

        return Reply(ThreadArchiveResponse(), then)

    async with memory_server({"thread/archive": handle}) as server:
        client = server.connect()
        await client.initialize()
        client.send(archive(client, "a", "t"), archive(client, "b", "t"))
        await client.until(lambda message: message.get("params") == {"summary": "b", "details": None})

    assert [message.get("id", "event") for message in client.messages[1:]] == ["a", "event", "b", "event"]


async def test_what_fails_after_an_answer_is_no_second_answer(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise ValueError("too late")

    async def handle(call: Call, params: MockExperimentalMethodParams) -> Reply[Echo]:
        return Reply(Echo(echoed="fine"), fail)

    first, second = await answers(
        {MOCK: handle}, {"id": 1, "method": MOCK, "params": {}}, {"id": 2, "method": MOCK, "params": {}}
    )

    assert [first, second] == [
        {"id": 1, "result": {"echoed": "fine"}},
        {"id": 2, "result": {"echoed": "fine"}},
    ]
    assert "failed after its answer" in caplog.text


async def test_one_id_used_twice_is_answered_twice(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.send(client.call(1, MOCK, {"value": "x"}), client.call(1, MOCK, {"value": "x"}))
        await client.until(lambda _: len(client.messages) == 3)

    assert client.messages[1:] == [{"id": 1, "result": {"echoed": "x"}}] * 2


@pytest.mark.requirement("W8")
@pytest.mark.parametrize("line", [b"\xff\xfe", b"nonsense", b'{"id":7}', b'"\\ud800"', b"[]", b"", b"  "])
async def test_a_bad_line_costs_that_line_only(
    line: bytes, echoing: dict[str, Handler], caplog: pytest.LogCaptureFixture
) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        client.send_raw(line)
        echo = await client.request(MOCK, {"value": "next"})

    assert client.messages[1:] == [echo]
    assert ("is no message" in caplog.text) == bool(line.strip())


async def test_a_connection_that_ends_is_told_of_once(echoing: dict[str, Handler]) -> None:
    closed: list[int] = []

    def note(client: Client) -> None:
        closed.append(client.number)

    async with memory_server(echoing, on_connection_closed=note) as server:
        first, second = server.connect(), server.connect()
        await first.initialize()
        await second.initialize()
        await second.close()
        await first.close()

    assert closed == [1, 0]


@pytest.mark.requirement("C3")
async def test_requests_still_open_at_the_end_are_answered_too(gate: Gate) -> None:
    async with memory_server(gated(gate)) as server:
        client = server.connect(patience=lambda: 0.0)
        await client.initialize()
        client.send(archive(client, "a", "t"), archive(client, "b", "t"))
        await gate.until_begun(1)
        await client.close()

    over = refused("the server is shutting down", "server_shutting_down")
    assert sorted(client.messages[1:], key=lambda message: str(message["id"])) == [
        {"error": over, "id": "a"},
        {"error": over, "id": "b"},
    ]


@pytest.mark.requirement("P1")
async def test_a_request_that_gets_nowhere_does_not_outlive_its_client(gate: Gate) -> None:
    async with memory_server(gated(gate)) as server:
        client = server.connect(patience=lambda: math.inf)
        await client.initialize()
        client.send(archive(client, "a", "t"))
        await gate.until_begun(1)
        await client.close()

    assert client.messages[1:] == [
        {"error": refused("the server is shutting down", "server_shutting_down"), "id": "a"}
    ]
