"""What `debug/buildPromptInput` announces of a thread's next turn is what that turn sends, item by item."""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.servers import OURS, Server
from support.upstream import Upstream, stream

SKILL = "---\nname: tidy\ndescription: Tidies up.\n---\nSweep.\n"
CALL = stream(sse.created(), sse.call("update_plan", {"plan": []}), sse.completed())
WRITE: JsonObject = {"type": "workspaceWrite", "writableRoots": ["/opt"], "networkAccess": True}


@pytest.fixture(autouse=True)
def only_ours(server: Server) -> None:
    if server.kind != OURS:
        pytest.skip("the method is our own")


def mode(name: str, text: str | None = None, model: str = "gpt-5.4") -> JsonObject:
    settings: JsonObject = {"model": model, "reasoning_effort": "low", "developer_instructions": text}
    return {"mode": name, "settings": settings}


CHANGES: tuple[JsonObject, ...] = (
    {},
    {"model": "gpt-5.4"},
    {"model": "gpt-5.2"},
    {"model": "unheard-of"},
    {"cwd": "sub"},
    {"sandboxPolicy": WRITE},
    {"sandboxPolicy": {"type": "dangerFullAccess"}},
    {"approvalPolicy": "never"},
    {"approvalPolicy": "untrusted"},
    {"approvalsReviewer": "auto_review"},
    {"personality": "friendly"},
    {"effort": "high"},
    {"collaborationMode": mode("plan")},
    {"collaborationMode": mode("default", "Work alone.", "gpt-5.5")},
    {"model": "gpt-5.4", "personality": "pragmatic", "approvalPolicy": "on-request", "cwd": "sub"},
)


def check(
    client: Client, upstream: Upstream, thread_id: str, inputs: list[JsonValue], changes: JsonObject
) -> None:
    """Preview a turn, run it, and compare what was announced with what was sent."""
    announced = client.call(
        "debug/buildPromptInput",
        {"threadId": thread_id, "input": inputs, "include": ["instructions", "tools"], **changes},
    )
    before = len(upstream.asked)
    run_turn(client, thread_id, "", input=inputs, **changes)
    sent = upstream.asked[before].json

    assert sent["input"] == announced["input"]
    assert (sent["instructions"], sent["tools"]) == (announced["instructions"], announced["tools"])


def said(text: str) -> list[JsonValue]:
    return [{"type": "text", "text": text, "text_elements": []}]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: " ".join(changes) or "nothing")
def test_first_and_later_turns_send_what_was_announced(
    connect: Connect, upstream: Upstream, changes: JsonObject
) -> None:
    (connect.workspace / "AGENTS.md").write_text("Be brief.\n")
    client = connect()
    thread_id = start_thread(client)

    check(client, upstream, thread_id, said("first"), changes)
    check(client, upstream, thread_id, said("again"), {})


def test_changes_one_after_another_are_announced(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    check(client, upstream, thread_id, said("first"), {})

    for number, changes in enumerate(CHANGES):
        check(client, upstream, thread_id, said(f"turn {number}"), changes)


def test_what_goes_with_an_input_is_announced_too(
    connect: Connect, upstream: Upstream, peer_home: Path
) -> None:
    folder = peer_home / "skills" / "tidy"
    folder.mkdir(parents=True)
    (folder / "SKILL.md").write_text(SKILL)
    client = connect()
    thread_id = start_thread(client)
    inputs: list[JsonValue] = [
        {"type": "localImage", "path": str(peer_home / "nowhere.png")},
        {"type": "image", "url": "data:image/png;base64,AAAA"},
        {"type": "skill", "name": "tidy", "path": str(folder / "SKILL.md")},
        *said("use $tidy\r\nplease"),
    ]

    check(client, upstream, thread_id, inputs, {})
    check(client, upstream, thread_id, inputs, {"model": "gpt-5.2"})


def test_calls_and_their_outputs_are_part_of_what_is_announced(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    upstream.script(CALL)
    run_turn(client, thread_id)

    check(client, upstream, thread_id, said("and now"), {})

    items = upstream.asked[-1].json["input"]
    assert isinstance(items, list)
    assert {"function_call", "function_call_output"} <= {str(as_object(item)["type"]) for item in items}


def test_a_preview_leaves_the_thread_as_it_was(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    thread_id = start_thread(client)
    plain: JsonObject = {"threadId": thread_id, "input": said("x")}
    first = client.call("debug/buildPromptInput", plain)

    for changes in CHANGES:
        client.call("debug/buildPromptInput", {**plain, **changes})

    assert client.call("debug/buildPromptInput", plain) == first
    assert upstream.asked == []


def test_what_no_turn_takes_is_not_previewed_either(connect: Connect) -> None:
    client = connect()

    refusal = client.refusal("debug/buildPromptInput", {"input": [{"type": "text", "text": "x" * 1_048_577}]})

    assert (refusal.code, refusal.message) == (
        -32602,
        "Input exceeds the maximum length of 1048576 characters.",
    )
