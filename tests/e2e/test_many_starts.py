"""Many servers in one home that is new to all of them (D7), and what they leave there (D8)."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread
from support.home import write_config
from support.upstream import Upstream

COMMAND = (sys.executable, "-m", "app_server", "app-server")
WRITTEN_ONCE = {"config.toml", "installation_id", "skills"}


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.mark.requirement("D7")
def test_many_servers_start_at_once_in_a_fresh_home(peer_home: Path, upstream: Upstream) -> None:
    write_config(peer_home, upstream.base_url)
    with ExitStack() as stack:
        clients = [stack.enter_context(Client(COMMAND, peer_home)) for _ in range(16)]
        info: JsonObject = {"clientInfo": {"name": "one of many", "version": "1"}}
        greetings = [client.request("initialize", info) for client in clients]
        for client, greeting in zip(clients, greetings, strict=True):
            assert "userAgent" in client.result(greeting)
            client.notify("initialized")
        starts = [client.request("thread/start", {}) for client in clients]
        threads = [client.result(start)["thread"] for client, start in zip(clients, starts, strict=True)]
        for client, thread in zip(clients, threads, strict=True):
            assert isinstance(thread, dict)
            run_turn(client, str(thread["id"]))

        listed = clients[0].call("thread/list", {"limit": 100})["data"]

    assert isinstance(listed, list)
    assert len(listed) == 16
    assert len({installation(one.json) for one in upstream.asked}) == 1


@pytest.mark.requirement("D8")
def test_no_log_grows_in_the_home_however_much_is_logged(peer_home: Path, upstream: Upstream) -> None:
    write_config(peer_home, upstream.base_url)
    with Client(COMMAND, peer_home, env={"RUST_LOG": "trace"}) as client:
        client.initialize({"experimentalApi": True})
        thread_id = start_thread(client)
        for _ in range(5):
            run_turn(client, thread_id)
        client.call("thread/unsubscribe", {"threadId": thread_id})
        before = sizes(peer_home)
        for _ in range(200):
            client.call("thread/list", {})
            client.call("model/list", {})
        after = sizes(peer_home)

    assert {path.split("/")[0] for path in after} == {"sessions", *WRITTEN_ONCE}
    assert after == before


def installation(body: JsonObject) -> str:
    metadata = body["client_metadata"]
    assert isinstance(metadata, dict)
    return str(metadata["x-codex-installation-id"])


def sizes(home: Path) -> dict[str, int]:
    """What lies in the home, but for what the test itself keeps of the server's stderr."""
    files = [path for path in home.rglob("*") if path.is_file() and path.name != "stderr.log"]
    return {path.relative_to(home).as_posix(): path.stat().st_size for path in files}
