"""Rights that a model asks for, and commands that ask for more than the sandbox allows (tools.md §5)."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import END, MESSAGE, START, USAGE, calling, outputs
from support.client import SILENCE, Answer, Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Upstream

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or (sys.platform == "linux" and shutil.which("bwrap") is None),
    reason="needs a POSIX shell and a sandbox",
)

ASK = "item/permissions/requestApproval"
COMMAND = "item/commandExecution/requestApproval"
PATCH = "item/fileChange/requestApproval"
GRANULAR: JsonObject = {
    "sandbox_approval": True,
    "rules": True,
    "mcp_elicitations": True,
    "skill_approval": True,
    "request_permissions": True,
}
NEWER = ("environmentId",)
NOTHING: JsonObject = {"network": None, "file_system": None}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace; `out`, which lies beside it, is not in it."""
    (tmp_path / "out").mkdir()
    place = tmp_path / "workspace"
    (place / ".git").mkdir(parents=True)
    return place


def thread(
    client: Client,
    folder: Path,
    policy: JsonValue = "on-request",
    *features: str,
    sandbox: str = "workspace-write",
) -> str:
    names = features or ("request_permissions_tool",)
    config: JsonValue = {
        "features": dict.fromkeys(names, True),
        "suppress_unstable_features_warning": True,
    }
    return start_thread(client, config=config, cwd=str(folder), approvalPolicy=policy, sandbox=sandbox)


def request(permissions: JsonValue, call_id: str = "p1", **more: JsonValue) -> sse.Event:
    return sse.call("request_permissions", {"permissions": permissions, **more}, call_id)


def command(script: str, call_id: str = "x1", how: JsonObject | None = None) -> sse.Event:
    return sse.call("exec_command", {"cmd": script, "login": False, **(how or {})}, call_id)


def adding(path: Path, call_id: str = "a1") -> sse.Event:
    text = f"*** Begin Patch\n*** Add File: {path}\n+x\n*** End Patch"
    return sse.item_done(
        {"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": call_id}
    )


def answers(client: Client, method: str, answer: Answer) -> list[JsonObject]:
    """Let the client answer every question of this kind in this way: the questions."""
    asked: list[JsonObject] = []

    def reply(params: JsonObject) -> Answer:
        asked.append(params)
        return answer

    client.on(method, reply)
    return asked


def writes(*paths: Path) -> JsonObject:
    return {"file_system": {"write": [str(path) for path in paths]}}


def granting(*paths: Path, scope: str = "turn") -> JsonObject:
    return {"permissions": {"fileSystem": {"write": [str(path) for path in paths]}}, "scope": scope}


def files_asked(*paths: Path) -> JsonObject:
    """How clients see the paths that are asked for."""
    return {
        "read": None,
        "write": [str(path) for path in paths],
        "entries": [{"path": {"type": "path", "path": str(path)}, "access": "write"} for path in paths],
    }


def names(folder: Path) -> list[str]:
    """What is in it, without what a sandbox may just be clearing up."""
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def code(output: JsonValue) -> str:
    """How a command ended."""
    return str(output).partition("Process exited with code ")[2].partition("\n")[0]


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


WIDER = "with_additional_permissions"
FEATURE = "exec_permission_approvals"


@pytest.mark.parametrize("script", ["echo x > OUT/new", "cat /etc/hostname"], ids=["ordinary", "safe"])
def test_a_command_may_ask_for_more_and_stays_in_its_sandbox(
    connect: Connect, upstream: Upstream, folder: Path, script: str
) -> None:
    out = folder.parent / "out"
    script = script.replace("OUT", str(out))
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    upstream.script(
        calling(command(f"{script}; touch {out.parent}/elsewhere", how={**how, "justification": "May I?"}))
    )
    client = connect()
    asked = answers(client, COMMAND, {"decision": "accept"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    (question,) = asked
    assert question["reason"] == "May I?"
    assert question["additionalPermissions"] == {"network": None, "fileSystem": files_asked(out)}
    assert question["availableDecisions"] == ["accept", "cancel"]
    assert (out / "new").exists() == ("new" in script)
    assert not (out.parent / "elsewhere").exists()


def test_more_that_was_allowed_for_the_session_is_not_asked_about_again(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    other: JsonObject = {**how, "additional_permissions": writes(out, folder.parent)}
    script = f"echo x >> {out}/new"
    upstream.script(
        calling(command(script, "x1", how=how)),
        calling(command(script, "x2", how=how)),
        calling(command(script, "x3", how=other)),
    )
    client = connect()
    asked = answers(client, COMMAND, {"decision": "acceptForSession"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    assert [one["itemId"] for one in asked] == ["x1", "x3"]
    assert (out / "new").read_text() == "x\nx\nx\n"


def test_what_was_granted_before_needs_no_feature_and_no_question(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    out = folder.parent / "out"
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(out)}
    upstream.script(
        calling(command("true", "x1", how=how)),
        calling(request(writes(out))),
        calling(command(f"echo x > {out}/new", "x2", how=how)),
    )
    client = connect()
    answers(client, ASK, granting(out))
    commands = answers(client, COMMAND, {"decision": "decline"})

    run_turn(client, thread(client, folder))

    assert outputs(upstream, 3)[0] == (
        "additional permissions are disabled; enable `features.exec_permission_approvals` before using "
        "`with_additional_permissions`"
    )
    assert commands == []
    assert (out / "new").exists()


def test_more_that_is_asked_for_in_a_wrong_way_is_refused(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    wrong: list[JsonObject] = [
        {"sandbox_permissions": WIDER},
        {"sandbox_permissions": WIDER, "additional_permissions": {}},
        {"sandbox_permissions": WIDER, "additional_permissions": {"disk": True}},
        {"sandbox_permissions": "require_escalated", "additional_permissions": writes(folder)},
        {"sandbox_permissions": "all"},
    ]
    upstream.script(calling(*(command("true", f"x{number}", how) for number, how in enumerate(wrong))))
    client = connect()
    asked = answers(client, COMMAND, {"decision": "accept"})

    run_turn(client, thread(client, folder, "on-request", FEATURE))

    told = [str(output) for output in outputs(upstream)]
    kinds = "`network` or `file_system`"
    missing = f"missing `additional_permissions`; provide at least one of {kinds} when using `{WIDER}`"
    empty = f"`additional_permissions` must include at least one requested permission in {kinds}"
    other = f"`additional_permissions` requires `sandbox_permissions` set to `{WIDER}`"
    assert told[:4] == [missing, empty, empty, other]
    assert told[4].startswith(
        "failed to parse function arguments: unknown variant `all`, expected one of `use_default`, "
        "`require_escalated`, `with_additional_permissions`"
    )
    assert asked == []


@pytest.mark.parametrize(
    ("policy", "name"), [("untrusted", "UnlessTrusted"), ("on-failure", "OnFailure"), ("never", "Never")]
)
def test_under_other_policies_more_cannot_be_asked_for(
    connect: Connect, upstream: Upstream, folder: Path, policy: str, name: str
) -> None:
    how: JsonObject = {"sandbox_permissions": WIDER, "additional_permissions": writes(folder)}
    upstream.script(calling(command("true", how=how)))
    client = connect()

    run_turn(client, thread(client, folder, policy, FEATURE))

    policy_is = f"approval policy is {name}"
    cannot = f"you cannot ask for escalated permissions if the {policy_is}"
    assert outputs(upstream) == [f"{policy_is}; reject command — {cannot}"]
