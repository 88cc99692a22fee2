"""Approvals that are left to the automatic reviewer (`approvalsReviewer: auto_review`)."""

import json
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import calling, items, outputs, text_of
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, run_turn, start_thread, start_turn
from support.home import write_chatgpt_login, write_config
from support.mcp_home import stdio_server, write_servers
from support.requires import NEEDS_SANDBOX
from support.shape import shape
from support.upstream import Gate, Reply, Status, Stream, Upstream, stream

pytestmark = NEEDS_SANDBOX

STARTED, COMPLETED = "item/autoApprovalReview/started", "item/autoApprovalReview/completed"
ASKS = (
    "item/commandExecution/requestApproval",
    "item/fileChange/requestApproval",
    "item/permissions/requestApproval",
    "mcpServer/elicitation/request",
)
ALLOW: JsonObject = {
    "risk_level": "low",
    "user_authorization": "high",
    "outcome": "allow",
    "rationale": "It was asked for.",
}
DENY: JsonObject = {**ALLOW, "risk_level": "high", "outcome": "deny", "rationale": "It cannot be undone."}
HOW: JsonObject = {"sandbox_permissions": "require_escalated", "justification": "To make it."}


def verdict(said: JsonValue) -> Stream:
    text = said if isinstance(said, str) else json.dumps(said)
    return stream(*sse.message(text, "msg-g"), sse.completed())


def escalated(script: str = "touch x", call_id: str = "c1", tool: str = "exec_command") -> Stream:
    name = "cmd" if tool == "exec_command" else "command"
    return calling(sse.call(tool, {name: script, "login": False, **HOW}, call_id))


def thread(client: Client, folder: Path, policy: str = "on-request", config: JsonObject | None = None) -> str:
    return start_thread(
        client,
        cwd=str(folder),
        approvalPolicy=policy,
        sandbox="workspace-write",
        approvalsReviewer="auto_review",
        config=config or {},
    )


@pytest.fixture
def client(connect: Connect) -> Client:
    """Whoever it is that is asked, it is not the user."""
    client = connect()
    for method in ASKS:
        client.on(method, lambda _: Refusal(-32000, "the user was asked"))
    return client


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "workspace"
    place.mkdir()
    return place


def reviewed(turn: Turn) -> list[JsonObject]:
    """How each review ended."""
    return [as_object(one["review"]) for one in turn.params(COMPLETED)]


def test_what_the_reviewer_allows_runs_without_a_question(
    client: Client, upstream: Upstream, folder: Path
) -> None:
    upstream.script(escalated(), verdict(ALLOW))
    thread_id = thread(client, folder)

    turn = run_turn(client, thread_id, "Make x, please.")

    order = shape(turn.messages)
    at = order.index("+commandExecution")
    assert order[at : at + 5] == [
        *("+commandExecution", STARTED, "guardianWarning", COMPLETED, "-commandExecution"),
    ]
    (started,), (completed,) = turn.params(STARTED), turn.params(COMPLETED)
    action: JsonObject = {
        "type": "command",
        "source": "unifiedExec",
        "command": "/bin/bash -c 'touch x'",
        "cwd": str(folder),
    }
    ids: JsonObject = {
        "threadId": thread_id,
        "turnId": turn.id,
        "reviewId": started["reviewId"],
        "targetItemId": "c1",
        "startedAtMs": started["startedAtMs"],
        "action": action,
    }
    nothing: JsonObject = {"riskLevel": None, "userAuthorization": None, "rationale": None}
    assert started == {**ids, "review": {"status": "inProgress", **nothing}}
    said: JsonObject = {
        "status": "approved",
        "riskLevel": "low",
        "userAuthorization": "high",
        "rationale": "It was asked for.",
    }
    assert isinstance(completed["completedAtMs"], int)
    ended = completed["completedAtMs"]
    assert completed == {**ids, "completedAtMs": ended, "decisionSource": "agent", "review": said}
    assert (folder / "x").exists()


def test_the_reviewer_is_an_agent_of_its_own(client: Client, upstream: Upstream, folder: Path) -> None:
    upstream.script(escalated(), verdict(ALLOW))
    thread_id = thread(client, folder)

    run_turn(client, thread_id, "Make x, please.")

    asked = upstream.asked[1]
    assert asked.json["model"] == "gpt-5.5"
    assert asked.headers["x-openai-subagent"] == b"guardian"
    assert asked.headers["thread-id"] != thread_id.encode()
    answer = as_object(as_object(asked.json["text"])["format"])
    assert (answer["type"], answer["strict"]) == ("json_schema", False)
    assert as_object(answer["schema"])["required"] == ["outcome"]
    given = json.dumps(asked.json["input"])
    assert "Make x, please." in given
    assert "To make it." in given
    assert "`read-only`" in given
    # The thread itself goes on as if nobody had been asked.
    assert "To make it." not in upstream.asked[2].instructions
    assert "json_schema" not in json.dumps(upstream.asked[2].json)


@pytest.mark.parametrize("tool", ["exec_command", "shell_command"])
def test_what_the_reviewer_refuses_does_not_run(
    client: Client, upstream: Upstream, folder: Path, tool: str
) -> None:
    upstream.script(escalated(tool=tool), verdict(DENY))
    config: JsonObject = {"features": {"unified_exec": tool == "exec_command"}}

    turn = run_turn(client, thread(client, folder, config=config))

    assert reviewed(turn) == [
        {
            "status": "denied",
            "riskLevel": "high",
            "userAuthorization": "high",
            "rationale": "It cannot be undone.",
        }
    ]
    (told,) = outputs(upstream, 2)
    assert "It cannot be undone." in str(told)
    assert str(told).startswith("exec_command failed for ") == (tool == "exec_command")
    assert {str(item["status"]) for item in items(turn, "commandExecution")} == {"declined"}
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("reply", "status"),
    [
        (verdict('{"outcome":"allow"}'), ("approved", "low")),
        (verdict('{"outcome":"deny"}'), ("denied", "high")),
        (verdict("It looks fine to me."), ("denied", "high")),
        (verdict('{"outcome":"maybe"}'), ("denied", "high")),
        (Status(400, {"error": {"message": "no such model"}}), ("denied", "high")),
        (stream(sse.created(), sse.failed("invalid_prompt", "no")), ("denied", "high")),
    ],
    ids=["only allow", "only deny", "words", "another word", "a refusal", "a failure"],
)
def test_what_is_no_clear_permission_is_a_refusal(
    client: Client, upstream: Upstream, folder: Path, reply: Reply, status: tuple[str, str]
) -> None:
    upstream.script(escalated(), reply)

    turn = run_turn(client, thread(client, folder))

    ((found, risk, rationale),) = [
        (review["status"], review["riskLevel"], review["rationale"]) for review in reviewed(turn)
    ]
    assert (found, risk) == status
    assert rationale
    assert turn.end["status"] == "completed"
    assert (folder / "x").exists() == (found == "approved")


def test_patches_are_reviewed_too(client: Client, upstream: Upstream, folder: Path) -> None:
    outside = folder.parent / "new"
    text = f"*** Begin Patch\n*** Add File: {outside}\n+x\n*** End Patch"
    patch = sse.item_done({"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": "c1"})
    upstream.script(calling(patch), verdict(DENY))

    turn = run_turn(client, thread(client, folder))

    (started,) = turn.params(STARTED)
    assert started["action"] == {"type": "applyPatch", "cwd": str(folder), "files": [str(outside)]}
    assert [item["status"] for item in items(turn, "fileChange")] == ["declined"]
    assert "It cannot be undone." in str(outputs(upstream, 2)[0])
    assert not outside.exists()


def test_requests_for_rights_are_reviewed_too(client: Client, upstream: Upstream, folder: Path) -> None:
    out = folder.parent / "out"
    out.mkdir()
    ask: JsonObject = {"permissions": {"file_system": {"write": [str(out)]}}, "reason": "To write."}
    upstream.script(
        calling(sse.call("request_permissions", ask, "p1")),
        verdict(ALLOW),
        calling(sse.call("exec_command", {"cmd": f"touch {out}/x", "login": False}, "c1")),
    )

    turn = run_turn(client, thread(client, folder, config={"features": {"request_permissions_tool": True}}))

    action = as_object(turn.params(STARTED)[0]["action"])
    assert (action["type"], action["reason"]) == ("requestPermissions", "To write.")
    granted = json.loads(str(outputs(upstream, 2)[0]))
    assert granted["permissions"]["file_system"] == {"write": [str(out)]}
    assert (out / "x").exists()


def test_calls_of_mcp_servers_are_reviewed_too(connect: Connect, upstream: Upstream, folder: Path) -> None:
    log = connect.home / "mcp.log"
    write_servers(connect.home, upstream.base_url, stdio_server("tiny", "--log", str(log)))
    upstream.script(calling(sse.call("plain", {"text": "p"}, namespace="mcp__tiny__")), verdict(ALLOW))
    client = connect()
    thread_id = thread(client, folder)
    client.wait_for("mcpServer/startupStatus/updated", name="tiny", status="ready")

    turn = run_turn(client, thread_id)

    action = as_object(turn.params(STARTED)[0]["action"])
    assert (action["type"], action["server"], action["toolName"]) == ("mcpToolCall", "tiny", "plain")
    assert text_of(outputs(upstream, 2)[0]).endswith('[{"type":"text","text":"p"}]')


def test_the_reviewer_may_look_but_not_touch(client: Client, upstream: Upstream, folder: Path) -> None:
    (folder / "kept").write_text("what it holds")
    look = sse.call("exec_command", {"cmd": "cat kept; rm kept", "login": False}, "g1")
    upstream.script(escalated(), stream(sse.created(), look, sse.completed()), verdict(ALLOW))

    turn = run_turn(client, thread(client, folder))

    (seen,) = outputs(upstream, 2)
    assert "what it holds" in str(seen)
    assert (folder / "kept").exists()
    assert [item["id"] for item in items(turn, "commandExecution")] == ["c1"]


def test_where_nobody_may_be_asked_nothing_is_reviewed(
    client: Client, upstream: Upstream, folder: Path
) -> None:
    upstream.script(escalated())

    turn = run_turn(client, thread(client, folder, "never"))

    assert turn.params(STARTED) == []
    assert "approval policy is Never" in str(outputs(upstream)[0])
    assert len(upstream.asked) == 2


def test_a_review_that_takes_too_long_is_a_refusal_that_says_so(
    client: Client, upstream: Upstream, folder: Path
) -> None:
    gate = Gate()
    upstream.script(escalated(), stream(sse.created(), gate, *sse.message("{}"), sse.completed()))

    turn = run_turn(client, thread(client, folder, config={"auto_review": {"timeout_ms": 50}}))
    gate.open()

    assert [review["status"] for review in reviewed(turn)] == ["timedOut"]
    assert not (folder / "x").exists()


def test_a_review_ends_with_the_turn_that_it_is_for(client: Client, upstream: Upstream, folder: Path) -> None:
    gate = Gate()
    upstream.script(escalated(), stream(sse.created(), gate, *sse.message("{}"), sse.completed()))
    thread_id = thread(client, folder)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    gate.wait_reached()

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    turn = finish_turn(client, turn_id, since)
    gate.open()

    assert [review["status"] for review in reviewed(turn)] == ["aborted"]
    assert turn.end["status"] == "interrupted"
    assert not (folder / "x").exists()


def test_the_user_may_overrule_a_refusal_once(client: Client, upstream: Upstream, folder: Path) -> None:
    first = (escalated(), verdict(DENY), calling(sse.message_done("no")))
    second = (escalated(call_id="c2"), calling(sse.message_done("done")))
    upstream.script(*first, *second, escalated(call_id="c3"), verdict(DENY))
    thread_id = thread(client, folder)
    (refused,) = run_turn(client, thread_id).params(COMPLETED)

    overruled = client.call("thread/approveGuardianDeniedAction", {"threadId": thread_id, "event": refused})
    again = run_turn(client, thread_id, "Do it, then.")
    made = (folder / "x").exists()
    third = run_turn(client, thread_id, "And again.")

    assert overruled == {}
    assert again.params(STARTED) == []
    assert made
    told = upstream.asked[3].json["input"]
    assert isinstance(told, list)
    assert as_object(told[-2])["role"] == "developer"
    assert "touch x" in json.dumps(told[-2])
    assert [review["status"] for review in reviewed(third)] == ["denied"]


def test_only_a_refusal_that_was_told_can_be_overruled(
    client: Client, upstream: Upstream, folder: Path
) -> None:
    upstream.script(escalated(), verdict(DENY))
    thread_id = thread(client, folder)

    refusal = client.refusal(
        "thread/approveGuardianDeniedAction", {"threadId": thread_id, "event": {"junk": True}}
    )
    unknown = client.call(
        "thread/approveGuardianDeniedAction", {"threadId": thread_id, "event": {"reviewId": "other"}}
    )
    turn = run_turn(client, thread_id)

    assert refusal.message == "invalid Guardian denial event: missing field `id`"
    assert unknown == {}
    assert len(turn.params(STARTED)) == 1


@pytest.mark.parametrize(
    ("login", "settings", "model"),
    [(False, "", "gpt-5.5"), (True, "", "codex-auto-review"), (True, 'model = "small"', "small")],
    ids=["the thread's own", "the vendor's", "the user's"],
)
def test_the_model_that_reviews_is(
    connect: Connect, upstream: Upstream, folder: Path, login: bool, settings: str, model: str
) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=login, provider=f"[auto_review]\n{settings}\n")
    if login:
        write_chatgpt_login(connect.home)
    upstream.script(escalated(), verdict(ALLOW))
    client = connect()

    run_turn(client, thread(client, folder))

    assert [one.json["model"] for one in upstream.asked] == ["gpt-5.5", model, "gpt-5.5"]
