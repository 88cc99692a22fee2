"""Logs far larger than what a thread goes on from (D1), and many of them at once (C2)."""

import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject

MIB = 2**20
TIME = "2026-11-22T10:56:18.497Z"
PICTURE = "data:image/png;base64," + "A" * 100_000


def meta(thread_id: str) -> JsonObject:
    facts: JsonObject = {
        "id": thread_id,
        "timestamp": TIME,
        "cwd": "/",
        "originator": "x",
        "source": "vscode",
    }
    return {
        "type": "session_meta",
        "payload": {**facts, "cli_version": "0.169.0", "model_provider": "offline"},
    }


def event(kind: str, **facts: JsonValue) -> JsonObject:
    return {"type": "event_msg", "payload": {"type": kind, **facts}}


def item(kind: str, **facts: JsonValue) -> JsonObject:
    return {"type": "response_item", "payload": {"type": kind, **facts}}


def turn(turn_id: str, output_bytes: int) -> Iterator[JsonObject]:
    """A turn in which a command printed so much."""
    yield event("task_started", turn_id=turn_id)
    yield event("user_message", message="q", images=[])
    yield item("message", role="user", content=[{"type": "input_text", "text": "q"}])
    yield item("function_call", name="shell", arguments="{}", call_id=turn_id)
    yield item("function_call_output", call_id=turn_id, output="o" * output_bytes)
    yield event("task_complete", turn_id=turn_id)


def compacted_again_and_again(thread_id: str, times: int) -> Iterator[JsonObject]:
    """Turns, and behind each few of them a compaction that keeps the same ten pictures."""
    kept: list[JsonValue] = [
        {
            "type": "message",
            "role": "user",
            "content": [{"type": "input_image", "image_url": f"{PICTURE}{number}"}],
        }
        for number in range(10)
    ]
    yield meta(thread_id)
    for number in range(times):
        for part in range(20):
            yield from turn(f"t{number}-{part}", 40_000)
        yield {"type": "compacted", "payload": {"message": "s", "replacement_history": kept}}


def write_log(home: Path, lines: Iterator[JsonObject], thread_id: str) -> int:
    """Put a thread's log where the server finds it: its size in bytes."""
    folder = home / "sessions" / "2026" / "11" / "22"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rollout-2026-11-22T10-56-18-{thread_id}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"timestamp": TIME, **line}) + "\n" for line in lines)
    return path.stat().st_size


@pytest.fixture
def client(peer_home: Path) -> Iterator[Client]:
    with Client((sys.executable, "-m", "app_server", "app-server"), peer_home) as client:
        client.initialize({"experimentalApi": True})
        yield client


def resident(client: Client) -> int:
    return psutil.Process(client.process.pid).memory_info().rss


@pytest.mark.requirement("D1")
def test_memory_follows_what_a_thread_goes_on_from_and_not_its_log(client: Client, peer_home: Path) -> None:
    weights: list[int] = []
    sizes: list[int] = []
    for times in (1, 10, 60):
        thread_id = str(uuid.uuid4())
        sizes.append(write_log(peer_home, compacted_again_and_again(thread_id, times), thread_id))
        client.call("thread/resume", {"threadId": thread_id, "excludeTurns": True})
        weights.append(resident(client))

    assert sizes[2] > 100 * MIB
    assert weights[2] - weights[1] < 20 * MIB  # the pictures that are kept, read a second time, weigh 2 MiB


@pytest.mark.requirement("C2")
def test_long_resumes_let_short_requests_pass(client: Client, peer_home: Path) -> None:
    threads = [str(uuid.uuid4()) for _ in range(20)]
    for thread_id in threads:
        turns = (line for number in range(1000) for line in turn(f"t{number}", 4_000))
        write_log(peer_home, iter([meta(thread_id), *turns]), thread_id)
    client.call("model/list", {})

    resumes = [client.request("thread/resume", {"threadId": thread_id}) for thread_id in threads]
    passing = client.request("model/list", {})
    for request in (passing, *resumes):
        client.answer(request)

    order = [message["id"] for message in client.received if message.get("id") in {passing, *resumes}]
    assert order.index(passing) <= len(resumes) // 4
