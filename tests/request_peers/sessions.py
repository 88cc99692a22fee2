"""Scripted sessions that two servers are taken through."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from pydantic import JsonValue
from support import sse
from support.agents import Cast, calls, spawned
from support.catalogue import entry
from support.client import Client, JsonObject
from support.conversation import as_object, id_of, run_turn, start_thread, start_turn
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.tokens import given
from support.upstream import Asked, Cut, Endpoint, Gate, Reply, Status, Stream, Upstream, stream, text_reply
from support.upstream.realtime import Realtime

FREE = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"'
ALONE = "features.apps = false"
"""Without the servers that belong to a ChatGPT login."""
SOCKETS = "supports_websockets = true"


@dataclass
class Stage:
    """One server's home, provider and client."""

    home: Path
    upstream: Upstream
    connect: Callable[[], Client]
    realtime: Realtime = field(init=False)

    def __post_init__(self) -> None:
        self.realtime = Realtime(self.upstream)

    def client(self, *, name: str = "Loopback", **settings: str) -> Client:
        """A greeted client; the home is written first. `settings` are `write_config`'s."""
        write_config(
            self.home,
            self.upstream.base_url,
            chatgpt="env_key" not in settings.get("provider", ""),
            retries=1,
            provider=settings.get("provider", ""),
            extra=f"{settings.get('extra', '')}\n{ALONE}",
        )
        path = self.home / "config.toml"
        path.write_text(path.read_text("utf-8").replace('name = "Loopback"', f'name = "{name}"'), "utf-8")
        match settings.get("login", "chatgpt"):
            case "chatgpt":
                write_chatgpt_login(self.home)
            case "key":
                write_api_key_login(self.home)
            case _:
                pass
        return self.again()

    def again(self) -> Client:
        """Another server in the same home."""
        client = self.connect()
        client.on("attestation/generate", lambda _: {"token": "t"})
        client.initialize({"experimentalApi": True, "requestAttestation": True})
        return client


def _calls(*calls: JsonObject, response: str = "r1") -> Stream:
    return stream(sse.created(response), *calls, sse.completed(response))


def _says(text: str = "done", response: str = "r2") -> Stream:
    return stream(*sse.message(text), sse.completed(response))


def _compact(client: Client, thread_id: str) -> None:
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)


def retries(stage: Stage) -> None:
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(_calls(sse.call("no_such_tool", {"a": 1})), _says(), Status(500, "x"), text_reply())
    run_turn(client, thread_id, "one")
    stage.upstream.script(
        Status(500, "x"), stream(*sse.message("half"), Cut()), text_reply("whole"), stream(Cut()), Status(403)
    )
    run_turn(client, thread_id, "two")
    run_turn(client, thread_id, "three")


def websocket(stage: Stage) -> None:
    """Warmed up, continued, with another effort, broken off once."""
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS, extra=FREE)
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    stage.upstream.script(_calls(sse.call("no_such_tool", {"a": 1})), _says())
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")
    run_turn(client, thread_id, "three", effort="high")
    stage.upstream.script(stream(sse.created(), Cut()))
    run_turn(client, thread_id, "four")


def websocket_given_up(stage: Stage) -> None:
    """A provider that takes upgrades and breaks every answer off, until HTTP takes its place."""
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS)
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    stage.upstream.script(stream(sse.created(), Cut()), stream(sse.created(), Cut()))
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


def websocket_refused(stage: Stage) -> None:
    client = stage.client(provider=SOCKETS)
    run_turn(client, start_thread(client), "one")


def websocket_compacted(stage: Stage) -> None:
    stage.upstream.responses.speak_websocket()
    client = stage.client(provider=SOCKETS, name="OpenAI")
    thread_id = start_thread(client)
    stage.upstream.responses.warm_ups.wait_asked(1)
    run_turn(client, thread_id, "one")
    _compact(client, thread_id)
    run_turn(client, thread_id, "two")


def tools(stage: Stage) -> None:
    """A command, a plan, a patch, a picture, and all of them answered."""
    client = stage.client(extra=FREE)
    (stage.home / "dot.png").write_bytes(_picture())
    patch = "*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch"
    applied: JsonObject = {"type": "custom_tool_call", "name": "apply_patch", "input": patch, "call_id": "c3"}
    plan: JsonValue = [{"step": "look", "status": "in_progress"}]
    stage.upstream.script(
        _calls(
            sse.call("exec_command", {"cmd": "echo hi; exit 3"}, "c1"),
            sse.call("update_plan", {"plan": plan}, "c2"),
            sse.item_done(applied),
            sse.call("view_image", {"path": str(stage.home / "dot.png")}, "c4"),
            sse.call("exec_command", {"wrong": 1}, "c5"),
            sse.call("exec_command", "no json", "c6"),
        ),
        _says(),
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


def compaction_by_prompt(stage: Stage) -> None:
    client = stage.client()
    thread_id = start_thread(client)
    stage.upstream.script(text_reply("one"), text_reply("a summary"))
    run_turn(client, thread_id, "one")
    _compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_by_endpoint(stage: Stage) -> None:
    client = stage.client(name="OpenAI")
    thread_id = start_thread(client)
    run_turn(client, thread_id, "one")
    _compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_in_an_answer(stage: Stage) -> None:
    """The newer way, within a turn and on its own."""
    extra = "model_auto_compact_token_limit = 20000\nfeatures.remote_compaction_v2 = true\n" + FREE
    client = stage.client(name="OpenAI", extra=extra)
    thread_id = start_thread(client)
    mark = sse.item_done({"type": "compaction", "id": "cmp_1", "encrypted_content": "short"})
    called = sse.call("exec_command", {"cmd": "echo hi"})
    stage.upstream.script(
        stream(sse.created(), called, sse.completed(input_tokens=30000)), _calls(mark), _says(), _calls(mark)
    )
    run_turn(client, thread_id, "one")
    _compact(client, thread_id)
    run_turn(client, thread_id, "two")


def compaction_within_a_turn(stage: Stage) -> None:
    client = stage.client(extra="model_auto_compact_token_limit = 20000\n" + FREE)
    thread_id = start_thread(client)
    called = sse.call("exec_command", {"cmd": "echo hi"})
    stage.upstream.script(
        stream(sse.created(), called, sse.completed(input_tokens=30000)), text_reply("a summary"), _says()
    )
    run_turn(client, thread_id, "one")


def compaction_before_a_turn(stage: Stage) -> None:
    client = stage.client(name="OpenAI", extra="model_auto_compact_token_limit = 20000")
    thread_id = start_thread(client)
    stage.upstream.script(stream(*sse.message("long"), sse.completed(input_tokens=30000)))
    run_turn(client, thread_id, "one")
    run_turn(client, thread_id, "two")


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
    _compact(client, thread_id)
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
    stage.upstream.script(_calls(sse.item_done(thought), called), _says())
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
    _compact(client, thread_id)
    client.close()
    client = stage.again()
    client.call("thread/resume", {"threadId": thread_id})
    run_turn(client, thread_id, "two")
    forked = id_of(client.call("thread/fork", {"threadId": thread_id})["thread"])
    run_turn(client, forked, "three")


def refused(stage: Stage) -> None:
    """A login that is not taken: read again, renewed, then given up; and the account's own requests."""
    tokens = Endpoint(lambda _: Status(200, given("new")))
    stage.upstream.add("POST", "/oauth/token", tokens)
    stage.upstream.add("POST", "/oauth/revoke", Endpoint(lambda _: Status(200, {})))
    usage: JsonObject = {"plan_type": "pro", "rate_limit": None}
    stage.upstream.add("GET", "/wham/usage", Endpoint(lambda _: Status(200, usage)))
    stage.upstream.script(*(Status(401, {"error": {"message": "no"}}) for _ in range(2)))
    client = stage.client()
    run_turn(client, start_thread(client), "one")
    client.call("account/rateLimits/read")
    client.call("account/logout")


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
    stage.upstream.script(stream(sse.created(), called, sse.completed(), headers=state), _says())
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
    Session(models, ("/models",)),
    Session(turn_state),
    Session(spoken, ("/realtime/calls", "/realtime")),
)


def _picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(file, "PNG")
    return file.getvalue()
