"""Machines that commands may run on: this one, and others by their addresses (services.md §10)."""

import threading
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread, user_input
from support.upstream import Upstream
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


def offered(upstream: Upstream) -> set[str]:
    """The names of the tools of the last request."""
    tools = upstream.asked[-1].json["tools"]
    assert isinstance(tools, list)
    return {str(as_object(tool).get("name")) for tool in tools}


def test_what_is_meant_for_another_machine_does_not_run_here(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    elsewhere: list[JsonValue] = [{"environmentId": "elsewhere", "cwd": "/tmp"}]

    thread = client.refusal("thread/start", {"environments": elsewhere})
    turn = client.refusal(
        "turn/start", {"threadId": thread_id, "input": user_input("x"), "environments": elsewhere}
    )

    assert thread == turn == Refusal(-32600, "unknown turn environment id `elsewhere`")


def test_a_place_is_named_once(connect: Connect) -> None:
    client = connect()
    thread_id = start_thread(client)
    twice: list[JsonValue] = [{"environmentId": "local", "cwd": "/tmp"}] * 2

    thread = client.refusal("thread/start", {"environments": twice})
    turn = client.refusal(
        "turn/start", {"threadId": thread_id, "input": user_input("x"), "environments": twice}
    )

    assert thread == turn == Refusal(-32600, "duplicate turn environment id `local`")


def test_a_turn_runs_in_the_place_that_it_names(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    (folder := connect.workspace / "there").mkdir()
    thread_id = start_thread(client)

    run_turn(client, thread_id, environments=[{"environmentId": "local", "cwd": str(folder)}])
    run_turn(client, thread_id)

    there, back = (str(asked.json["input"]) for asked in upstream.asked)
    assert f"<cwd>{folder}</cwd>" in there
    assert back.count(f"<cwd>{connect.workspace}</cwd>") == 1


def test_without_a_machine_no_commands_are_offered(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    here: list[JsonValue] = [{"environmentId": "local", "cwd": str(connect.workspace)}]
    without, with_one = start_thread(client, environments=[]), start_thread(client)

    turns: list[tuple[str, list[JsonValue] | None]] = [
        (without, None),
        (without, here),
        (without, None),
        (with_one, []),
        (with_one, None),
    ]
    seen: list[bool] = []
    for thread_id, environments in turns:
        run_turn(client, thread_id, environments=environments)
        seen.append("exec_command" in offered(upstream))

    assert seen == [False, True, False, False, True]
