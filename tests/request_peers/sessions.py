"""Scripted sessions that two servers are taken through."""

import base64
import io
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PIL import Image
from pydantic import JsonValue
from request_peers.logins import bedrock_by_account, bedrock_by_key, identity, identity_by_websocket, refused
from request_peers.stage import FREE, Stage, calling, compact, saying
from request_peers.websockets_and_compactions import (
    compaction_before_a_turn,
    compaction_by_endpoint,
    compaction_by_prompt,
    compaction_in_an_answer,
    compaction_within_a_turn,
    websocket,
    websocket_compacted,
    websocket_given_up,
    websocket_refused,
)
from support import sse
from support.agents import Cast, calls, spawned
from support.bedrock import ACCESS
from support.catalogue import entry
from support.client import JsonObject
from support.conversation import as_object, id_of, run_turn, start_thread, start_turn
from support.upstream import Asked, Cut, Gate, Reply, Status, stream, text_reply


def retries(stage: Stage) -> None:
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(
        calling(sse.call("no_such_tool", {"a": 1})), saying(), Status(500, "x"), text_reply()
    )
    run_turn(client, thread_id, "one")
    stage.upstream.script(
        Status(500, "x"), stream(*sse.message("half"), Cut()), text_reply("whole"), stream(Cut()), Status(403)
    )
    run_turn(client, thread_id, "two")
    run_turn(client, thread_id, "three")


def tools(stage: Stage) -> None:
    """A command, a plan, a patch, a picture, and all of them answered."""
    client = stage.client(extra=FREE)
    (stage.home / "dot.png").write_bytes(_picture())
    patch = "*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch"
    applied: JsonObject = {"type": "custom_tool_call", "name": "apply_patch", "input": patch, "call_id": "c3"}
    plan: JsonValue = [{"step": "look", "status": "in_progress"}]
    stage.upstream.script(
        calling(
            sse.call("exec_command", {"cmd": "echo hi; exit 3"}, "c1"),
            sse.call("update_plan", {"plan": plan}, "c2"),
            sse.item_done(applied),
            sse.call("view_image", {"path": str(stage.home / "dot.png")}, "c4"),
            sse.call("exec_command", {"wrong": 1}, "c5"),
            sse.call("exec_command", "no json", "c6"),
        ),
        saying(),
    )
    run_turn(client, start_thread(client), "work")


def reasoning(stage: Stage) -> None:
    """What a model thought and said goes back to it, and what it was not asked for too."""
    client = stage.client()
    thread_id = start_thread(client)
    thought: JsonObject = {
        "type": "reasoning",
        "id": "rs_1",
        "summary": [{"type": "summary_text", "text": "hm"}],
        "encrypted_content": "secret",
    }
    search: JsonObject = {
        "type": "web_search_call",
        "id": "ws_1",
        "status": "completed",
        "action": {"type": "search", "query": "x"},
    }
    stage.upstream.script(
        stream(*(sse.item_done(item) for item in (thought, search)), *sse.message("hi"), sse.completed())
    )
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


def taken_up(stage: Stage) -> None:
    """Items of every kind as they come and as a log has kept them; some are answers of the provider's."""
    client = stage.client()
    thread_id = start_thread(client)
    ran: JsonObject = {"type": "exec", "command": ["ls"], "env": {"A": "b"}}
    items: list[JsonObject] = [
        {"type": "local_shell_call", "call_id": "c1", "status": "completed", "action": ran},
        {"type": "web_search_call", "id": "ws_1", "status": "completed", "action": None},
        {"type": "tool_search_call", "call_id": "c2", "execution": "server", "arguments": {"query": "q"}},
        {
            "type": "tool_search_output",
            "call_id": "c2",
            "execution": "server",
            "status": "completed",
            "tools": [{"a": 1}],
        },
        {"type": "function_call_output", "call_id": "c1", "output": "x" * 60_000},
        {"type": "reasoning", "summary": [], "content": [{"type": "text", "text": "t"}]},
    ]
    stage.upstream.script(
        stream(sse.created(), *map(sse.item_done, items), *sse.message("hi")[1:], sse.completed())
    )
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")
    forked = id_of(client.call("thread/fork", {"threadId": thread_id})["thread"])
    run_turn(client, forked, "three")
    client.call("thread/rollback", {"threadId": thread_id, "numTurns": 1})
    run_turn(client, thread_id, "four")
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    run_turn(client, thread_id, "five")


def settings(stage: Stage) -> None:
    """Everything that a turn may say about its request."""
    client = stage.client(extra='model_verbosity = "high"\nservice_tier = "flex"')
    thread_id = start_thread(client, model="gpt-5.4")
    schema: JsonObject = {"type": "object", "properties": {"a": {"type": "string"}}}
    run_turn(client, thread_id, "one", effort="low", summary="detailed", outputSchema=schema)
    run_turn(
        client,
        thread_id,
        "two",
        serviceTier="priority",
        responsesapiClientMetadata={"k": "v", "turn_id": "x"},
    )
    run_turn(client, thread_id, "three", model="gpt-5.2")
    run_turn(client, thread_id, "four", model="who-knows")


def pictures(stage: Stage) -> None:
    client = stage.client()
    url = f"data:image/png;base64,{base64.b64encode(_picture()).decode()}"
    (stage.home / "dot.png").write_bytes(_picture())
    said: list[JsonValue] = [
        {"type": "text", "text": "look"},
        {"type": "image", "url": url},
        {"type": "localImage", "path": str(stage.home / "dot.png")},
    ]
    thread_id = start_thread(client)
    since = client.mark()
    turn = client.call("turn/start", {"threadId": thread_id, "input": said})["turn"]
    client.wait(lambda one: one.get("method") == "turn/completed" and id_of(turn) in str(one), since)


def review(stage: Stage) -> None:
    client = stage.client()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    since = client.mark()
    target: JsonObject = {"type": "custom", "instructions": "look"}
    turn = client.call("review/start", {"threadId": thread_id, "target": target})["turn"]
    client.wait(lambda one: one.get("method") == "turn/completed" and id_of(turn) in str(one), since)
    run_turn(client, thread_id, "two")


def agents(stage: Stage) -> None:
    """An agent that is told to do something, and waited for."""
    client = stage.client(extra=FREE)
    cast = Cast(stage.upstream)
    cast.play("one", calls(("spawn_agent", {"message": "the task"})), _waiting)
    run_turn(client, start_thread(client), "one")


def _waiting(asked: Asked) -> Reply:
    """A call that waits for the agent that was just started."""
    started: list[JsonValue] = [*spawned(asked)]
    return calls(("wait_agent", {"targets": started}))


def by_key(stage: Stage) -> None:
    client = stage.client(login="key", name="OpenAI")
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    client.call("model/list", {})


def custom(stage: Stage) -> None:
    """A provider with a key and headers of its own."""
    table = """env_key = "OWN_KEY"
query_params = { version = "1" }
http_headers = { "X-One" = "1", "User-Agent" = "me" }
env_http_headers = { "X-Two" = "TWO", "X-None" = "NOT_SET" }"""
    client = stage.client(provider=table, login="none")
    run_turn(client, start_thread(client), "one")


def azure(stage: Stage) -> None:
    """A provider that keeps responses, and wants the ids of items."""
    client = stage.client(name="azure", login="key", extra=FREE)
    thread_id = start_thread(client)
    thought: JsonObject = {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "secret"}
    called = sse.call("no_such_tool", {}, id="fc_1")
    stage.upstream.script(calling(sse.item_done(thought), called), saying())
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


def interrupted(stage: Stage) -> None:
    """Stopped while the model spoke; what was said until then is not kept, that it was stopped is."""
    gate = Gate()
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(
        stream(*sse.message("whole", "m1"), sse.message_opened("m2"), sse.delta("half"), gate)
    )
    since = client.mark()
    turn_id = start_turn(client, thread_id, "one")
    client.wait(lambda one: "half" in str(one), since)
    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    client.wait_for("turn/completed", since)
    gate.open()
    run_turn(client, thread_id, "two")


def review_stopped(stage: Stage) -> None:
    gate = Gate()
    client = stage.client()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    stage.upstream.script(stream(sse.created(), gate))
    since = client.mark()
    target: JsonObject = {"type": "custom", "instructions": "look"}
    client.call("review/start", {"threadId": thread_id, "target": target})
    gate.wait_reached()
    # The reference's answer names a turn that it does not know later.
    begun = [one["params"] for one in client.received if one.get("method") == "turn/started"]
    turn = id_of(as_object(begun[-1])["turn"])
    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn})
    client.wait_for("turn/completed", since)
    gate.open()
    run_turn(client, thread_id, "two")


def steered(stage: Stage) -> None:
    gate = Gate()
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(stream(sse.created(), gate, *sse.message("done")[1:], sse.completed()))
    since = client.mark()
    turn_id = start_turn(client, thread_id, "one")
    gate.wait_reached()
    more: JsonValue = [{"type": "text", "text": "and two"}]
    client.call("turn/steer", {"threadId": thread_id, "expectedTurnId": turn_id, "input": more})
    gate.open()
    client.wait_for("turn/completed", since)


def nobody(stage: Stage) -> None:
    client = stage.client(login="none")
    run_turn(client, start_thread(client), "one")


def later(stage: Stage) -> None:
    """Taken up by another server, and forked."""
    client = stage.client()
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    client.close()
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    run_turn(client, thread_id, "two")
    forked = id_of(client.call("thread/fork", {"threadId": thread_id})["thread"])
    run_turn(client, forked, "three")


def models(stage: Stage) -> None:
    """A provider's list, which another answer then says has changed."""

    def listed(_: Asked) -> Reply:
        return Status(200, {"models": [entry("gpt-5.5")]}, (("etag", '"one"'),))

    stage.upstream.models.usual = listed
    client = stage.client()
    client.call("model/list", {})
    stage.upstream.script(stream(*sse.message("x"), sse.completed(), headers=(("x-models-etag", '"two"'),)))
    before = len(stage.upstream.models.asked)
    run_turn(client, start_thread(client), "one")
    stage.upstream.models.wait_asked(before + 1)


def turn_state(stage: Stage) -> None:
    client = stage.client(extra=FREE)
    thread_id = start_thread(client)
    state = (("x-codex-turn-state", "sticky"),)
    called = sse.call("no_such_tool", {})
    stage.upstream.script(stream(sse.created(), called, sse.completed(), headers=state), saying())
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


def spoken(stage: Stage) -> None:
    client = stage.client(extra="features.realtime_conversation = true")
    thread_id = start_thread(client)
    params: JsonObject = {
        "threadId": thread_id,
        "outputModality": "audio",
        "prompt": "be brief",
        "transport": {"type": "webrtc", "sdp": "v=0 offer\r\n"},
    }
    client.call("thread/realtime/start", params)
    stage.realtime.updates.wait_asked(1)


class Session(NamedTuple):
    """A session, and the places whose requests are compared in it."""

    run: Callable[[Stage], None]
    places: tuple[str, ...] = ("/responses", "/responses/compact")
    account: Mapping[str, str] | None = None
    """At Amazon, which can be played only behind a proxy: what the environment says of the account there."""

    @property
    def name(self) -> str:
        return self.run.__name__


SESSIONS = (
    Session(retries),
    Session(websocket),
    Session(websocket_given_up),
    Session(websocket_refused),
    Session(websocket_compacted),
    Session(tools),
    Session(reasoning),
    Session(taken_up),
    Session(settings),
    Session(pictures),
    Session(compaction_by_prompt),
    Session(compaction_by_endpoint),
    Session(compaction_in_an_answer),
    Session(compaction_within_a_turn),
    Session(compaction_before_a_turn),
    Session(review),
    Session(agents),
    Session(by_key, ("/responses", "/responses/compact", "/models")),
    Session(custom),
    Session(azure),
    Session(interrupted),
    Session(review_stopped),
    Session(steered),
    Session(nobody, ("/responses", "/models")),
    Session(later),
    Session(refused, ("/responses", "/oauth/token", "/oauth/revoke", "/wham/usage")),
    Session(identity, ("/responses", "/responses/compact", "/models", "/wham/usage")),
    Session(identity_by_websocket),
    Session(bedrock_by_key, ("/openai/v1/responses",), {"AWS_BEARER_TOKEN_BEDROCK": "bedrock-key"}),
    Session(bedrock_by_account, ("/openai/v1/responses",), ACCESS),
    Session(models, ("/models",)),
    Session(turn_state),
    Session(spoken, ("/realtime/calls", "/realtime")),
)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(file, "PNG")
    return file.getvalue()
