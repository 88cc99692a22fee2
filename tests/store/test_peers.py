"""The reference reads what we wrote, lists it, goes on with it; and we read what the reference then wrote."""

from pathlib import Path

import anyio.to_thread
import pytest
from pydantic import JsonValue
from store.conftest import THREAD
from support.client import Client, JsonObject
from support.home import PROVIDER, write_config
from support.upstream import Upstream

from app_server.store import records
from app_server.store.replay_turns import replay_turns
from app_server.store.session_meta import GitState, SessionMeta
from app_server.store.threads import LocalThreadStore
from protocol.wire import JsonObject as Payload

TURN = "01a202e6-524b-7f71-ae11-bebe56a799a3"
FAILURE: Payload = {"message": "boom", "codexErrorInfo": "other", "additionalDetails": None}


def message(role: str, text: str) -> Payload:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


async def write_thread(home: Path) -> None:
    """One turn with reasoning and an answer, one that failed, and a name."""
    store = LocalThreadStore(home, git_of=lambda _: GitState("a" * 40, "main", "https://example.com/x"))
    log = store.create(
        SessionMeta(
            id=THREAD,
            timestamp="2026-11-22T10:56:18.497Z",
            cwd=str(home),
            originator="tests",
            cli_version="0.169.0",
            model_provider=PROVIDER,
            base_instructions="Be helpful.",
        )
    )
    inputs: list[Payload] = [
        {"type": "text", "text": "hello ", "text_elements": []},
        {"type": "text", "text": "there", "text_elements": []},
    ]
    log.append(
        records.task_started(TURN, started_at=1_795_344_978, model_context_window=258_400),
        records.response_item(message("user", "hello there")),
        records.user_message(inputs, item_id="user-1"),
        records.agent_reasoning("thinking", item_id="rs-1"),
        records.agent_message("hi", item_id="msg-1"),
        records.response_item(message("assistant", "hi")),
        records.task_complete(TURN, last_agent_message="hi", completed_at=1_795_344_979, duration_ms=900),
        records.task_started("t2", started_at=1_795_344_980, model_context_window=258_400),
        records.response_item(message("user", "again")),
        records.user_message(inputs[:1], item_id="user-2"),
        records.task_complete(
            "t2", last_agent_message=None, completed_at=1_795_344_981, duration_ms=1, error=FAILURE
        ),
    )
    await log.materialise()
    await store.set_name(THREAD, "Ours")
    await log.close()


def rows(result: JsonValue, path: str, *keys: str) -> list[tuple[JsonValue, ...]]:
    """These members of the objects in the list at this path."""
    for name in path.split("."):
        assert isinstance(result, dict)
        result = result[name]
    assert isinstance(result, list)
    return [tuple(row[key] for key in keys) for row in result if isinstance(row, dict)]


def go_on(command: tuple[str, ...], home: Path) -> tuple[JsonObject, JsonObject, list[str]]:
    """What the reference lists, what it resumes, and what the user has said when it asks the model again."""
    with Upstream() as upstream:
        write_config(home, upstream.base_url)
        with Client(command, home) as client:
            client.initialize({"experimentalApi": True})
            listed = client.call("thread/list", {})
            resumed = client.call("thread/resume", {"threadId": THREAD})
            text: JsonObject = {"type": "text", "text": "go on", "text_elements": []}
            client.call("turn/start", {"threadId": THREAD, "input": [text]})
            client.wait_for("turn/completed")
        return listed, resumed, upstream.asked[-1].input_texts


@pytest.mark.peers
async def test_the_reference_goes_on_with_our_thread_and_we_with_its_turns(
    reference_server: tuple[str, ...], peer_home: Path
) -> None:
    await write_thread(peer_home)

    command = (*reference_server, "app-server")
    listed, resumed, said = await anyio.to_thread.run_sync(go_on, command, peer_home)
    turns = replay_turns(await LocalThreadStore(peer_home).load(THREAD))

    assert rows(listed, "data", "id", "preview", "name") == [(THREAD, "hello there", "Ours")]
    assert [turn[0] for turn in rows(resumed, "thread.turns", "id")] == [TURN, "t2"]
    assert said == ["hello there", "again", "go on"]
    assert [(turn.status, [item.id for item in turn.items]) for turn in turns[:2]] == [
        ("completed", ["user-1", "rs-1", "msg-1"]),
        ("failed", ["user-2"]),
    ]
    assert (turns[2].status, [item.type for item in turns[2].items]) == (
        "completed",
        ["userMessage", "agentMessage"],
    )
