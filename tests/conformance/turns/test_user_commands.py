"""Commands that go on after their turn, and those of the user's own (threads-and-turns.md §3.13, §7-L)."""

import os
import re

import psutil
import pytest
from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, start_turn
from support.processes import assert_gone, running_below
from support.requires import NEEDS_SANDBOX
from support.upstream import Gate, Upstream, stream

pytestmark = NEEDS_SANDBOX


def left_running(client: Client, upstream: Upstream, *scripts: str) -> str:
    """A thread in which the model began these and did not wait for their end."""
    thread_id = start_thread(client, sandbox="danger-full-access", approvalPolicy="never")
    for number, script in enumerate(scripts):
        arguments: JsonValue = {"cmd": script, "login": False, "yield_time_ms": 250}
        upstream.script(
            stream(sse.created(), sse.call("exec_command", arguments, f"c{number}"), sse.completed())
        )
        run_turn(client, thread_id)
    return thread_id


def terminals(client: Client, thread_id: str, **more: JsonValue) -> list[JsonObject]:
    answer = client.call("thread/backgroundTerminals/list", {"threadId": thread_id, **more})
    data = answer["data"]
    assert isinstance(data, list)
    return [as_object(one) for one in data]


def user_command(client: Client, thread_id: str, script: str, **more: JsonValue) -> None:
    params: JsonObject = {"threadId": thread_id, "command": script, **more}
    assert client.call("thread/shellCommand", params) == {}


def ended_command(client: Client, since: int = 0) -> JsonObject:
    """The user's command as its item ended."""

    def wanted(message: JsonObject) -> bool:
        if message.get("method") != "item/completed":
            return False
        return as_object(as_object(message["params"])["item"]).get("source") == "userShell"

    return as_object(as_object(client.wait(wanted, since)["params"])["item"])


def last_input(upstream: Upstream) -> list[str]:
    """The texts of the user's messages in the last request."""
    items = [one for one in upstream.asked if one.wants_response][-1].json["input"]
    assert isinstance(items, list)
    found: list[str] = []
    for item in map(as_object, items):
        content = item.get("content")
        if item.get("role") == "user" and isinstance(content, list):
            found += [str(as_object(part)["text"]) for part in content]
    return found


def test_what_goes_on_is_listed_with_what_it_is(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = left_running(client, upstream, "sleep 600", "true", "sleep 601")

    listed = terminals(client, thread_id)

    assert {str(one["itemId"]) for one in listed} == {"c0", "c2"}
    assert {str(one["command"]).partition(" ")[2] for one in listed} == {"-c 'sleep 600'", "-c 'sleep 601'"}
    assert all(psutil.pid_exists(int(str(one["osPid"]))) for one in listed)
    (first,) = terminals(client, thread_id, limit=1)
    (second,) = terminals(client, thread_id, limit=1, cursor="1")
    assert [first["processId"], second["processId"]] == [one["processId"] for one in listed]


def test_one_is_ended_and_the_other_goes_on(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = left_running(client, upstream, "sleep 600", "sleep 601")
    first, second = terminals(client, thread_id)
    named: JsonObject = {"threadId": thread_id, "processId": first["processId"]}

    answer = client.call("thread/backgroundTerminals/terminate", named)

    assert answer == {"terminated": True}
    assert [one["processId"] for one in terminals(client, thread_id)] == [second["processId"]]
    assert not psutil.pid_exists(int(str(first["osPid"])))
    for nobody in (first["processId"], "7", "x", "-1"):
        again = client.call("thread/backgroundTerminals/terminate", {**named, "processId": nobody})
        assert again == {"terminated": False}


@pytest.mark.requirement("P2")
@pytest.mark.parametrize("method", ["thread/backgroundTerminals/clean", "thread/archive"])
def test_all_that_goes_on_is_ended(connect: Connect, upstream: Upstream, method: str) -> None:
    client = connect()
    thread_id = left_running(
        client, upstream, "sleep 600 & sleep 600", "sleep 601", "sleep 602 >&- 2>&- & true"
    )
    below = running_below(client, 3)

    assert client.call(method, {"threadId": thread_id}) == {}

    assert_gone(below)


def test_a_command_of_the_users_is_a_turn_of_an_idle_thread(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()

    user_command(client, thread_id, "  echo hi; exit 3 ")

    item = ended_command(client)
    turn = as_object(client.wait_for("turn/completed")["turn"])
    assert (item["status"], item["exitCode"], item["aggregatedOutput"]) == ("failed", 3, "hi\n")
    assert turn["status"] == "completed"
    assert [one["method"] for one in client.received[since:] if "method" in one] == [
        "thread/status/changed",
        "turn/started",
        "item/started",
        "item/commandExecution/outputDelta",
        "item/completed",
        "thread/status/changed",
        "turn/completed",
    ]
    run_turn(client, thread_id)
    block = (
        r"<user_shell_command>\n<command>\necho hi; exit 3\n</command>\n<result>\nExit code: 3\n"
        r"Duration: \d+\.\d{4} seconds\nOutput:\nhi\n\n</result>\n</user_shell_command>"
    )
    assert [text for text in last_input(upstream) if re.fullmatch(block, text)]


def test_a_command_of_the_users_joins_the_running_turn_and_the_model_is_told(
    connect: Connect, upstream: Upstream
) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message("first")[1:], sse.completed()))
    upstream.script(stream(*sse.message("second"), sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("item/completed")

    user_command(client, thread_id, "echo hi")
    ended_command(client)
    gate.open()
    turn = finish_turn(client, turn_id, since)

    sources = [as_object(params["item"]).get("source") for params in turn.params("item/completed")]
    assert sources.count("userShell") == 1
    assert {str(params["turnId"]) for params in turn.params("item/completed")} == {turn_id}
    assert sum("<user_shell_command>" in text for text in last_input(upstream)) == 1
    texts = [as_object(params["item"]).get("text") for params in turn.params("item/completed")]
    assert texts[-1] == "second"


def test_a_turn_does_not_end_before_the_users_command(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, *sse.message("first")[1:], sse.completed()))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("item/completed")
    pipe = connect.home / "go"
    os.mkfifo(pipe)

    user_command(client, thread_id, f"echo begun; read word < {pipe}; echo $word")
    client.wait_for("item/commandExecution/outputDelta", since)
    gate.open()
    client.wait_for("thread/tokenUsage/updated")
    pipe.write_text("over\n", "utf-8")
    turn = finish_turn(client, turn_id, since)

    shown = [
        one["method"] for one in turn.messages if one.get("method") in ("item/completed", "turn/completed")
    ]
    assert shown[-1] == "turn/completed"
    assert turn.end["status"] == "completed"
    assert ended_command(client)["aggregatedOutput"] == "begun\nover\n"


@pytest.mark.requirement("P3")
@pytest.mark.parametrize("beside", [False, True])
def test_an_interrupt_ends_a_command_of_the_users(
    connect: Connect, upstream: Upstream, *, beside: bool
) -> None:
    client = connect()
    thread_id = start_thread(client)
    if beside:
        upstream.script(stream(sse.created(), Gate()))
        start_turn(client, thread_id)
        client.wait_for("item/completed")
    user_command(client, thread_id, "trap '' TERM; sleep 600 & echo begun; wait")
    turn_id = client.wait_for("item/commandExecution/outputDelta")["turnId"]
    below = running_below(client)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})

    assert id_of(client.wait_for("turn/completed")["turn"]) == turn_id
    assert (ended_command(client)["status"], ended_command(client)["exitCode"]) == ("failed", -1)
    assert_gone(below)


def test_time_runs_out_for_a_command_of_the_users(connect: Connect) -> None:
    client = connect()
    user_command(client, start_thread(client), "echo begun; sleep 600", timeoutMs=1000)
    assert ended_command(client)["exitCode"] == 124


def test_nothing_is_no_command(connect: Connect) -> None:
    client = connect()
    refusal = client.refusal("thread/shellCommand", {"threadId": start_thread(client), "command": " \n"})
    assert (refusal.code, refusal.message) == (-32600, "command must not be empty")


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("thread/shellCommand", {"command": "true"}),
        ("thread/backgroundTerminals/clean", {}),
        ("thread/backgroundTerminals/list", {}),
        ("thread/backgroundTerminals/terminate", {"processId": "1"}),
    ],
)
def test_a_thread_that_is_not_loaded_has_no_commands(connect: Connect, method: str, more: JsonObject) -> None:
    unknown = "0199a000-0000-7000-8000-000000000000"
    refusal = connect().refusal(method, {"threadId": unknown, **more})
    assert (refusal.code, refusal.message) == (-32600, f"thread not found: {unknown}")
