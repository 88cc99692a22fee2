"""Patches as clients and the model see them: items, questions, diffs (threads-and-turns.md §7 D)."""

import json
import re
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import told
from support.client import Client, JsonObject, Refusal, Silence
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Stream, Upstream, stream

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
DIFF = ["turn/diff/updated"]
END = ["status:idle", "turn:completed"]
MESSAGE = ["+agentMessage", "Δ", "-agentMessage"]
ASK = "item/fileChange/requestApproval"

SUCCESS = re.compile(r"Exit code: 0\nWall time: \d+(\.\d)? seconds\nOutput:\n(?P<body>.*)", re.DOTALL)
ADD = "*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch"


def patching(text: str, call_id: str = "c1") -> Stream:
    item: JsonObject = {"type": "custom_tool_call", "name": "apply_patch", "input": text, "call_id": call_id}
    return stream(sse.created(), sse.item_done(item), sse.completed())


def outputs(upstream: Upstream, request: int = 1) -> list[str]:
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    found = [as_object(item) for item in items]
    return [str(item["output"]) for item in found if item["type"] == "custom_tool_call_output"]


def changed(turn: Turn) -> JsonObject:
    """The change of files as it ended."""
    items = [as_object(one["item"]) for one in turn.params("item/completed")]
    (item,) = [item for item in items if item["type"] == "fileChange"]
    return item


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "workspace"
    (place / ".git").mkdir(parents=True)
    return place


def thread(client: Client, folder: Path, policy: str = "on-request", sandbox: str = "workspace-write") -> str:
    return start_thread(client, cwd=str(folder), approvalPolicy=policy, sandbox=sandbox)


def test_a_patch_inside_the_workspace_needs_no_word(
    connect: Connect, upstream: Upstream, folder: Path
) -> None:
    (folder / "b.txt").write_text("1\n2\n3\n4\n")
    (folder / "gone.txt").write_text("x\n")
    upstream.script(
        patching(
            "*** Begin Patch\n*** Delete File: gone.txt\n*** Update File: b.txt\n@@\n-3\n+three\n"
            "*** Add File: new.txt\n+hello\n*** End Patch"
        )
    )
    client = connect()

    turn = run_turn(client, thread(client, folder))

    assert shape(turn.messages) == [
        *(*START, "+fileChange", "-fileChange", *DIFF, *USAGE, *DIFF, *MESSAGE, *USAGE, *DIFF, *END),
    ]
    item = changed(turn)
    assert (item["id"], item["status"]) == ("c1", "completed")
    assert item["changes"] == [
        {
            "path": str(folder / "b.txt"),
            "kind": {"type": "update", "move_path": None},
            "diff": "@@ -2,3 +2,3 @@\n 2\n-3\n+three\n 4\n",
        },
        {"path": str(folder / "gone.txt"), "kind": {"type": "delete"}, "diff": "x\n"},
        {"path": str(folder / "new.txt"), "kind": {"type": "add"}, "diff": "hello\n"},
    ]
    (output,) = outputs(upstream)
    matched = SUCCESS.fullmatch(output)
    assert matched is not None
    assert matched["body"] == "Success. Updated the following files:\nA new.txt\nM b.txt\nD gone.txt\n"
    assert (folder / "new.txt").read_text() == "hello\n"
    diff = str(turn.params("turn/diff/updated")[0]["diff"])
    assert "diff --git a/new.txt b/new.txt\nnew file mode 100644\nindex " + "0" * 40 + ".." in diff
    assert (
        "ce013625030ba8dba906f756967f9e9ca394464a\n--- /dev/null\n+++ b/new.txt\n@@ -0,0 +1 @@\n+hello\n"
        in diff
    )


@pytest.mark.parametrize(
    ("decision", "status"),
    [("accept", "completed"), ("acceptForSession", "completed"), ("decline", "declined")],
)
def test_a_patch_that_needs_a_word_waits_for_it(
    connect: Connect, upstream: Upstream, folder: Path, decision: str, status: str
) -> None:
    upstream.script(patching(ADD))
    client = connect()
    asked: list[JsonObject] = []

    def answer(params: JsonObject) -> JsonValue:
        asked.append(params)
        return {"decision": decision}

    client.on(ASK, answer)
    thread_id = thread(client, folder, "untrusted")

    turn = run_turn(client, thread_id)

    told = DIFF if status == "completed" else []
    seen = [one for one in shape(turn.messages) if one != "resolved"]
    assert seen == [
        *(*START, "+fileChange", "status:active", f"ask:{ASK}", "status:active"),
        *("-fileChange", *told, *USAGE, *told, *MESSAGE, *USAGE, *told, *END),
    ]
    (question,) = asked
    assert {key: question[key] for key in ("threadId", "turnId", "itemId")} == {
        "threadId": thread_id,
        "turnId": turn.id,
        "itemId": "c1",
    }
    assert (folder / "new.txt").exists() is (status == "completed")
    if status == "declined":
        assert outputs(upstream) == ["patch rejected by user"]


def test_a_cancel_ends_the_turn(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(patching(ADD))
    client = connect()
    client.on(ASK, lambda _: {"decision": "cancel"})

    turn = run_turn(client, thread(client, folder, "untrusted"))

    assert shape(turn.messages)[-2:] == ["status:idle", "turn:interrupted"]
    assert not (folder / "new.txt").exists()
    assert len(upstream.asked) == 1


def test_an_error_for_an_answer_is_a_no(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(patching(ADD))
    client = connect()

    def refuse(_: JsonObject) -> Refusal:
        return Refusal(-32601, "not known")

    client.on(ASK, refuse)

    turn = run_turn(client, thread(client, folder, "untrusted"))

    assert shape(turn.messages)[-1] == "turn:completed"
    assert outputs(upstream)[0] in ("patch rejected by user", "approval request failed")
    assert not (folder / "new.txt").exists()


@pytest.mark.parametrize(
    ("policy", "sandbox", "path", "output"),
    [
        (
            "never",
            "read-only",
            "x",
            "patch rejected: writing is blocked by read-only sandbox; rejected by user approval settings",
        ),
        (
            "never",
            "workspace-write",
            ".git/config",
            "patch rejected: writing outside of the project; rejected by user approval settings",
        ),
    ],
)
def test_what_nobody_may_be_asked_about_is_refused(
    connect: Connect, upstream: Upstream, folder: Path, policy: str, sandbox: str, path: str, output: str
) -> None:
    upstream.script(patching(ADD.replace("new.txt", path)))
    client = connect()

    turn = run_turn(client, thread(client, folder, policy, sandbox))

    assert shape(turn.messages) == [*START, *USAGE, *MESSAGE, *USAGE, *END]
    assert outputs(upstream) == [output]
    assert not (folder / path).exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("junk", "invalid patch: The first line of the patch must be '*** Begin Patch'"),
        (
            "*** Begin Patch\n*** Delete File: nothing\n*** End Patch",
            "Failed to read {folder}/nothing: No such file or directory (os error 2)",
        ),
        (
            "*** Begin Patch\n*** Update File: f\n-zz\n+b\n*** End Patch",
            "Failed to find expected lines in {folder}/f:\nzz",
        ),
    ],
)
def test_a_patch_that_does_not_fit_is_explained_and_shows_no_item(
    connect: Connect, upstream: Upstream, folder: Path, text: str, reason: str
) -> None:
    (folder / "f").write_text("a\n")
    upstream.script(patching(text))
    client = connect()

    turn = run_turn(client, thread(client, folder))

    assert shape(turn.messages) == [*START, *USAGE, *MESSAGE, *USAGE, *END]
    expected = f"apply_patch verification failed: {reason}".replace("{folder}", str(folder))
    assert outputs(upstream) == [expected]


def test_a_change_of_files_is_read_back_as_it_was(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(patching(ADD))
    client = connect()
    thread_id = thread(client, folder)
    turn = run_turn(client, thread_id)

    read = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True}))

    shown = changed(turn)
    turns = as_object(read["thread"])["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    (kept,) = [as_object(item) for item in items if as_object(item)["type"] == "fileChange"]
    assert {key: kept[key] for key in ("id", "changes", "status")} == {
        key: shown[key] for key in ("id", "changes", "status")
    }


def test_an_interrupt_while_a_patch_waits_ends_it(connect: Connect, upstream: Upstream, folder: Path) -> None:
    upstream.script(patching(ADD))
    client = connect()
    client.on(ASK, lambda _: Silence())
    thread_id = thread(client, folder, "untrusted")
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for(ASK, since)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    turn = finish_turn(client, turn_id, since)

    assert "turn:interrupted" in shape(turn.messages)
    assert not (folder / "new.txt").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize("tool", ["exec_command", "shell_command"])
def test_a_patch_that_is_given_to_a_shell_looks_like_any_other(
    connect: Connect, upstream: Upstream, folder: Path, tool: str
) -> None:
    (folder / "sub").mkdir()
    name = "cmd" if tool == "exec_command" else "command"
    script = f"cd sub && apply_patch <<'EOF'\n{ADD}\nEOF\n"
    upstream.script(stream(sse.created(), sse.call(tool, {name: script}), sse.completed()))
    client = connect()
    config: JsonValue = {"features": {"unified_exec": tool == "exec_command"}}
    thread_id = start_thread(client, cwd=str(folder), approvalPolicy="on-request", config=config)

    turn = run_turn(client, thread_id, sandboxPolicy={"type": "workspaceWrite"})

    assert shape(turn.messages) == [
        *(*START, "+fileChange", "-fileChange", *DIFF, *USAGE, *DIFF, *MESSAGE, *USAGE, *DIFF, *END),
    ]
    assert (changed(turn)["id"], changed(turn)["status"]) == ("c1", "completed")
    assert (folder / "sub" / "new.txt").read_text() == "hello\n"
    output = str(told(upstream)[-1]["output"])
    before, brace, outcome = output.partition("{")
    assert before == ("Wall time: 0.0000 seconds\nOutput:\n" if tool == "exec_command" else "")
    result = as_object(json.loads(brace + outcome))
    assert result["output"] == "Success. Updated the following files:\nA new.txt\n"
    assert as_object(result["metadata"])["exit_code"] == 0
