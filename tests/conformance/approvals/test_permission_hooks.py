"""Hooks that answer in place of the user, and hooks around compactions (tools.md §10)."""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import calling, items, outputs, text_of
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread
from support.hooks import answering, given, group, hook, runs, set_hooks
from support.mcp_home import stdio_server, write_servers
from support.requires import NEEDS_SANDBOX
from support.shape import shape
from support.upstream import Upstream, stream

pytestmark = NEEDS_SANDBOX

P = "PermissionRequest"
COMMAND = "item/commandExecution/requestApproval"
PATCH = "*** Begin Patch\n*** Add File: new\n+x\n*** End Patch"
DENIED = (
    'exec_command failed for `/bin/bash -c \'touch x\'`: CreateProcess {{ message: "Rejected(\\"{}\\")" }}'
)


def decision(behavior: str, **more: JsonValue) -> JsonObject:
    return {"hookSpecificOutput": {"hookEventName": P, "decision": {"behavior": behavior, **more}}}


def counted(client: Client, method: str = COMMAND) -> list[JsonObject]:
    """Let the user accept: the questions that reach them."""
    asked: list[JsonObject] = []

    def reply(params: JsonObject) -> JsonObject:
        asked.append(params)
        return {"decision": "accept"}

    client.on(method, reply)
    return asked


def command(script: str = "touch x", **more: JsonValue) -> sse.Event:
    return sse.call("exec_command", {"cmd": script, "login": False, **more})


def run(client: Client, connect: Connect, policy: str = "untrusted", *, session: bool = True) -> Turn:
    thread_id = start_thread(
        client,
        cwd=str(connect.workspace),
        approvalPolicy=policy,
        sandbox="workspace-write",
        config={"features": {"unified_exec": session}},
    )
    return run_turn(client, thread_id)


@pytest.fixture(autouse=True)
def _empty(connect: Connect) -> None:  # pyright: ignore[reportUnusedFunction]
    for name in ("x", "new"):
        (connect.workspace / name).unlink(missing_ok=True)


def test_a_hook_that_allows_a_command_spares_the_user_the_question(
    connect: Connect, upstream: Upstream
) -> None:
    upstream.script(calling(command(justification="To make it.")))
    client = set_hooks(connect, {P: group(hook(answering("p", decision("allow"))), matcher="Bash")})
    asked = counted(client)

    turn = run(client, connect)

    assert asked == []
    assert (connect.workspace / "x").exists()
    assert runs(turn) == [("permissionRequest", "completed", [])]
    seen = given(connect.home, "p")
    assert (seen["tool_name"], seen["permission_mode"]) == ("Bash", "default")
    assert seen["tool_input"] == {"command": "touch x", "description": "To make it."}
    order = shape(turn.messages)
    assert order.index("hook/completed") < order.index("+commandExecution")


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([answering("p", decision("deny", message="not that"))], "not that"),
        ([answering("p", decision("deny"))], "PermissionRequest hook denied approval"),
        ([answering("p", code=2, complaint="no way")], "no way"),
        (
            [answering("p", decision("allow")), answering("q", decision("deny", message="no"))],
            "no",
        ),
    ],
    ids=["with a reason", "without one", "by its exit code", "beside one that allows it"],
)
def test_a_hook_that_forbids_a_command_counts_more(
    connect: Connect, upstream: Upstream, answers: list[str], reason: str
) -> None:
    upstream.script(calling(command()))
    client = set_hooks(connect, {P: group(*map(hook, answers))})
    asked = counted(client)

    turn = run(client, connect)

    assert asked == []
    assert runs(turn)[-1] == ("permissionRequest", "blocked", [("feedback", reason)])
    assert outputs(upstream) == [DENIED.format(reason)]
    assert items(turn, "commandExecution") == []
    assert not (connect.workspace / "x").exists()


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (answering("p"), None),
        (answering("p", "words"), None),
        (
            answering("p", code=2),
            "PermissionRequest hook exited with code 2 but did not write a denial reason",
        ),
        (
            answering("p", {"decision": "block", "reason": "r"}),
            "hook returned invalid permission-request JSON",
        ),
        (answering("p", {"continue": False}), "PermissionRequest hook returned unsupported continue:false"),
        (
            answering("p", decision("deny", interrupt=True)),
            "PermissionRequest hook returned unsupported interrupt:true",
        ),
        (
            answering("p", decision("allow", updatedInput={"command": "touch y"})),
            "PermissionRequest hook returned unsupported updatedInput",
        ),
    ],
    ids=["nothing", "words", "no reason", "another form", "stopping", "interrupting", "changing"],
)
def test_a_hook_that_does_not_decide_leaves_it_to_the_user(
    connect: Connect, upstream: Upstream, answer: str, problem: str | None
) -> None:
    upstream.script(calling(command()))
    client = set_hooks(connect, {P: group(hook(answer))})
    asked = counted(client)

    turn = run(client, connect)

    assert len(asked) == 1
    assert (connect.workspace / "x").exists()
    ((_, status, entries),) = runs(turn)
    assert status == ("completed" if problem is None else "failed")
    assert [str(text).startswith(problem or "") for _, text in entries] == [True] * (problem is not None)


def test_a_hook_for_other_tools_is_not_run(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(command()))
    client = set_hooks(connect, {P: group(hook(answering("p", decision("allow"))), matcher="apply_patch")})
    asked = counted(client)

    turn = run(client, connect)

    assert len(asked) == 1
    assert runs(turn) == []


def test_a_hook_decides_on_patches_by_every_name_of_theirs(connect: Connect, upstream: Upstream) -> None:
    patch = sse.item_done(
        {"type": "custom_tool_call", "name": "apply_patch", "input": PATCH, "call_id": "c1"}
    )
    upstream.script(calling(patch), calling(patch))
    client = set_hooks(
        connect, {P: group(hook(answering("p", decision("deny", message="no"))), matcher="Write")}
    )
    asked = counted(client, "item/fileChange/requestApproval")

    turn = run(client, connect)

    assert asked == []
    assert outputs(upstream) == ["no"]
    assert [item["status"] for item in items(turn, "fileChange")] == ["declined", "declined"]
    assert given(connect.home, "p")["tool_input"] == {"command": PATCH}


def test_a_hook_decides_whether_a_command_is_tried_again_without_its_sandbox(
    connect: Connect, upstream: Upstream, tmp_path: Path
) -> None:
    outside = tmp_path / "made"
    upstream.script(calling(sse.call("shell_command", {"command": f"touch {outside}", "login": False})))
    client = set_hooks(connect, {P: group(hook(answering("p", decision("allow"))))})
    asked = counted(client)

    run(client, connect, "on-failure", session=False)

    assert asked == []
    assert outside.exists()
    assert str(outputs(upstream)[0]).startswith("Exit code: 0")


def test_a_hook_decides_on_calls_of_mcp_servers(connect: Connect, upstream: Upstream) -> None:
    log = connect.home / "mcp.log"
    write_servers(connect.home, upstream.base_url, stdio_server("tiny", "--log", str(log)))
    upstream.script(calling(sse.call("plain", {"text": "p"}, namespace="mcp__tiny__")))
    answer = answering("p", decision("deny", message="no"))
    client = set_hooks(connect, {P: group(hook(answer), matcher="mcp__tiny__.*")})
    asked = counted(client, "mcpServer/elicitation/request")
    thread_id = start_thread(client, approvalPolicy="on-request", sandbox="workspace-write")
    client.wait_for("mcpServer/startupStatus/updated", name="tiny", status="ready")

    run_turn(client, thread_id)

    assert asked == []
    assert text_of(outputs(upstream)[0]).endswith('[{"type":"text","text":"no"}]')
    seen = given(connect.home, "p")
    assert (seen["tool_name"], seen["tool_input"]) == ("mcp__tiny__plain", {"text": "p"})


COMPACTION = ["+contextCompaction", *["tokens", "limits"] * 3, "-contextCompaction", "warning"]
RUN = ["hook/started", "hook/completed"]
MOMENTS = pytest.mark.parametrize("moment", ["PreCompact", "PostCompact"])


def compact(client: Client) -> Turn:
    """A thread with one turn behind it, made short by request."""
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    turn = as_object(client.wait_for("turn/completed", since)["turn"])
    client.settle()
    return Turn(str(turn["id"]), client.received[since:-1])


@MOMENTS
def test_hooks_hear_of_a_compaction_before_and_after_it(
    connect: Connect, upstream: Upstream, moment: str
) -> None:
    client = set_hooks(
        connect, {moment: group(hook(answering("p", {"systemMessage": "hm"})), matcher="manual")}
    )

    turn = compact(client)

    around = [*RUN, *COMPACTION] if moment == "PreCompact" else [*COMPACTION, *RUN]
    assert shape(turn.messages)[3:-2] == around
    assert runs(turn) == [(f"p{moment[1:]}", "completed", [("warning", "hm")])]
    seen = given(connect.home, "p")
    assert (seen["hook_event_name"], seen["trigger"]) == (moment, "manual")
    assert len(upstream.asked) == 2


@MOMENTS
@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (answering("p", "words"), "completed", []),
        (answering("p", code=3, complaint="broken"), "failed", [("error", "broken")]),
        (answering("p", code=2, complaint="broken"), "failed", [("error", "broken")]),
        (
            answering("p", {"decision": "block"}),
            "failed",
            [("error", "hook returned invalid {} hook JSON output")],
        ),
    ],
    ids=["words", "failing", "exit 2", "another form"],
)
def test_a_hook_that_says_nothing_of_use_lets_the_compaction_go_on(
    connect: Connect,
    upstream: Upstream,
    moment: str,
    answer: str,
    status: str,
    said: list[tuple[str, str]],
) -> None:
    client = set_hooks(connect, {moment: group(hook(answer))})

    turn = compact(client)

    assert runs(turn) == [
        (f"p{moment[1:]}", status, [(kind, text.format(moment)) for kind, text in said]),
    ]
    assert "-contextCompaction" in shape(turn.messages)
    assert len(upstream.asked) == 2


@MOMENTS
@pytest.mark.parametrize(
    ("answer", "reason"),
    [({"continue": False, "stopReason": "why"}, "why"), ({"continue": False}, "{} hook stopped execution")],
)
def test_a_hook_may_stop_a_compaction(
    connect: Connect, upstream: Upstream, moment: str, answer: JsonObject, reason: str
) -> None:
    client = set_hooks(connect, {moment: group(hook(answering("p", answer)))})

    turn = compact(client)

    assert runs(turn) == [(f"p{moment[1:]}", "stopped", [("stop", reason.format(moment))])]
    assert turn.end["status"] == "completed"
    before = moment == "PreCompact"
    assert ("-contextCompaction" in shape(turn.messages)) != before
    assert len(upstream.asked) == (1 if before else 2)


@MOMENTS
@pytest.mark.parametrize("within", [False, True], ids=["before the turn", "within it"])
def test_a_turn_ends_where_a_hook_stops_its_compaction(
    connect: Connect, upstream: Upstream, moment: str, within: bool
) -> None:
    client = set_hooks(connect, {moment: group(hook(answering("p", {"continue": False})), matcher="auto")})
    answer = command("true") if within else sse.message_done("ok")
    upstream.script(stream(sse.created(), answer, sse.completed(input_tokens=300)))
    limit: JsonValue = {"model_auto_compact_token_limit": 200}
    thread_id = start_thread(client, config=limit, approvalPolicy="never", sandbox="danger-full-access")
    turns = [run_turn(client, thread_id) for _ in range(1 if within else 2)]

    order = shape(turns[-1].messages)

    assert turns[-1].end["status"] == "completed"
    assert given(connect.home, "p")["trigger"] == "auto"
    assert "+agentMessage" not in order
    assert ("+userMessage" in order) == within
    assert ("-contextCompaction" in order) == (moment == "PostCompact")
    assert len(upstream.asked) == (1 if moment == "PreCompact" else 2)
