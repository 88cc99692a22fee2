"""Reviews: a turn whose answer is what another agent found (threads-and-turns.md §5)."""

import json
import subprocess
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, id_of, run_turn, start_thread
from support.upstream import Gate, Upstream, stream, text_reply

FINDING: JsonObject = {
    "title": "[P1] Close the file",
    "body": "It stays open.\nAnd leaks.",
    "confidence_score": 0.9,
    "priority": 1,
    "code_location": {"absolute_file_path": "/a.py", "line_range": {"start": 3, "end": 4}},
}


def output(*findings: JsonObject) -> str:
    return json.dumps(
        {
            "findings": list(findings),
            "overall_correctness": "patch is incorrect",
            "overall_explanation": "It leaks.",
            "overall_confidence_score": 0.8,
        }
    )


def review(client: Client, thread_id: str, target: JsonObject) -> tuple[JsonObject, Turn]:
    since = client.mark()
    result = client.call("review/start", {"threadId": thread_id, "target": target})
    return result, finish_turn(client, id_of(result["turn"]), since)


def items(turn: Turn, method: str = "item/completed") -> list[JsonObject]:
    return [as_object(params["item"]) for params in turn.params(method)]


def test_a_review_is_a_turn_that_ends_with_what_was_found(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply(output(FINDING, FINDING)))
    client = connect()
    thread_id = start_thread(client)

    result, turn = review(client, thread_id, {"type": "uncommittedChanges"})

    announced = as_object(result["turn"])
    found = (
        "It leaks.\n\nFull review comments:\n\n"
        "- [P1] Close the file — /a.py:3-4\n  It stays open.\n  And leaks.\n\n"
        "- [P1] Close the file — /a.py:3-4\n  It stays open.\n  And leaks."
    )
    assert result["reviewThreadId"] == thread_id
    assert (announced["status"], announced["itemsView"]) == ("inProgress", "notLoaded")
    assert isinstance(announced["items"], list)
    (hint,) = [as_object(item) for item in announced["items"]]
    assert (hint["type"], hint["id"]) == ("userMessage", turn.id)
    assert hint["content"] == [{"type": "text", "text": "current changes", "text_elements": []}]
    shown = items(turn)
    assert [(item["type"], item.get("review", item.get("text"))) for item in shown] == [
        ("enteredReviewMode", "current changes"),
        ("userMessage", None),
        ("exitedReviewMode", found),
        ("agentMessage", found),
    ]
    assert (shown[0]["id"], shown[2]["id"]) == (turn.id, turn.id)
    assert shown[3]["id"] == "review_rollout_assistant"
    assert turn.params("item/agentMessage/delta") == []
    assert turn.params("thread/tokenUsage/updated") == []
    assert turn.end["status"] == "completed"


def test_the_reviewer_starts_afresh_and_the_thread_learns_its_result(
    connect: Connect, upstream: Upstream
) -> None:
    upstream.script(text_reply("first"), text_reply(output(FINDING)), text_reply("last"))
    client = connect()
    thread_id = start_thread(client, config={"review_model": "the-reviewer"})
    run_turn(client, thread_id, "a secret of the thread")

    review(client, thread_id, {"type": "commit", "sha": "0123456789", "title": "Fix it"})
    run_turn(client, thread_id, "and now")

    before, asked, after = (json.dumps(one.json) for one in upstream.asked)
    assert upstream.asked[1].json["model"] == "the-reviewer"
    assert upstream.asked[1].instructions != upstream.asked[0].instructions
    assert "a secret of the thread" in before
    assert "a secret of the thread" not in asked
    assert "0123456789" in asked
    assert "Fix it" in asked
    assert "a secret of the thread" in after
    assert "Review comment:" in after
    assert "spawn_agent" not in asked
    assert '"web_search"' not in asked


def test_a_review_reads_back_as_it_was_shown(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("first"), text_reply(output(FINDING)))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    _, turn = review(client, thread_id, {"type": "custom", "instructions": " look at the tests "})

    read = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])

    turns = read["turns"]
    assert isinstance(turns, list)
    assert len(turns) == 2
    again = as_object(turns[1])["items"]
    assert isinstance(again, list)
    texts = {as_object(item)["type"]: as_object(item).get("review") for item in again}
    assert id_of(turns[1]) == turn.id
    assert texts["enteredReviewMode"] == "look at the tests"
    assert str(texts["exitedReviewMode"]).startswith("It leaks.\n\nReview comment:")
    assert "agentMessage" in texts


@pytest.mark.parametrize(
    ("answer", "found"),
    [("Looks fine to me.", "Looks fine to me."), (f"Here you are:\n{output()}", "It leaks.")],
)
def test_an_answer_without_structure_is_taken_as_it_is(
    connect: Connect, upstream: Upstream, answer: str, found: str
) -> None:
    upstream.script(text_reply(answer))
    client = connect()

    _, turn = review(client, start_thread(client), {"type": "uncommittedChanges"})

    assert items(turn)[-1]["text"] == found


def test_a_review_takes_no_steering_and_says_when_it_was_interrupted(
    connect: Connect, upstream: Upstream
) -> None:
    gate = Gate()
    upstream.script(stream(gate))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    result = client.call("review/start", {"threadId": thread_id, "target": {"type": "uncommittedChanges"}})
    turn_id = id_of(result["turn"])
    gate.wait_reached()

    steered = client.refusal(
        "turn/steer",
        {"threadId": thread_id, "expectedTurnId": turn_id, "input": [{"type": "text", "text": "x"}]},
    )
    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    gate.open()
    turn = finish_turn(client, turn_id, since)

    exited, said = items(turn)[-2:]
    assert steered.message == "cannot steer a review turn"
    assert exited["review"] == "Reviewer failed to output a response."
    assert (said["id"], "interrupted" in str(said["text"])) == ("review_rollout_assistant", True)
    assert turn.end["status"] == "interrupted"


def test_a_detached_review_runs_in_a_fork(connect: Connect, upstream: Upstream) -> None:
    upstream.script(text_reply("first"), text_reply(output()))
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    since = client.mark()

    result = client.call(
        "review/start",
        {"threadId": thread_id, "target": {"type": "uncommittedChanges"}, "delivery": "detached"},
    )
    turn = finish_turn(client, id_of(result["turn"]), since)
    started = as_object(client.wait_for("thread/started", since)["thread"])

    assert result["reviewThreadId"] == started["id"] != thread_id
    assert started["forkedFromId"] == thread_id
    assert all(params["threadId"] == started["id"] for params in turn.params("item/completed"))


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"type": "baseBranch", "branch": " "}, "branch must not be empty"),
        ({"type": "commit", "sha": ""}, "sha must not be empty"),
        ({"type": "custom", "instructions": "\n"}, "instructions must not be empty"),
    ],
)
def test_what_names_nothing_is_refused(connect: Connect, target: JsonObject, message: str) -> None:
    client = connect()
    params: JsonObject = {"threadId": start_thread(client), "target": target}

    assert client.refusal("review/start", params) == Refusal(-32600, message)


def git(folder: Path, *words: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_a_branch_is_compared_from_where_it_was_left(
    connect: Connect, upstream: Upstream, tmp_path: Path
) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "one")
    base = git(tmp_path, "rev-parse", "HEAD")
    git(tmp_path, "checkout", "-q", "-b", "work")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "two")
    client = connect()
    thread_id = start_thread(client, cwd=str(tmp_path), sandbox="read-only")

    review(client, thread_id, {"type": "baseBranch", "branch": "main"})
    review(client, thread_id, {"type": "baseBranch", "branch": "--output=x"})

    assert base in upstream.asked[0].input_texts[-1]
    assert "--output=x" in upstream.asked[1].input_texts[-1]
    assert base not in upstream.asked[1].input_texts[-1]


def test_a_branch_outside_of_a_repository_fails_the_thread_without_a_turn(
    connect: Connect, upstream: Upstream, tmp_path: Path
) -> None:
    client = connect()
    client.leaves_turns_open = True
    thread_id = start_thread(client, cwd=str(tmp_path), sandbox="read-only")
    since = client.mark()

    client.call("review/start", {"threadId": thread_id, "target": {"type": "baseBranch", "branch": "main"}})
    error = client.wait_for("error", since, threadId=thread_id)
    status: JsonValue = client.wait_for("thread/status/changed", since, threadId=thread_id)["status"]
    client.settle()

    assert error["willRetry"] is False
    assert status == {"type": "systemError"}
    assert upstream.asked == []
    assert "turn/started" not in [one.get("method") for one in client.received[since:]]
