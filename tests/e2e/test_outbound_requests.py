"""Every request that leaves the server, and whether it carries the attestation (model-client.md §6).

Each session below has a table of all requests that it makes, of any kind and to anybody. A request that is
not in the table fails the test, so that a new one cannot leave without a decision about its attestation.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from support import sse
from support.agents import Cast, calls
from support.client import Client, JsonObject
from support.conversation import id_of, run_turn, start_thread
from support.home import write_api_key_login, write_chatgpt_login
from support.outbound import World, calling, unauthorized
from support.tokens import PAST, stored_login
from support.upstream import Cut, Status, stream, text_reply

WITH, WITHOUT = True, False
Table = dict[tuple[str, str], bool]

RESPONSES = ("provider", "POST /v1/responses")
HANDSHAKE = ("provider", "GET /v1/responses, upgrade")
COMPACT = ("provider", "POST /v1/responses/compact")
CALL = ("provider", "POST /v1/realtime/calls")
SIDEBAND = ("provider", "GET /v1/realtime, upgrade")
MODELS = ("provider", "GET /v1/models")
USAGE = ("provider", "GET /backend-api/wham/usage")
TOKEN = ("issuer", "POST /oauth/token")
REVOKE = ("issuer", "POST /oauth/revoke")
CODE = ("issuer", "POST /api/accounts/deviceauth/usercode")
TYPED = ("issuer", "POST /api/accounts/deviceauth/token")
MCP: Table = {("mcp", f"{method} /mcp"): WITHOUT for method in ("POST", "GET", "DELETE")}
APPS: Table = {("provider", "POST /backend-api/wham/apps"): WITHOUT}
"""The server of the account's apps, which a logged-in session listens to beside its own."""


@pytest.fixture
def world(our_server: tuple[str, ...], peer_home: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A client that finds its server as desktop apps do."""
    monkeypatch.setenv("CODEX_CLI_PATH", our_server[0])
    return World(peer_home, (os.environ["CODEX_CLI_PATH"], "app-server"))


def compact(client: Client, thread_id: str) -> None:
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)


def speak(world: World, client: Client, thread_id: str, transport: JsonObject) -> None:
    """A spoken conversation, until the websocket beside it says something."""
    since, before = client.mark(), len(world.realtime.updates.asked)
    params: JsonObject = {"threadId": thread_id, "outputModality": "audio", "transport": transport}
    client.call("thread/realtime/start", params)
    world.realtime.updates.wait_asked(before + 1)
    client.call("thread/realtime/stop", {"threadId": thread_id})
    client.wait_for("thread/realtime/closed", since)


WEBRTC: JsonObject = {"type": "webrtc", "sdp": "v=0 offer\r\n"}


def use_everything(world: World, client: Client) -> None:
    """A turn with a tool, a compaction, a spoken conversation, the models and the limits."""
    thread_id = start_thread(client)
    client.wait_for("mcpServer/startupStatus/updated", name="far", status="ready")
    world.upstream.script(stream(*calling("echo")))
    assert run_turn(client, thread_id).end["status"] == "completed"
    compact(client, thread_id)
    assert run_turn(client, thread_id).end["status"] == "completed"
    client.call("model/list", {})


def over_http(world: World) -> None:
    world.configure()
    (world.home / "auth.json").write_text(json.dumps(stored_login(expires=PAST)))
    client = world.client()
    use_everything(world, client)
    thread_id = start_thread(client)
    speak(world, client, thread_id, WEBRTC)
    client.call("account/rateLimits/read")
    client.call("account/logout")


def over_websocket(world: World) -> None:
    world.upstream.responses.speak_websocket()
    world.configure(provider="supports_websockets = true")
    write_chatgpt_login(world.home)
    use_everything(world, world.client())


def fallen_back(world: World) -> None:
    world.configure(provider="supports_websockets = true")
    write_chatgpt_login(world.home)
    use_everything(world, world.client())


def compacting_by_prompt(world: World) -> None:
    world.configure(name="Loopback")
    write_chatgpt_login(world.home)
    use_everything(world, world.client())


def with_faults(world: World) -> None:
    """A broken stream, a 500, and a 401 that is got over by reading the login again."""
    world.configure()
    write_chatgpt_login(world.home)
    client = world.client()
    thread_id = start_thread(client)
    world.upstream.script(
        Status(500, "x"), stream(sse.created(), Cut()), unauthorized(), text_reply(), text_reply()
    )
    assert run_turn(client, thread_id).end["status"] == "completed"
    client.call("model/list", {})


def reviewing(world: World) -> None:
    world.configure()
    write_chatgpt_login(world.home)
    client = world.client()
    thread_id = start_thread(client)
    since = client.mark()
    target: JsonObject = {"type": "custom", "instructions": "look"}
    turn = client.call("review/start", {"threadId": thread_id, "target": target})["turn"]
    client.wait(lambda one: one.get("method") == "turn/completed" and id_of(turn) in str(one), since)
    client.call("model/list", {})


def with_agents(world: World) -> None:
    """Agents ask as the threads of their own that they are; their clients are those of the thread."""
    world.configure()
    write_chatgpt_login(world.home)
    client = world.client()
    cast = Cast(world.upstream)
    cast.play("work", calls(("spawn_agent", {"message": "the task"})))
    run_turn(client, start_thread(client), "work")
    cast.wait_asked("the task", 1)
    client.call("model/list", {})


def logging_in(world: World) -> None:
    """Both ways; and with nobody logged in before, the thread that was there goes on without."""
    world.configure()
    client = world.client()
    thread_id = start_thread(client)
    started = client.call("account/login/start", {"type": "chatgpt"})
    asked = {name: one[0] for name, one in parse_qs(urlsplit(str(started["authUrl"])).query).items()}
    with urlopen(f"{asked['redirect_uri']}?code=c-1&state={asked['state']}", timeout=15):
        client.wait_for("account/login/completed", success=True)
    since = client.mark()
    client.call("account/login/start", {"type": "chatgptDeviceCode"})
    client.wait_for("account/login/completed", since, success=True)
    run_turn(client, thread_id)
    client.call("model/list", {})


def logged_in(world: World) -> None:
    """A thread that begins after the login."""
    world.configure()
    client = world.client()
    client.call("account/login/start", {"type": "chatgptDeviceCode"})
    client.wait_for("account/login/completed", success=True)
    run_turn(client, start_thread(client))
    client.call("model/list", {})


def by_key(world: World) -> None:
    world.configure()
    write_api_key_login(world.home)
    client = world.client()
    use_everything(world, client)
    thread_id = start_thread(client)
    speak(world, client, thread_id, WEBRTC)
    speak(world, client, thread_id, {"type": "websocket"})


def by_key_over_websocket(world: World) -> None:
    world.upstream.responses.speak_websocket()
    world.configure(provider="supports_websockets = true")
    write_api_key_login(world.home)
    use_everything(world, world.client())


def custom(world: World) -> None:
    """A ChatGPT login is there, but the provider has a key of its own."""
    world.configure(provider='experimental_bearer_token = "own"', login=False)
    write_chatgpt_login(world.home)
    client = world.client()
    use_everything(world, client)
    thread_id = start_thread(client)
    speak(world, client, thread_id, WEBRTC)
    speak(world, client, thread_id, {"type": "websocket"})


def custom_over_websocket(world: World) -> None:
    world.upstream.responses.speak_websocket()
    world.configure(provider="supports_websockets = true", login=False)
    write_chatgpt_login(world.home)
    use_everything(world, world.client())


SESSIONS: list[tuple[Callable[[World], None], Table]] = [
    (
        over_http,
        {
            RESPONSES: WITH, COMPACT: WITH, CALL: WITH, SIDEBAND: WITH,
            MODELS: WITHOUT, USAGE: WITHOUT, TOKEN: WITHOUT, REVOKE: WITHOUT, **MCP,
        },
    ),
    (over_websocket, {HANDSHAKE: WITH, COMPACT: WITH, MODELS: WITHOUT, **MCP}),
    (fallen_back, {HANDSHAKE: WITH, RESPONSES: WITH, COMPACT: WITH, MODELS: WITHOUT, **MCP}),
    (compacting_by_prompt, {RESPONSES: WITH, MODELS: WITHOUT, **MCP}),
    (with_faults, {RESPONSES: WITH, MODELS: WITHOUT, **MCP}),
    (with_agents, {RESPONSES: WITH, MODELS: WITHOUT, **MCP}),
    (reviewing, {RESPONSES: WITHOUT, MODELS: WITHOUT, **MCP}),
    (
        logging_in,
        {
            TOKEN: WITHOUT,
            CODE: WITHOUT, TYPED: WITHOUT, RESPONSES: WITHOUT, MODELS: WITHOUT, **MCP,
        },
    ),
    (
        logged_in,
        {
            TOKEN: WITHOUT, CODE: WITHOUT, TYPED: WITHOUT,
            RESPONSES: WITH, MODELS: WITHOUT, **MCP,
        },
    ),
    (by_key, {RESPONSES: WITHOUT, COMPACT: WITHOUT, CALL: WITHOUT, SIDEBAND: WITHOUT, **MCP}),
    (by_key_over_websocket, {HANDSHAKE: WITHOUT, COMPACT: WITHOUT, **MCP}),
    (custom, {RESPONSES: WITHOUT, COMPACT: WITHOUT, CALL: WITHOUT, SIDEBAND: WITHOUT, **MCP}),
    (custom_over_websocket, {HANDSHAKE: WITHOUT, COMPACT: WITHOUT, **MCP}),
]  # fmt: skip


@pytest.mark.requirement("A4")
@pytest.mark.parametrize(("session", "table"), SESSIONS, ids=[one.__name__ for one, _ in SESSIONS])
def test_a_request_carries_the_attestation_exactly_where_the_table_says(
    world: World, session: Callable[[World], None], table: Table
) -> None:
    with world:
        session(world)
        for client in world.clients:
            client.close()
        sent = world.sent

    found = {
        (one.to, one.request): {other.token is not None for other in sent if other[:2] == one[:2]}
        for one in sent
    }
    # A short session may end before it has listened to an MCP server, or said goodbye to it.
    found = {**{request: {carries} for request, carries in (MCP | APPS).items()}, **found}
    assert found == {request: {carries} for request, carries in (table | APPS).items()}
    # Every token that was asked for went out, and none of them with two requests that were not one.
    carried = [one.token for one in sent if one.token is not None]
    assert list(dict.fromkeys(carried)) == world.tokens
