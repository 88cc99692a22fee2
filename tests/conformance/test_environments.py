"""Machines that commands may run on: this one, and others by their addresses (services.md §10)."""

import threading
from pathlib import Path

import pytest
from support.client import Client, JsonObject, Refusal
from support.conversation import as_object
from websockets.sync.server import serve

ERROR = "exec-server protocol error: "


def added(name: str, url: str) -> JsonObject:
    return {"environmentId": name, "execServerUrl": url}


@pytest.mark.parametrize(
    ("name", "url", "said"),
    [
        ("", "ws://127.0.0.1:9", "environment id cannot be empty"),
        ("far", "  ", "remote environment requires an exec-server url"),
        ("local", "ws://127.0.0.1:9", "environment id `local` is reserved for EnvironmentManager"),
    ],
)
def test_what_is_no_other_machine_is_refused(shared: Client, name: str, url: str, said: str) -> None:
    assert shared.refusal("environment/add", added(name, url)) == Refusal(-32600, ERROR + said)


def test_this_machine_is_always_there(shared: Client) -> None:
    status = shared.call("environment/status", {"environmentId": "local"})
    info = shared.call("environment/info", {"environmentId": "local"})

    assert status == {"status": "ready"}
    shell = as_object(info["shell"])
    assert Path(str(shell["path"])).name.startswith(str(shell["name"]))
    assert str(info["cwd"]).startswith("file:///")


def test_nobody_knows_a_machine_that_was_not_added(shared: Client) -> None:
    status = shared.call("environment/status", {"environmentId": "nowhere"})
    info = shared.refusal("environment/info", {"environmentId": "nowhere"})

    assert status == {"status": "unknown", "error": "unknown environment id `nowhere`"}
    assert info == Refusal(-32600, "unknown environment id `nowhere`")


def test_another_machine_is_dialled_when_its_status_is_wanted(shared: Client) -> None:
    with serve(lambda _: None, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"ws://127.0.0.1:{server.socket.getsockname()[1]}"
        assert shared.call("environment/add", added("far", "ws://127.0.0.1:9")) == {}
        away = shared.call("environment/status", {"environmentId": "far"})
        assert shared.call("environment/add", added("far", url)) == {}
        there = shared.call("environment/status", {"environmentId": "far"})

    assert away["status"] == "disconnected"
    assert "ws://127.0.0.1:9" in str(away["error"])
    assert there == {"status": "ready"}
