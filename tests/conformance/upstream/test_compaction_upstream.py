"""Compaction by the provider's endpoint, as the provider sees it (model-client.md §6, §7.2)."""

import json
import threading

import pytest
from pydantic import JsonValue
from support.client import SILENCE, Answer, Client, JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.patience import patience
from support.servers import OURS
from support.upstream import Asked, Upstream

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 15000"  # a reference server takes no notice of it
COMPACT = ("POST", "/v1/responses/compact")


def furnish(connect: Connect, upstream: Upstream, *, login: str, sockets: bool) -> None:
    """A home whose provider is named like the one that has the endpoint."""
    provider = "supports_websockets = true" if sockets else ""
    if sockets:
        upstream.responses.speak_websocket()
    write_config(connect.home, upstream.base_url, chatgpt=True, provider=provider, extra=PATIENCE)
    path = connect.home / "config.toml"
    path.write_text(path.read_text("utf-8").replace('name = "Loopback"', 'name = "OpenAI"'), "utf-8")
    if login == "chatgpt":
        write_chatgpt_login(connect.home)
    elif login == "apikey":
        write_api_key_login(connect.home)


def compact(client: Client, thread_id: str) -> None:
    since = client.mark()
    client.call("thread/compact/start", {"threadId": thread_id})
    client.wait_for("turn/completed", since)


def token(asked: Asked) -> JsonValue:
    value = json.loads(asked.headers[HEADER])
    assert (value["v"], value["s"]) == (1, 0)
    return value["t"]


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("sockets", [False, True], ids=["http", "websocket"])
@pytest.mark.parametrize("login", ["chatgpt", "apikey", "none"])
def test_a_compaction_carries_the_attestation_where_its_turns_do(
    connect: Connect, upstream: Upstream, login: str, sockets: bool
) -> None:
    furnish(connect, upstream, login=login, sockets=sockets)
    client = connect(requestAttestation=True)
    asked: list[JsonObject] = []

    def generate(params: JsonObject) -> Answer:
        asked.append(params)
        return {"token": f"t{len(asked)}"}

    client.on("attestation/generate", generate)
    thread_id = start_thread(client)

    run_turn(client, thread_id, "one")
    compact(client, thread_id)
    after = run_turn(client, thread_id, "two")
    client.call("model/list", {})

    assert after.end["status"] == "completed"
    (compaction,) = upstream.compact.asked
    carriers = [one for one in upstream.everything if HEADER in one.headers and one.method != "FRAME"]
    kinds = {(one.method, one.place) for one in carriers}
    scoped = {("GET" if sockets else "POST", "/v1/responses"), COMPACT}
    assert kinds == (scoped if login == "chatgpt" else set())
    if login == "chatgpt" and connect.server.kind == OURS:  # 0.131.0 asks more often than it sends
        assert [token(one) for one in carriers] == [f"t{number + 1}" for number in range(len(asked))]
    assert (compaction.method, compaction.place) == COMPACT


@pytest.mark.requirement("A5")
def test_neither_a_warm_up_nor_a_turn_waits_for_the_attestation_of_a_compaction(
    connect: Connect, upstream: Upstream
) -> None:
    furnish(connect, upstream, login="chatgpt", sockets=True)
    client = connect(requestAttestation=True)
    held: list[JsonObject] = []
    asked = threading.Event()
    client.on("attestation/generate", lambda _: {"token": "at once"})
    first = start_thread(client)
    run_turn(client, first, "one")

    def hold(params: JsonObject) -> Answer:
        held.append(params)
        asked.set()
        return SILENCE

    client.on("attestation/generate", hold)
    since = client.mark()
    client.call("thread/compact/start", {"threadId": first})
    assert asked.wait(patience())
    request = client.wait(lambda one: one.get("method") == "attestation/generate", since)
    client.on("attestation/generate", lambda _: {"token": "at once"})
    warmed = len(upstream.responses.warm_ups.asked)  # a first turn that is quick needs no warm-up
    second = start_thread(client)
    upstream.responses.warm_ups.wait_asked(warmed + 1)
    turn = run_turn(client, second, "beside it")

    assert turn.end["status"] == "completed"
    assert (len(held), upstream.compact.asked) == (1, [])
    client.send({"id": request["id"], "result": {"token": "at last"}})
    (compaction,) = upstream.compact.wait_asked(1)
    client.wait_for("turn/completed", since, threadId=first)
    assert token(compaction) == "at last"
    assert [token(one) for one in upstream.responses.handshakes.asked] == ["at once", "at once"]
