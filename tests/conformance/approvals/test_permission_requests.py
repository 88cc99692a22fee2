"""Rights that a model asks for (tools.md §5)."""

import json
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import END, MESSAGE, START, USAGE, calling, outputs
from support.client import SILENCE, Answer, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_turn
from support.permissions import (
    ASK,
    COMMAND,
    GRANULAR,
    NEWER,
    NOTHING,
    PATCH,
    adding,
    answers,
    code,
    command,
    files_asked,
    granting,
    names,
    request,
    thread,
    writes,
)
from support.requires import NEEDS_SANDBOX
from support.shape import shape
from support.upstream import Upstream

pytestmark = NEEDS_SANDBOX


def test_what_is_granted_for_the_turn_holds_for_its_commands_and_patches_and_no_longer(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    write = f"echo x > {out}"
    ask: JsonObject = {"network": {"enabled": True}, "file_system": {"write": [str(out)], "read": ["/etc"]}}
    online = f'{sys.executable} -c "import socket; socket.socket()"'
    upstream.script(
        calling(request(ask, reason="To write there.")),
        calling(command(f"{write}/one; env | grep -c NETWORK_DISABLED", "x1"), command(online, "x2")),
        calling(adding(out / "two")),
        calling(sse.message_done("ok")),
        calling(command(f"{write}/three", "x3")),
        calling(adding(out / "four", "a2")),
    )
    client = connect()
    both: JsonObject = {"network": {"enabled": True}, "fileSystem": {"write": [str(out)], "read": ["/etc"]}}
    asked = answers(client, ASK, {"permissions": both, "scope": "turn"})
    patches = answers(client, PATCH, {"decision": "decline"})
    thread_id = thread(client, folder)

    turn = run_turn(client, thread_id)

    (question,) = asked
    assert isinstance(question["startedAtMs"], int)
    files: JsonValue = {
        "read": ["/etc"],
        "write": [str(out)],
        "entries": [
            {"path": {"type": "path", "path": "/etc"}, "access": "read"},
            {"path": {"type": "path", "path": str(out)}, "access": "write"},
        ],
    }
    assert {key: value for key, value in question.items() if key not in ("startedAtMs", *NEWER)} == {
        "threadId": thread_id,
        "turnId": turn.id,
        "itemId": "p1",
        "cwd": str(folder),
        "reason": "To write there.",
        "permissions": {"network": {"enabled": True}, "fileSystem": files},
    }
    told = outputs(upstream, 3)
    assert json.loads(str(told[0])) == {"permissions": ask, "scope": "turn"}
    assert str(told[1]).endswith("Output:\n0\n")  # the variable that says so is gone, so grep finds none
    assert code(told[2]) == "0"
    assert str(told[3]).startswith("Exit code: 0")
    assert names(out) == ["one", "two"]

    run_turn(client, thread_id)

    told = outputs(upstream, 6)
    assert "ead-only file system" in str(told[4])
    assert told[5] == "patch rejected by user"
    assert len(patches) == 1
    assert len(asked) == 1


def test_the_thread_says_that_it_waits(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(calling(request(writes(folder))))
    client = connect()
    answers(client, ASK, granting(folder))
    thread_id = thread(client, folder)

    turn = run_turn(client, thread_id)

    waiting = ["status:active", f"ask:{ASK}", "resolved", "status:active"]
    assert shape(turn.messages) == [*START, *waiting, *USAGE, *MESSAGE, *USAGE, *END]
    statuses = [as_object(one["status"]) for one in turn.params("thread/status/changed")]
    flags = [status.get("activeFlags") for status in statuses]
    assert flags == [[], ["waitingOnApproval"], [], None]


def test_what_is_granted_for_the_session_holds_in_later_turns(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    upstream.script(
        calling(request(writes(out))),
        calling(sse.message_done("ok")),
        calling(command(f"echo x > {out}/one"), adding(out / "two")),
    )
    client = connect()
    answers(client, ASK, granting(out, scope="session"))
    thread_id = thread(client, folder)
    run_turn(client, thread_id)

    run_turn(client, thread_id)

    assert code(outputs(upstream, 3)[1]) == "0"
    assert names(out) == ["one", "two"]


@pytest.mark.parametrize(
    ("answer", "granted"),
    [
        ({"permissions": {}, "scope": "turn"}, None),
        (Refusal(-32000, "no"), None),
        ({"junk": 1}, None),
        (granting(Path("/")), None),
        (granting(Path("OUT/inner")), "OUT/inner"),
        (granting(Path("OUT"), Path("/etc")), "OUT"),
        (
            {
                "permissions": {
                    "fileSystem": {
                        "entries": [{"path": {"type": "path", "path": "OUT"}, "access": "write"}],
                    },
                    "network": {"enabled": True},
                }
            },
            "OUT",
        ),
    ],
    ids=["nothing", "an error", "no answer to it", "more", "less", "something else too", "entries"],
)
def test_no_more_is_granted_than_was_asked_for(
    connect: Connect, upstream: Upstream, folder: Path, answer: Answer, granted: str | None
) -> None:
    out = str(folder.parent / "out")
    upstream.script(calling(request(writes(Path(out)))), calling(command(f"echo x > {out}/new")))
    client = connect()
    here: Answer = answer
    if isinstance(answer, dict):
        here = json.loads(json.dumps(answer).replace("OUT", out))
    answers(client, ASK, here)

    run_turn(client, thread(client, folder))

    files = None if granted is None else {"write": [granted.replace("OUT", out)]}
    told = outputs(upstream, 2)
    assert json.loads(str(told[0])) == {"permissions": {**NOTHING, "file_system": files}, "scope": "turn"}
    assert (folder.parent / "out" / "new").exists() == (granted == "OUT")


def test_a_request_that_asks_for_nothing_is_not_put_to_anybody(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    upstream.script(
        calling(
            request({}, "p1"),
            request({"network": {}}, "p2"),
            request({"file_system": {"write": []}}, "p3"),
            sse.call("request_permissions", {}, "p4"),
            request({"disk": True}, "p5"),
        )
    )
    client = connect()
    asked = answers(client, ASK, granting())

    run_turn(client, thread(client, folder))

    told = [str(output) for output in outputs(upstream)]
    assert told[:3] == ["request_permissions requires at least one permission"] * 3
    assert told[3].startswith("failed to parse function arguments: missing field `permissions`")
    unknown = "failed to parse function arguments: unknown field `disk`, expected `network` or `file_system`"
    assert told[4].startswith(unknown)
    assert asked == []


@pytest.mark.parametrize(
    ("policy", "asks"),
    [
        ("untrusted", True),
        ("on-failure", True),
        ("never", False),
        ({"granular": GRANULAR}, True),
        ({"granular": {**GRANULAR, "request_permissions": False}}, False),
        ({"granular": {**GRANULAR, "sandbox_approval": False}}, True),
    ],
    ids=["untrusted", "on-failure", "never", "granular", "granular without it", "granular with it alone"],
)
def test_the_policy_says_whether_a_model_may_ask(
    connect: Connect, upstream: Upstream, folder: Path, policy: JsonValue, asks: bool
) -> None:
    out = folder.parent / "out"
    upstream.script(
        calling(request(writes(out))), calling(command(f"echo x > {out}/one")), calling(adding(out / "two"))
    )
    client = connect()
    asked = answers(client, ASK, granting(out))
    commands = answers(client, COMMAND, {"decision": "accept"})
    patches = answers(client, PATCH, {"decision": "decline"})

    run_turn(client, thread(client, folder, policy))

    assert len(asked) == asks
    told = outputs(upstream, 3)
    granted: JsonObject = {**NOTHING, **(writes(out) if asks else {})}
    assert json.loads(str(told[0])) == {"permissions": granted, "scope": "turn"}
    if asks:  # what was granted needs no other word, but from who wants to see every command
        assert names(out) == ["one", "two"]
        assert [one["additionalPermissions"] for one in commands] == [
            {"network": None, "fileSystem": files_asked(out)}
        ] * (policy == "untrusted")
        assert patches == []


def test_a_folder_that_is_protected_can_be_granted_by_its_name(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    upstream.script(
        calling(request(writes(out, folder / ".git"))),
        calling(
            command(f"echo x > .git/one && mkdir {out}/.git", "x1"), command(f"echo x > {out}/two", "x2")
        ),
        calling(adding(folder / ".git" / "three")),
    )
    client = connect()
    answers(client, ASK, granting(out, folder / ".git"))

    run_turn(client, thread(client, folder))

    told = outputs(upstream, 3)
    assert code(told[1]) == "1"
    assert code(told[2]) == "0"
    assert names(folder / ".git") == ["one", "three"]


def test_the_tool_is_there_with_its_feature_alone(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(calling(request(writes(folder))))
    client = connect()
    plain = thread(client, folder, "on-request", "exec_permission_approvals")

    run_turn(client, plain)
    run_turn(client, thread(client, folder))

    def offered(request: int) -> bool:
        tools = upstream.asked[request].json["tools"]
        assert isinstance(tools, list)
        return "request_permissions" in [tool.get("name") for tool in tools if isinstance(tool, dict)]

    assert outputs(upstream) == ["unsupported call: request_permissions"]
    assert (offered(0), offered(2)) == (False, True)


def test_a_question_that_nobody_answered_is_put_again_to_who_comes_back(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    upstream.script(calling(request(writes(out))), calling(command(f"echo x > {out}/new")))
    client = connect()
    asked = answers(client, ASK, SILENCE)
    thread_id = thread(client, folder)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for(ASK, since)
    client.call("thread/unsubscribe", {"threadId": thread_id})
    again = answers(client, ASK, granting(out))

    client.call("thread/resume", {"threadId": thread_id})
    finish_turn(client, turn_id, since)

    assert again == asked
    assert (out / "new").exists()
