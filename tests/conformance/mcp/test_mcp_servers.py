"""MCP servers start, are listed, asked and reloaded, and end (tools.md §9; services.md §8)."""

import sys
from pathlib import Path

import psutil
import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.mcp_conversation import STATUS, as_list, ready, statuses
from support.mcp_home import calls_in, stdio_server, write_servers
from support.processes import assert_gone
from support.upstream import Upstream


@pytest.mark.requirement("W14")
def test_each_change_of_a_server_is_told_once(connect: Connect, upstream: Upstream) -> None:
    write_servers(
        connect.home,
        upstream.base_url,
        stdio_server("small"),
        stdio_server("refusing", "--refuse"),
        stdio_server("hanging", "--hang", extra="startup_timeout_sec = 1"),
        stdio_server("off", extra="enabled = false"),
        '[mcp_servers.missing]\ncommand = "/nowhere/server"\n',
    )
    client = connect()
    thread_id = start_thread(client)
    client.wait_for(STATUS, name="hanging", status="failed")

    run_turn(client, thread_id)

    told = statuses(client)
    prefix = "MCP client for `{}` failed to start: MCP startup failed: "
    assert sorted(told, key=lambda one: one[0]) == sorted(
        [
            ("small", "starting", None),
            ("small", "ready", None),
            ("refusing", "starting", None),
            (
                "refusing",
                "failed",
                prefix.format("refusing")
                + "handshaking with MCP server failed: connection closed: initialize response",
            ),
            ("hanging", "starting", None),
            (
                "hanging",
                "failed",
                (
                    "MCP client for `hanging` timed out after 1 seconds. Add or adjust "
                    "`startup_timeout_sec` in your config.toml:\n[mcp_servers.hanging]\n"
                    "startup_timeout_sec = XX"
                ),
            ),
            ("missing", "starting", None),
            ("missing", "failed", prefix.format("missing") + "No such file or directory (os error 2)"),
        ],
        key=lambda one: one[0],
    )


@pytest.mark.requirement("P7")
def test_a_server_that_hangs_or_refuses_delays_no_turn(connect: Connect, upstream: Upstream) -> None:
    write_servers(
        connect.home,
        upstream.base_url,
        stdio_server("hanging", "--hang", extra="startup_timeout_sec = 3600"),
        stdio_server("refusing", "--refuse"),
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "completed"
    assert ("hanging", "starting", None) in statuses(client)
    assert not [one for one in statuses(client) if one[0] == "hanging" and one[1] != "starting"]


def test_a_required_server_that_fails_keeps_the_thread_from_starting(
    connect: Connect, upstream: Upstream
) -> None:
    required = '[mcp_servers.missing]\ncommand = "/nowhere/server"\nrequired = true\n'
    write_servers(connect.home, upstream.base_url, required)
    client = connect()

    refusal = client.refusal("thread/start", {})

    assert (refusal.code, refusal.message) == (
        -32603,
        (
            "error creating thread: Fatal error: Failed to initialize session: required MCP servers "
            "failed to initialize: missing: No such file or directory (os error 2)"
        ),
    )


@pytest.mark.requirement("P2")
@pytest.mark.parametrize("way", ["end of input", "SIGTERM", "SIGKILL", "unload"])
def test_a_server_ends_with_all_that_it_started(connect: Connect, upstream: Upstream, way: str) -> None:
    if way == "SIGKILL" and sys.platform != "linux":
        pytest.skip("only Linux tells of it")
    spawned = connect.home / "spawned"
    write_servers(connect.home, upstream.base_url, stdio_server("small", "--spawn", str(spawned)))
    client = connect()
    thread_id = ready(client)
    run_turn(client, thread_id)
    family = [psutil.Process(int(pid)) for pid in spawned.read_text("utf-8").split()]
    assert len(family) == 2

    match way:
        case "unload":
            client.call("thread/archive", {"threadId": thread_id})
        case "SIGTERM":
            client.process.terminate()
        case "SIGKILL":
            client.process.kill()
        case _:
            client.end_input()

    assert_gone(family)


def test_the_inventory_of_all_servers_comes_in_pages(connect: Connect, upstream: Upstream) -> None:
    write_servers(
        connect.home,
        upstream.base_url,
        stdio_server("b", "--tools", "echo"),
        stdio_server("a", "--refuse"),
        stdio_server("c", extra="enabled = false"),
    )
    client = connect()

    first = client.call("mcpServerStatus/list", {"limit": 2})
    brief = client.call("mcpServerStatus/list", {"cursor": "1", "detail": "toolsAndAuthOnly"})

    assert first["nextCursor"] == "2"
    failed, listed = as_list(first["data"])
    assert (failed["name"], failed["tools"], failed["authStatus"]) == ("a", {}, "unsupported")
    tools = as_object(listed["tools"])
    assert list(tools) == ["echo"]
    assert as_object(tools["echo"])["annotations"] == {"readOnlyHint": True}
    assert [one["uri"] for one in as_list(listed["resources"])] == ["memo://one", "memo://two"]
    assert [one["name"] for one in as_list(listed["resourceTemplates"])] == ["memo"]
    again, off = as_list(brief["data"])
    assert (again["name"], again["resources"], off["name"], off["tools"]) == ("b", [], "c", {})
    assert brief["nextCursor"] is None
    assert client.refusal("mcpServerStatus/list", {"cursor": "x"}).message == "invalid cursor: x"
    too_far = client.refusal("mcpServerStatus/list", {"cursor": "9"})
    assert too_far.message == "cursor 9 exceeds total MCP servers 3"


def test_clients_call_tools_and_read_resources_themselves(client: Client, log: Path) -> None:
    thread_id = ready(client)
    call: JsonObject = {"threadId": thread_id, "server": "small", "tool": "echo"}

    result = client.call("mcpServer/tool/call", {**call, "arguments": {"text": "x"}})

    assert result == {"content": [{"type": "text", "text": "x"}]}
    (params,) = calls_in(log)
    assert params["_meta"] == {"threadId": thread_id, "progressToken": 1}
    contents: JsonValue = [{"uri": "memo://one", "mimeType": "text/plain", "text": "the text of memo://one"}]
    read: JsonObject = {"server": "small", "uri": "memo://one"}
    assert client.call("mcpServer/resource/read", read)["contents"] == contents
    assert client.call("mcpServer/resource/read", {**read, "threadId": thread_id})["contents"] == contents

    def refused(method: str, params: JsonObject) -> tuple[int, str]:
        refusal = client.refusal(method, params)
        return refusal.code, refusal.message

    assert refused("mcpServer/tool/call", {**call, "server": "nope"}) == (-32603, "unknown MCP server 'nope'")
    assert refused("mcpServer/tool/call", {**call, "tool": "unheard"}) == (
        -32603,
        "tool call failed for `small/unheard`: Mcp error: -32602: unknown tool unheard",
    )
    assert refused("mcpServer/tool/call", {**call, "arguments": "x"}) == (
        -32603,
        'tool call failed for `small/echo`: MCP tool arguments must be a JSON object, got "x"',
    )
    assert refused("mcpServer/resource/read", {**read, "uri": "bad"}) == (
        -32603,
        "resources/read failed for `small` (bad): Mcp error: -32002: no such resource",
    )


def test_reloaded_servers_are_there_in_the_next_turn(
    client: Client, connect: Connect, upstream: Upstream
) -> None:
    thread_id = ready(client)
    write_servers(connect.home, upstream.base_url, stdio_server("other", "--tools", "echo"))

    assert client.call("config/mcpServer/reload") == {}
    since = client.mark()
    run_turn(client, thread_id)
    client.wait_for(STATUS, since, name="other", status="ready")
    run_turn(client, thread_id)

    tools = upstream.asked[-1].json["tools"]
    assert isinstance(tools, list)
    names = [as_object(tool).get("name") for tool in tools if as_object(tool)["type"] == "namespace"]
    assert names == ["mcp__other__"]
