"""Sessions in which settings change between turns: what of it the model is told (prompt-input.md §6)."""

from collections.abc import Mapping

from pydantic import JsonValue
from request_peers.sessions import Session
from request_peers.stage import Stage
from support.client import Client, JsonObject
from support.conversation import id_of, run_turn, start_thread
from support.upstream import text_reply

WRITE: JsonObject = {"type": "workspaceWrite", "writableRoots": ["/opt"], "networkAccess": True}
READ: JsonObject = {"type": "readOnly", "networkAccess": False}
FREE: JsonObject = {"type": "dangerFullAccess"}


def _mode(name: str, text: str | None, effort: str | None = None, model: str = "gpt-5.4") -> JsonObject:
    settings: JsonObject = {"model": model, "reasoning_effort": effort, "developer_instructions": text}
    return {"mode": name, "settings": settings}


def _turns(client: Client, thread_id: str, *changes: Mapping[str, JsonValue]) -> None:
    for number, changed in enumerate(changes):
        run_turn(client, thread_id, f"turn {number}", **changed)


def _started(stage: Stage, **params: JsonValue) -> tuple[Client, str]:
    client = stage.client()
    return client, start_thread(client, model="gpt-5.4", **params)


def permissions(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(
        client,
        thread_id,
        {},
        {"approvalPolicy": "never"},
        {"approvalPolicy": "never"},
        {"approvalsReviewer": "auto_review"},
        {"sandboxPolicy": WRITE},
        {"sandboxPolicy": FREE},
        {"sandboxPolicy": READ, "approvalPolicy": "untrusted"},
        {"approvalPolicy": "on-failure"},
        {
            "approvalPolicy": {
                "granular": {"sandbox_approval": True, "rules": False, "mcp_elicitations": True}
            }
        },
        {},
    )


def folders(stage: Stage) -> None:
    for name in ("a", "b"):
        (stage.home / name).mkdir()
    (stage.home / "a" / "AGENTS.md").write_text("Be brief.\n")
    a, b = str(stage.home / "a"), str(stage.home / "b")
    client, thread_id = _started(stage, cwd=a)
    _turns(client, thread_id, {}, {"cwd": b}, {}, {"sandboxPolicy": WRITE}, {"cwd": a}, {"cwd": a})


def models_and_personalities(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(
        client,
        thread_id,
        {"personality": "friendly"},
        {"personality": "pragmatic"},
        {"personality": "none"},
        {"model": "gpt-5.2"},
        {"model": "gpt-5.2", "personality": "friendly"},
        {"model": "gpt-5.4", "personality": "pragmatic"},
        {"model": "unheard-of"},
        {"effort": "high"},
        {"model": "gpt-5.4"},
    )


def another_model_at_first(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(client, thread_id, {"model": "gpt-5.2"}, {}, {"model": "gpt-5.4", "approvalPolicy": "never"})


def own_instructions(stage: Stage) -> None:
    client, thread_id = _started(stage, baseInstructions="Mine.", developerInstructions="Also mine.")
    _turns(
        client, thread_id, {}, {"personality": "friendly"}, {"model": "gpt-5.2"}, {"approvalPolicy": "never"}
    )


def modes(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(
        client,
        thread_id,
        {"collaborationMode": _mode("plan", "PLAN")},
        {"collaborationMode": _mode("plan", "PLAN")},
        {"collaborationMode": _mode("plan", "PLAN", "high")},
        {"effort": "low"},
        {"collaborationMode": _mode("default", "")},
        {},
        {"collaborationMode": _mode("default", "ALONE", model="gpt-5.2")},
        {"collaborationMode": _mode("plan", "PLAN"), "approvalPolicy": "never", "personality": "friendly"},
    )


def after_a_resume(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(client, thread_id, {}, {"approvalPolicy": "never", "collaborationMode": _mode("plan", "PLAN")})
    for params, changed in (
        ({}, {}),
        ({"model": "gpt-5.2"}, {}),
        ({"approvalPolicy": "untrusted", "sandbox": "workspace-write"}, {"personality": "friendly"}),
        ({"cwd": str(stage.home)}, {"model": "gpt-5.4"}),
    ):
        client = stage.again()
        client.call("thread/resume", {"threadId": thread_id, **params})
        _turns(client, thread_id, changed, {})


def in_a_fork(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(client, thread_id, {}, {"approvalPolicy": "never", "personality": "friendly"})
    for params, changed in (({}, {}), ({"model": "gpt-5.2"}, {}), ({}, {"approvalPolicy": "on-request"})):
        fork = id_of(client.call("thread/fork", {"threadId": thread_id, **params})["thread"])
        _turns(client, fork, changed, {})
    _turns(client, thread_id, {})


def after_a_rollback(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(client, thread_id, {}, {"approvalPolicy": "never", "cwd": str(stage.home)}, {"model": "gpt-5.2"})
    for count, changed in ((1, {}), (1, {}), (2, {"approvalPolicy": "untrusted"}), (9, {})):
        client.call("thread/rollback", {"threadId": thread_id, "numTurns": count})
        _turns(client, thread_id, changed, {})


def after_a_rollback_and_a_resume(stage: Stage) -> None:
    """What was chosen in a turn that is taken back stays chosen."""
    client, thread_id = _started(stage)
    _turns(client, thread_id, {}, {"model": "gpt-5.2", "effort": "low"})
    client.call("thread/rollback", {"threadId": thread_id, "numTurns": 1})
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    _turns(client, thread_id, {}, {"model": "gpt-5.4"})
    fork = id_of(client.call("thread/fork", {"threadId": thread_id, "model": "gpt-5.5"})["thread"])
    client.call("thread/rollback", {"threadId": fork, "numTurns": 9})
    _turns(client, fork, {})


def after_a_compaction(stage: Stage) -> None:
    client, thread_id = _started(stage)
    _turns(client, thread_id, {}, {"approvalPolicy": "never"})
    for changed in ({}, {"model": "gpt-5.2"}, {"approvalPolicy": "untrusted", "cwd": str(stage.home)}):
        stage.upstream.script(text_reply("a summary"))
        since = client.mark()
        client.call("thread/compact/start", {"threadId": thread_id})
        client.wait_for("turn/completed", since)
        _turns(client, thread_id, changed, {})


def what_was_said_before_a_compaction(stage: Stage) -> None:
    """Nothing, a picture, the tag of a picture in a user's own words."""
    client, thread_id = _started(stage)
    picture: JsonObject = {"type": "image", "url": "https://example.com/a.png"}
    tag: JsonObject = {"type": "text", "text": "<image>"}
    skill: JsonObject = {"type": "skill", "name": "x", "path": "/x"}
    said: list[list[JsonValue]] = [[{"type": "text", "text": ""}], [skill], [picture], [picture, tag], [tag]]
    for parts in said:
        since = client.mark()
        client.call("turn/start", {"threadId": thread_id, "input": parts})
        client.wait_for("turn/completed", since)
    stage.upstream.script(text_reply("a summary"))
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)
    _turns(client, thread_id, {})


def _speak(stage: Stage, client: Client, thread_id: str, number: int) -> None:
    params: JsonObject = {
        "threadId": thread_id,
        "outputModality": "audio",
        "prompt": "be brief",
        "transport": {"type": "webrtc", "sdp": "v=0 offer\r\n"},
    }
    client.call("thread/realtime/start", params)
    stage.realtime.updates.wait_asked(number)


def _fall_silent(client: Client, thread_id: str) -> None:
    since = client.mark()
    client.call("thread/realtime/stop", {"threadId": thread_id})
    client.wait_for("thread/realtime/closed", since)


def spoken_between(stage: Stage) -> None:
    """What is spoken begins before the first turn, and between later ones; with a resume in the middle."""
    client = stage.client(extra="features.realtime_conversation = true")
    thread_id = start_thread(client, model="gpt-5.4")
    _turns(client, thread_id, {})
    _speak(stage, client, thread_id, 1)
    _turns(client, thread_id, {}, {}, {"approvalPolicy": "never"})
    _fall_silent(client, thread_id)
    _turns(client, thread_id, {"personality": "friendly"}, {})
    _speak(stage, client, thread_id, 2)
    _turns(client, thread_id, {"model": "gpt-5.2"})
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    _turns(client, thread_id, {}, {})
    other = start_thread(client, model="gpt-5.4")
    _speak(stage, client, other, 3)
    _turns(client, other, {}, {})
    _fall_silent(client, other)
    _turns(client, other, {}, {})


CHANGES = (
    Session(permissions),
    Session(folders),
    Session(models_and_personalities),
    Session(another_model_at_first),
    Session(own_instructions),
    Session(modes),
    Session(after_a_resume),
    Session(in_a_fork),
    Session(after_a_rollback),
    Session(after_a_rollback_and_a_resume),
    Session(after_a_compaction),
    Session(what_was_said_before_a_compaction),
    Session(spoken_between),
)
