"""Commands that somebody has to allow: events by every answer (threads-and-turns.md §7, tools.md §6)."""

import re
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import END, MESSAGE, START, USAGE, calling, items, outputs
from support.client import SILENCE, Answer, Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, run_turn, start_thread, start_turn
from support.requires import NEEDS_SANDBOX
from support.shape import shape
from support.upstream import Upstream

pytestmark = NEEDS_SANDBOX

ASK = "item/commandExecution/requestApproval"
REJECTED = {
    "exec_command": (
        "exec_command failed for `/bin/bash -c 'touch x'`: "
        'CreateProcess { message: "Rejected(\\"rejected by user\\")" }'
    ),
    "shell_command": "exec command rejected by user",
}
NEWER = ("environmentId", "kind")
ABORTED = r"aborted by user after \d+\.\ds|Wall time: \d+\.\d seconds\naborted by user"
TOOLS = pytest.mark.parametrize("tool", ["exec_command", "shell_command"])
RETRIED = pytest.mark.parametrize("tool", ["shell_command"])


def command(tool: str, script: str = "touch x", call_id: str = "c1", **more: JsonValue) -> sse.Event:
    name = "cmd" if tool == "exec_command" else "command"
    return sse.call(tool, {name: script, "login": False, **more}, call_id)


def thread(
    client: Client, folder: Path, tool: str, policy: JsonValue = "untrusted", **more: JsonValue
) -> str:
    config: JsonValue = {"features": {"unified_exec": tool == "exec_command"}}
    params: JsonObject = {"cwd": str(folder), "approvalPolicy": policy, "sandbox": "workspace-write"}
    return start_thread(client, config=config, **{**params, **more})


def answers(client: Client, answer: Answer) -> list[JsonObject]:
    """Let the client answer every question in this way: the questions."""
    asked: list[JsonObject] = []

    def reply(params: JsonObject) -> Answer:
        asked.append(params)
        return answer

    client.on(ASK, reply)
    return asked


def ended(client: Client, call_id: str) -> JsonValue:
    """The status of a command's item at its end, which may come after its turn's."""

    def wanted(message: JsonObject) -> bool:
        return message.get("method") == "item/completed" and _item(message)["id"] == call_id

    return _item(client.wait(wanted))["status"]


def _item(message: JsonObject) -> JsonObject:
    return as_object(as_object(message["params"])["item"])


def flags(turn: Turn) -> list[JsonValue]:
    return [as_object(one["status"]).get("activeFlags") for one in turn.params("thread/status/changed")]


def question(tool: str) -> list[str]:
    """The item, the status and the question in the tool's order."""
    before = ["status:active", "+commandExecution"]
    return [*(before if tool == "exec_command" else reversed(before)), f"ask:{ASK}"]


@TOOLS
@pytest.mark.parametrize("decision", ["accept", "acceptForSession"])
def test_what_is_allowed_runs_under_the_item_that_was_asked_about(
    connect: Connect, upstream: Upstream, folder: Path, tool: str, decision: str
) -> None:
    upstream.script(calling(command(tool, "touch x; echo done")))
    client = connect()
    asked = answers(client, {"decision": decision})
    thread_id = thread(client, folder, tool)

    turn = run_turn(client, thread_id)

    assert shape(turn.messages) == [
        *(*START, *question(tool), "resolved", "status:active", "item/commandExecution/outputDelta"),
        *("-commandExecution", *USAGE, *MESSAGE, *USAGE, *END),
    ]
    assert flags(turn) == [[], ["waitingOnApproval"], [], None]
    (params,) = asked
    assert isinstance(params["startedAtMs"], int)
    assert {key: value for key, value in params.items() if key not in ("startedAtMs", *NEWER)} == {
        "threadId": thread_id,
        "turnId": turn.id,
        "itemId": "c1",
        "command": "/bin/bash -c 'touch x; echo done'",
        "cwd": str(folder),
        "commandActions": [{"type": "unknown", "command": "touch x; echo done"}],
        "proposedExecpolicyAmendment": ["touch", "x"],
        "availableDecisions": [
            *("accept", {"acceptWithExecpolicyAmendment": {"execpolicy_amendment": ["touch", "x"]}}),
            "cancel",
        ],
    }
    (begun,) = items(turn, "commandExecution", "item/started")
    (ended,) = items(turn, "commandExecution")
    assert (begun["status"], begun["source"], begun["processId"]) == ("inProgress", "agent", None)
    assert (ended["status"], ended["exitCode"], ended["aggregatedOutput"]) == ("completed", 0, "done\n")
    assert ended["source"] == ("unifiedExecStartup" if tool == "exec_command" else "agent")
    assert (folder / "x").exists()


@TOOLS
def test_what_is_allowed_for_the_session_is_not_asked_again(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    upstream.script(
        calling(command(tool)), calling(command(tool, call_id="c2")), calling(command(tool, "touch y", "c3"))
    )
    client = connect()
    asked = answers(client, {"decision": "acceptForSession"})

    run_turn(client, thread(client, folder, tool))

    assert [params["itemId"] for params in asked] == ["c1", "c3"]
    assert [ended(client, call_id) for call_id in ("c1", "c2", "c3")] == ["completed"] * 3


@TOOLS
def test_a_rule_that_is_accepted_is_kept_and_holds_at_once(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    rule: JsonObject = {"acceptWithExecpolicyAmendment": {"execpolicy_amendment": ["touch"]}}
    upstream.script(calling(command(tool)), calling(command(tool, "touch y", "c2")))
    client = connect()
    asked = answers(client, {"decision": rule})

    run_turn(client, thread(client, folder, tool))

    assert [params["itemId"] for params in asked] == ["c1"]
    assert [ended(client, call_id) for call_id in ("c1", "c2")] == ["completed"] * 2
    kept = (connect.home / "rules" / "default.rules").read_text("utf-8")
    assert kept == 'prefix_rule(pattern=["touch"], decision="allow")\n'


@TOOLS
@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"decision": "decline"}, "declined"),
        ({"decision": "whatever"}, "declined"),
        ({}, "declined"),
        (Refusal(-32601, "not known"), "failed"),
    ],
)
def test_a_no_ends_the_item_and_the_turn_goes_on(
    connect: Connect, upstream: Upstream, folder: Path, tool: str, answer: Answer, status: str
) -> None:
    upstream.script(calling(command(tool)))
    client = connect()
    answers(client, answer)

    turn = run_turn(client, thread(client, folder, tool))

    assert shape(turn.messages) == [
        *(*START, *question(tool), "resolved", "-commandExecution", "status:active"),
        *(*USAGE, *MESSAGE, *USAGE, *END),
    ]
    (ended,) = items(turn, "commandExecution")
    assert [ended[key] for key in ("status", "exitCode", "aggregatedOutput", "durationMs")] == [
        *(status, None, None, None),
    ]
    assert outputs(upstream) == [REJECTED[tool]]
    assert not (folder / "x").exists()


@TOOLS
def test_a_cancel_ends_the_turn(connect: Connect, upstream: Upstream, folder: Path, tool: str) -> None:
    upstream.script(calling(command(tool)))
    client = connect()
    answers(client, {"decision": "cancel"})
    thread_id = thread(client, folder, tool)

    turn = run_turn(client, thread_id)

    assert shape(turn.messages) == [
        *(*START, *question(tool), "resolved", "-commandExecution", "status:active"),
        *(*USAGE, "status:idle", "turn:interrupted"),
    ]
    assert [item["status"] for item in items(turn, "commandExecution")] == ["declined"]
    assert not (folder / "x").exists()
    run_turn(client, thread_id)
    (output,) = outputs(upstream)
    assert re.fullmatch(ABORTED, str(output))


@TOOLS
def test_an_interrupt_resolves_the_question_last(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    upstream.script(calling(command(tool)))
    client = connect()
    answers(client, SILENCE)
    thread_id = thread(client, folder, tool)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for(ASK, since)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    client.wait_for("serverRequest/resolved", since)
    turn = finish_turn(client, turn_id, since)

    assert shape(turn.messages)[-6:] == [*USAGE, "answer", "status:idle", "turn:interrupted", "resolved"]
    assert not (folder / "x").exists()


# `exec_command` is tried again only when it fails in its first moment, which a busy machine does not promise.


@RETRIED
def test_what_the_sandbox_stops_may_be_tried_without(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    outside = connect.home / "outside"
    upstream.script(calling(command(tool, f"touch {outside}")))
    client = connect()
    asked = answers(client, {"decision": "accept"})
    thread_id = thread(client, folder, tool, "on-failure")

    turn = run_turn(client, thread_id)

    assert [params["reason"] for params in asked] == ["command failed; retry without sandbox?"]
    assert [item["status"] for item in items(turn, "commandExecution")] == ["completed"]
    assert shape(turn.messages).count("+commandExecution") == 1
    assert outside.exists()


@RETRIED
def test_what_the_sandbox_stops_stays_undone_when_the_user_says_no(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    outside = connect.home / "outside"
    upstream.script(calling(command(tool, f"touch {outside}")))
    client = connect()
    answers(client, {"decision": "decline"})

    turn = run_turn(client, thread(client, folder, tool, "on-failure"))

    assert [item["status"] for item in items(turn, "commandExecution")] == ["declined"]
    assert shape(turn.messages)[-1] == "turn:completed"
    assert str(outputs(upstream)[0]).endswith(REJECTED[tool].replace("touch x", f"touch {outside}"))
    assert not outside.exists()


@pytest.mark.requirement("A1")
def test_what_was_asked_is_asked_again_after_a_resume(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    upstream.script(calling(command("exec_command")))
    client = connect()
    answers(client, SILENCE)
    thread_id = thread(client, folder, "exec_command")
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    first = client.wait_for(ASK, since)

    again = client.mark()
    answers(client, {"decision": "accept"})
    client.call("thread/resume", {"threadId": thread_id})
    second = client.wait_for(ASK, again)
    finish_turn(client, turn_id, since)

    assert second == first
    assert ended(client, "c1") == "completed"
    assert (folder / "x").exists()
