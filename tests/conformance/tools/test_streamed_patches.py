"""Patches that clients see while the model writes them (tools.md §4.3)."""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support import sse
from support.client import JsonObject
from support.connect import Connect
from support.conversation import finish_turn, start_thread, start_turn
from support.upstream import Gate, Stream, Upstream, stream

UPDATED = "item/fileChange/patchUpdated"
FIRST, REST = "*** Begin Patch\n*** Add File: new.txt\n+one\n+t", "wo\n*** End Patch\n"
FEATURE: JsonObject = {"features": {"apply_patch_streaming_events": True}}


def piece(text: str) -> sse.Event:
    return {"type": "response.custom_tool_call_input.delta", "delta": text, "item_id": "ctc-1"}


def writing(gate: Gate) -> Stream:
    item: JsonObject = {"type": "custom_tool_call", "id": "ctc-1", "call_id": "c1", "name": "apply_patch"}
    opened: sse.Event = {"type": "response.output_item.added", "item": {**item, "input": ""}}
    done = sse.item_done({**item, "input": FIRST + REST})
    return stream(sse.created(), opened, piece(FIRST), gate, piece(REST), done, sse.completed())


def added(path: str, diff: str) -> JsonValue:
    return [{"path": path, "kind": {"type": "add"}, "diff": diff}]


def test_what_is_written_so_far_is_shown_before_the_call_is_whole(
    connect: Connect, upstream: Upstream, tmp_path: Path
) -> None:
    gate = Gate()
    upstream.script(writing(gate))
    client = connect()
    thread_id = start_thread(client, cwd=str(tmp_path), sandbox="danger-full-access", config=FEATURE)
    since = client.mark()
    turn_id = start_turn(client, thread_id)

    shown = client.wait_for(UPDATED, since)
    assert not (tmp_path / "new.txt").exists()
    gate.open()
    turn = finish_turn(client, turn_id, since)

    ids: JsonObject = {"threadId": thread_id, "turnId": turn_id, "itemId": "c1"}
    assert shown == {**ids, "changes": added("new.txt", "one\n")}
    assert turn.params(UPDATED)[-1] == {**ids, "changes": added("new.txt", "one\ntwo\n")}
    assert (tmp_path / "new.txt").read_text() == "one\ntwo\n"
    order = [str(one.get("method")) for one in turn.messages]
    last = max(at for at, method in enumerate(order) if method == UPDATED)
    begun = next(
        at
        for at, one in enumerate(turn.messages)
        if one.get("method") == "item/started" and '"fileChange"' in str(one).replace("'", '"')
    )
    assert last < begun


@pytest.mark.parametrize("config", [{}, {"features": {"apply_patch_streaming_events": False}}])
def test_without_the_feature_a_patch_is_shown_when_it_is_whole(
    connect: Connect, upstream: Upstream, tmp_path: Path, config: JsonObject
) -> None:
    gate = Gate()
    gate.open()
    upstream.script(writing(gate))
    client = connect()
    thread_id = start_thread(client, cwd=str(tmp_path), sandbox="danger-full-access", config=config)
    since = client.mark()

    turn = finish_turn(client, start_turn(client, thread_id), since)

    assert turn.params(UPDATED) == []
    assert (tmp_path / "new.txt").read_text() == "one\ntwo\n"
