"""Commands in a turn: what the model reads, what clients see, and that nothing is left (tools.md §3)."""

import re

import pytest
from pydantic import JsonValue
from support import sse
from support.client import JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread, start_turn
from support.processes import assert_gone, running_below
from support.requires import NEEDS_SANDBOX
from support.upstream import Upstream, stream

pytestmark = NEEDS_SANDBOX

HEAD = r"Chunk ID: [0-9a-f]{6}\nWall time: \d+\.\d{4} seconds\n"


def calls(upstream: Upstream, name: str, arguments: JsonObject, call_id: str = "c1") -> None:
    upstream.script(stream(sse.created(), sse.call(name, arguments, call_id), sse.completed()))


def told(upstream: Upstream, call_id: str = "c1") -> str:
    """What the last request told the model about a call."""
    items = [one for one in upstream.asked if one.wants_response][-1].json["input"]
    assert isinstance(items, list)
    found = [as_object(item) for item in items]
    outputs = [one for one in found if one["type"] == "function_call_output" and one["call_id"] == call_id]
    return str(outputs[-1]["output"])


def commands(turn: Turn) -> list[JsonObject]:
    """The command items that were completed."""
    items = [as_object(params["item"]) for params in turn.params("item/completed")]
    return [item for item in items if item["type"] == "commandExecution"]


def test_a_command_shows_its_output_and_its_end_within_the_turn(connect: Connect, upstream: Upstream) -> None:
    calls(upstream, "exec_command", {"cmd": "echo hi; exit 3", "login": False})
    client = connect()

    turn = run_turn(client, start_thread(client))

    (item,) = commands(turn)
    assert (item["status"], item["exitCode"], item["aggregatedOutput"]) == ("failed", 3, "hi\n")
    assert item["source"] == "unifiedExecStartup"
    assert [one["delta"] for one in turn.params("item/commandExecution/outputDelta")] == ["hi\n"]
    expected = HEAD + r"Process exited with code 3\nOriginal token count: 1\nOutput:\nhi\n"
    assert re.fullmatch(expected, told(upstream))


def test_a_command_reads_back_after_a_restart(connect: Connect, upstream: Upstream) -> None:
    calls(upstream, "exec_command", {"cmd": "echo hi", "login": False})
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)

    read = connect().call("thread/read", {"threadId": thread_id, "includeTurns": True})

    turns = as_object(read["thread"])["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    shown = [as_object(item) for item in items if as_object(item)["type"] == "commandExecution"]
    assert [(item["status"], item["aggregatedOutput"]) for item in shown] == [("completed", "hi\n")]


def test_a_session_goes_on_and_takes_input(connect: Connect, upstream: Upstream) -> None:
    script = "echo ready; read a; echo got $a"
    arguments: JsonObject = {"cmd": script, "login": False, "tty": True, "yield_time_ms": 250}
    calls(upstream, "exec_command", arguments)
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    found = re.search(r"Process running with session ID (\d+)", told(upstream))
    assert found is not None

    typed: JsonObject = {"session_id": int(found[1]), "chars": "x\n", "yield_time_ms": 30_000}
    calls(upstream, "write_stdin", typed, "c2")
    turn = run_turn(client, thread_id)

    assert "Process exited with code 0" in told(upstream, "c2")
    assert "got x\r\n" in told(upstream, "c2")
    (interaction,) = turn.params("item/commandExecution/terminalInteraction")
    assert (interaction["itemId"], interaction["stdin"]) == ("c1", "x\n")


def test_a_session_that_is_not_there_is_told(connect: Connect, upstream: Upstream) -> None:
    calls(upstream, "write_stdin", {"session_id": 7})
    client = connect()
    run_turn(client, start_thread(client))
    assert told(upstream) == "write_stdin failed: Unknown process id 7"


@pytest.mark.parametrize(
    ("script", "body"),
    [
        ("echo err >&2; echo out; exit 3", r"Exit code: 3\nWall time: [0-9.]+ seconds\nOutput:\nout\nerr\n"),
        ("true", r"Exit code: 0\nWall time: [0-9.]+ seconds\nOutput:\n"),
        (
            "echo begun; sleep 600",
            (
                r"Exit code: 124\nWall time: [0-9.]+ seconds\nOutput:\n"
                r"command timed out after \d+ milliseconds\nbegun\n"
            ),
        ),
    ],
)
def test_a_command_to_its_end_says_how_it_ended(
    connect: Connect, upstream: Upstream, script: str, body: str
) -> None:
    calls(upstream, "shell_command", {"command": script, "login": False, "timeout_ms": 2000})
    client = connect()
    config: JsonValue = {"features": {"unified_exec": False}}

    turn = run_turn(client, start_thread(client, config=config))

    assert re.fullmatch(body, told(upstream))
    assert [item["source"] for item in commands(turn)] == ["agent"]


@pytest.mark.requirement("P3")
@pytest.mark.parametrize("tool", ["exec_command", "shell_command"])
def test_an_interrupt_ends_the_command_and_its_item(connect: Connect, upstream: Upstream, tool: str) -> None:
    name = "cmd" if tool == "exec_command" else "command"
    script = "trap '' TERM; sleep 600 & echo begun; wait"
    calls(upstream, tool, {name: script, "login": False, "yield_time_ms": 30_000, "timeout_ms": 60_000})
    client = connect()
    config: JsonValue = {"features": {"unified_exec": tool == "exec_command"}}
    thread_id = start_thread(client, config=config)
    turn_id = start_turn(client, thread_id)
    below = running_below(client)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})

    client.wait_for("turn/completed")
    assert_gone(below)
    items = [one["params"] for one in client.received if one.get("method") == "item/completed"]
    last = [as_object(as_object(one)["item"]) for one in items]
    assert [one["status"] for one in last if one["type"] == "commandExecution"] == ["failed"]
