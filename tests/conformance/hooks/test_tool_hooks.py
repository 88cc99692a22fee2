"""Hooks around tools: what they are given, how they forbid, change and answer a call (tools.md §10)."""

import os

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import calling, outputs
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.hooks import answering, given, group, hook, runs, set_hooks
from support.upstream import Upstream, text_reply

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the commands of these hooks are for a POSIX shell")

FREE: JsonObject = {"approvalPolicy": "never", "sandbox": "danger-full-access"}
PATCH = "*** Begin Patch\n*** Add File: a.txt\n+x\n*** End Patch\n"


def command(text: str) -> sse.Event:
    return sse.call("exec_command", {"cmd": text})


def specific(moment: str, **said: JsonValue) -> JsonObject:
    return {"hookSpecificOutput": {"hookEventName": moment, **said}}


def kinds(upstream: Upstream) -> list[JsonValue]:
    items = upstream.asked[1].json["input"]
    assert isinstance(items, list)
    return [as_object(item).get("role", as_object(item)["type"]) for item in items][-3:]


def test_hooks_see_a_command_and_add_context_between_call_and_output(
    connect: Connect, upstream: Upstream
) -> None:
    upstream.script(calling(command("echo hi")), text_reply("done"))
    context = specific("PostToolUse", additionalContext="seen")
    client = set_hooks(
        connect,
        {
            "PreToolUse": group(hook(answering("pre")), matcher="Bash"),
            "PostToolUse": group(hook(answering("post", context))),
        },
    )

    turn = run_turn(client, start_thread(client, **FREE))

    assert runs(turn) == [
        ("preToolUse", "completed", []),
        ("postToolUse", "completed", [("context", "seen")]),
    ]
    before, after = given(connect.home, "pre"), given(connect.home, "post")
    facts = {"tool_name": "Bash", "tool_input": {"command": "echo hi"}, "tool_use_id": "c1"}
    assert {key: before[key] for key in facts} == facts
    assert {key: after[key] for key in facts} == facts
    assert after["tool_response"] == "hi\n"
    assert kinds(upstream) == ["function_call", "developer", "function_call_output"]


@pytest.mark.parametrize(
    "answer",
    [
        answering("pre", code=2, complaint="no"),
        answering("pre", {"decision": "block", "reason": "no"}),
        answering("pre", specific("PreToolUse", permissionDecision="deny", permissionDecisionReason="no")),
    ],
)
def test_a_command_that_a_hook_forbids_does_not_run(
    connect: Connect, upstream: Upstream, answer: str
) -> None:
    upstream.script(calling(command("touch made")), text_reply("done"))
    client = set_hooks(connect, {"PreToolUse": group(hook(answer))})

    turn = run_turn(client, start_thread(client, **FREE))

    assert runs(turn) == [("preToolUse", "blocked", [("feedback", "no")])]
    assert outputs(upstream) == ["Command blocked by PreToolUse hook: no. Command: touch made"]
    assert not (connect.workspace / "made").exists()


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (answering("post", {"decision": "block", "reason": "again"}), "blocked", "again"),
        (answering("post", code=2, complaint="again"), "completed", "again"),
        (answering("post", {"continue": False, "stopReason": "halt"}), "stopped", "halt"),
    ],
)
def test_what_a_hook_says_after_a_tool_replaces_its_output(
    connect: Connect, upstream: Upstream, answer: str, status: str, told: str
) -> None:
    upstream.script(calling(command("echo hi")), text_reply("done"))
    client = set_hooks(connect, {"PostToolUse": group(hook(answer))})

    turn = run_turn(client, start_thread(client, **FREE))

    assert [(event, state) for event, state, _ in runs(turn)] == [("postToolUse", status)]
    assert outputs(upstream) == [told]


def test_a_patch_goes_by_all_of_its_names(connect: Connect, upstream: Upstream) -> None:
    call: JsonObject = {"type": "custom_tool_call", "call_id": "c1", "name": "apply_patch", "input": PATCH}
    upstream.script(calling(sse.item_done(call)), text_reply("done"))
    client = set_hooks(
        connect,
        {
            "PreToolUse": group(hook(answering("pre", code=2, complaint="no")), matcher="Edit|Read"),
            "PostToolUse": group(hook(answering("post"))),
        },
    )

    turn = run_turn(client, start_thread(client, **FREE))

    assert runs(turn) == [("preToolUse", "blocked", [("feedback", "no")])]
    assert given(connect.home, "pre")["tool_name"] == "apply_patch"
    assert given(connect.home, "pre")["tool_input"] == {"command": PATCH}
    assert not (connect.workspace / "a.txt").exists()


def test_tools_without_a_name_for_hooks_run_past_them(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("update_plan", {"plan": []})), text_reply("done"))
    client = set_hooks(connect, {"PreToolUse": group(hook(answering("pre", code=2, complaint="no")))})

    turn = run_turn(client, start_thread(client, **FREE))

    assert runs(turn) == []
    assert outputs(upstream) == ["Plan updated"]
