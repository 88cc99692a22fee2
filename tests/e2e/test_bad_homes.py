"""Homes and disks that a server must get along with: a clear error where it belongs, and it goes on."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_config
from support.servers import server_named
from support.upstream import Upstream

_MESSAGE: JsonObject = {"type": "message", "role": "user", "content": []}


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.fixture
def connect(peer_home: Path, upstream: Upstream) -> Iterator[Connect]:
    write_config(peer_home, upstream.base_url)
    connecting = Connect(server_named(None), peer_home)
    yield connecting
    connecting.close()


def folder_in_its_place(home: Path) -> None:
    (home / "installation_id").mkdir()


def binary_login(home: Path) -> None:
    (home / "auth.json").write_bytes(b"\xff{")


def nothing_to_write_to(home: Path) -> None:
    (home / "memories").write_text("a file where a folder belongs")


@pytest.mark.parametrize("spoil", [folder_in_its_place, binary_login, nothing_to_write_to])
def test_a_spoilt_file_of_the_home_costs_no_turn(connect: Connect, spoil: Callable[[Path], None]) -> None:
    spoil(connect.home)
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "completed"


def test_a_disk_that_refuses_is_told_of_at_the_end_of_the_turn_as_the_reference_does(
    connect: Connect,
) -> None:
    (connect.home / "sessions").write_text("a file where a folder belongs")
    client = connect()

    turn = run_turn(client, start_thread(client))

    told = [str(message["method"]) for message in turn.messages if "method" in message]
    assert told[-4:] == ["account/rateLimits/updated", "warning", "thread/status/changed", "turn/completed"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("thread/name/set", {"name": "kept"}),
        ("thread/metadata/update", {"gitInfo": {"sha": "abc"}}),
        ("thread/memoryMode/set", {"mode": "disabled"}),
        ("thread/inject_items", {"items": [_MESSAGE]}),
    ],
)
def test_what_a_disk_refuses_to_keep_is_not_answered_as_kept_however_often_it_is_asked(
    connect: Connect, method: str, params: JsonObject
) -> None:
    (connect.home / "sessions").write_text("a file where a folder belongs")
    client = connect()
    thread_id = start_thread(client)
    run_turn(client, thread_id)  # whose warning is the one of this outage

    refusals = [client.refusal(method, {"threadId": thread_id, **params}) for _ in range(2)]

    assert {refusal.code for refusal in refusals} == {-32603}
    assert all("failed to record rollout items to " in refusal.message for refusal in refusals)


def test_a_thread_that_cannot_be_recorded_warns_once_a_flush_and_goes_on(connect: Connect) -> None:
    (connect.home / "sessions").write_text("a file where a folder belongs")
    client = connect()
    thread_id = start_thread(client)

    first = run_turn(client, thread_id, "one")
    (connect.home / "sessions").unlink()
    second = run_turn(client, thread_id, "two")

    warnings = [str(params["message"]) for params in first.params("warning")]
    assert len(warnings) == 1
    assert warnings[0].startswith("failed to record rollout items to ")
    assert (first.end["status"], second.end["status"]) == ("completed", "completed")
    read = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])
    turns = read["turns"]
    assert isinstance(turns, list)
    assert len(turns) == 2, "what waited for the disk is written when it can be"


@pytest.mark.parametrize(
    ("config", "text"),
    [
        (b"model = = 1\n", "config.toml:1:9: "),
        (b"model = 5\n", "invalid type: integer `5`, expected a string"),
        (b'model_provider = "nowhere"\n', "Model provider `nowhere` not found"),
        (b"\xff\xfe", "Failed to read config file"),
    ],
)
def test_a_broken_config_is_told_at_the_start_and_to_each_thread_and_can_be_mended(
    connect: Connect, upstream: Upstream, config: bytes, text: str
) -> None:
    (connect.home / "config.toml").write_bytes(config)
    client = connect()

    warning = client.wait_for("configWarning", 0)
    refusal = client.refusal("thread/start", {})
    write_config(connect.home, upstream.base_url)
    turn = run_turn(client, start_thread(client))

    assert text in f"{as_object(warning)['details']}"
    assert refusal.code == -32600
    assert refusal.message.startswith("failed to load configuration: ")
    assert text in refusal.message
    assert turn.end["status"] == "completed"
