"""Small services beside threads: summaries, diffs to a remote, memories, feedback (services.md §10)."""

import re
import subprocess
from pathlib import Path

from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, id_of, run_turn

NOBODY = "00000000-0000-7000-8000-000000000000"


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_conversation_is_summed_up_by_id_and_by_path(connect: Connect, tmp_path: Path) -> None:
    client = connect()
    thread = as_object(client.call("thread/start", {"cwd": str(tmp_path), "sandbox": "read-only"})["thread"])
    run_turn(client, id_of(thread), "what it is about")

    by_id = as_object(client.call("getConversationSummary", {"conversationId": thread["id"]})["summary"])
    by_path = as_object(client.call("getConversationSummary", {"rolloutPath": thread["path"]})["summary"])
    unknown = client.refusal("getConversationSummary", {"conversationId": NOBODY})

    expected: JsonObject = {
        "conversationId": thread["id"],
        "path": thread["path"],
        "preview": "what it is about",
        "modelProvider": "loopback",
        "source": "vscode",
        "gitInfo": None,
    }
    assert {key: by_id[key] for key in expected} == expected
    assert by_path == by_id
    assert unknown == Refusal(-32600, f"no rollout found for conversation id {NOBODY}")


def test_the_diff_to_the_remote_holds_what_only_the_checkout_has(shared: Client, tmp_path: Path) -> None:
    remote, work = tmp_path / "remote", tmp_path / "work"
    remote.mkdir()
    git(remote, "init", "-q")
    (remote / "file").write_text("one\n")
    git(remote, "add", ".")
    git(remote, "commit", "-q", "-m", "one")
    git(tmp_path, "clone", "-q", str(remote), str(work))
    known = git(work, "rev-parse", "HEAD")
    unchanged = shared.call("gitDiffToRemote", {"cwd": str(work)})
    (work / "file").write_text("two\n")
    git(work, "commit", "-q", "-a", "-m", "two")
    (work / "file").write_text("three\n")
    (work / "new file").write_text("untracked\n")

    found = shared.call("gitDiffToRemote", {"cwd": str(work)})

    assert unchanged == {"sha": known, "diff": ""}
    assert found["sha"] == known
    diff = str(found["diff"])
    assert "-one\n+three\n" in diff
    assert "+untracked\n" in diff


def test_without_a_remote_there_is_no_diff_to_it(shared: Client, tmp_path: Path) -> None:
    def refusal(folder: Path) -> Refusal:
        return shared.refusal("gitDiffToRemote", {"cwd": str(folder)})

    def expected(folder: Path) -> Refusal:
        return Refusal(-32600, f'failed to compute git diff to remote for cwd: "{folder}"')

    outside = refusal(tmp_path)
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "one")

    assert outside == expected(tmp_path)
    assert refusal(tmp_path) == expected(tmp_path)
    assert refusal(tmp_path / "none") == expected(tmp_path / "none")


def test_memories_are_emptied_but_never_through_a_link(connect: Connect, tmp_path: Path) -> None:
    (connect.home / "memories" / "deep").mkdir(parents=True)
    (connect.home / "memories" / "deep" / "one").write_text("")
    (tmp_path / "kept").write_text("")
    (connect.home / "memories" / "link").symlink_to(tmp_path)
    client = connect()

    answers: list[JsonValue] = [client.call("memory/reset"), client.call("memory/reset", {})]
    extensions = connect.home / "memories_extensions"
    if extensions.exists():  # a reference server has made it
        extensions.rmdir()
    extensions.symlink_to(tmp_path)
    refused = client.refusal("memory/reset")

    assert answers == [{}, {}]
    assert list((connect.home / "memories").iterdir()) == []
    assert refused.code == -32603
    assert (tmp_path / "kept").exists()


def test_feedback_gets_an_id_unless_it_is_switched_off(connect: Connect) -> None:
    client = connect()
    params: JsonObject = {"classification": "bug", "includeLogs": False}

    anonymous = client.call("feedback/upload", params)["threadId"]
    named = client.call("feedback/upload", {**params, "threadId": NOBODY})["threadId"]
    malformed = client.refusal("feedback/upload", {**params, "threadId": "nope"})
    config = connect.home / "config.toml"
    config.write_text(config.read_text() + "\n[feedback]\nenabled = false\n")
    off = connect().refusal("feedback/upload", params)

    assert re.fullmatch(r"no-active-thread-[0-9a-f-]{36}", str(anonymous))
    assert named == NOBODY
    assert malformed.message.startswith("invalid thread id: ")
    assert off == Refusal(-32600, "sending feedback is disabled by configuration")


def test_the_sandbox_of_windows_is_not_here(connect: Connect) -> None:
    client = connect()

    readiness = client.call("windowsSandbox/readiness")
    started = client.call("windowsSandbox/setupStart", {"mode": "unelevated"})
    ended = client.wait_for("windowsSandbox/setupCompleted")

    assert readiness == {"status": "notConfigured"}
    assert started == {"started": True}
    assert ended == {
        "mode": "unelevated",
        "success": False,
        "error": "legacy Windows sandbox setup is only supported on Windows",
    }


def test_the_state_of_memories_is_told(shared: Client) -> None:
    said = "minConsolidatedThreads must be between 1 and 4096"

    assert shared.call("memory/status", {}) == {"v2ConsolidatedThreads": 0, "v2Ready": True}
    for number in (0, 4097):
        refused = shared.refusal("memory/status", {"minConsolidatedThreads": number})
        assert refused == Refusal(-32602, said)


def test_the_process_tells_its_figures(connect: Connect) -> None:
    client = connect()

    told = client.call("server/diagnostics", {})

    process = as_object(told["process"])
    assert process["id"] == client.process.pid
    assert isinstance(process["residentMemoryBytes"], int)
    assert process["residentMemoryBytes"] > 1_000_000
    assert isinstance(told["gauges"], list)
    gauges = {str(as_object(one)["name"]): as_object(one)["value"] for one in told["gauges"]}
    assert gauges["app.requests.in_flight"] == 1
