"""MCP servers as clients, models and the servers themselves see them (tools.md §8, §9; services.md §8)."""

import json
import re
import sys
from pathlib import Path

import psutil
import pytest
from pydantic import JsonValue
from support import sse
from support.client import DEADLINE, Client, JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread
from support.mcp_home import calls_in, read_log, stdio_server, write_servers
from support.mcp_server import PIXEL
from support.shape import shape
from support.upstream import Stream, Upstream, stream

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
LAST = [*USAGE, "+agentMessage", "Δ", "-agentMessage", *USAGE, "status:idle", "turn:completed"]
ASKED = ["status:active", "ask:mcpServer/elicitation/request", "resolved", "status:active"]
NAMESPACE = "mcp__small__"
STATUS = "mcpServer/startupStatus/updated"
ELICIT = "mcpServer/elicitation/request"
WALL = re.compile(r"^Wall time: \d+\.\d{4} seconds\nOutput:")


def calling(*calls: tuple[str, JsonValue], namespace: str | None = NAMESPACE) -> Stream:
    """A response that calls these tools, as c0, c1, …"""
    more: JsonObject = {} if namespace is None else {"namespace": namespace}
    events = [sse.call(name, arguments, f"c{at}", **more) for at, (name, arguments) in enumerate(calls)]
    return stream(sse.created(), *events, sse.completed())


def outputs(upstream: Upstream, request: int = 1) -> list[JsonValue]:
    """What the model was told, each without the time that it took."""
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    found = [as_object(item) for item in items]
    return [_timeless(item["output"]) for item in found if item["type"] == "function_call_output"]


def _timeless(output: JsonValue) -> JsonValue:
    if isinstance(output, str):
        return WALL.sub("…", output)
    assert isinstance(output, list)
    return [{**as_object(part), "text": "…"} if at == 0 else part for at, part in enumerate(output)]


def items(turn: Turn, method: str = "item/completed") -> list[JsonObject]:
    found = [as_object(one["item"]) for one in turn.params(method)]
    kept = ("id", "server", "tool", "status", "arguments", "result", "error")
    return [{key: item[key] for key in kept} for item in found if item["type"] == "mcpToolCall"]


def said(text: str) -> JsonObject:
    return {"content": [{"type": "text", "text": text}], "structuredContent": None, "_meta": None}


def as_list(value: JsonValue) -> list[JsonObject]:
    """The value, which has to be a list of objects."""
    assert isinstance(value, list), value
    return [as_object(one) for one in value]


def ready(client: Client, *, servers: int = 1) -> str:
    """A thread all of whose servers have started."""
    thread_id = start_thread(client)
    count = 0
    since = 0
    while count < servers:
        message = client.wait(
            lambda one: one.get("method") == STATUS and as_object(one["params"])["status"] == "ready", since
        )
        since = client.received.index(message) + 1
        count += 1
    return thread_id


def statuses(client: Client) -> list[tuple[str, str, JsonValue]]:
    """Every change of a server that was told: name, status, error."""
    told = [as_object(one["params"]) for one in client.received if one.get("method") == STATUS]
    return [(str(one["name"]), str(one["status"]), one["error"]) for one in told]


@pytest.fixture
def log(peer_home: Path) -> Path:
    return peer_home / "mcp.log"


@pytest.fixture
def client(connect: Connect, upstream: Upstream, log: Path) -> Client:
    small = stdio_server("small", "--log", str(log), extra="tool_timeout_sec = 1\nenv = { EXTRA = '1' }")
    write_servers(connect.home, upstream.base_url, small)
    return connect(env={"NOT_FOR_SERVERS": "1"})


# --- calls


def test_a_call_is_shown_recorded_and_answered(client: Client, upstream: Upstream, log: Path) -> None:
    upstream.script(calling(("echo", {"text": "hi"})))

    thread_id = ready(client)
    turn = run_turn(client, thread_id)

    assert shape(turn.messages) == [*START, "+mcpToolCall", "-mcpToolCall", *LAST]
    call: JsonObject = {
        "id": "c0",
        "server": "small",
        "tool": "echo",
        "arguments": {"text": "hi"},
        "error": None,
    }
    done = {**call, "status": "completed", "result": said("hi")}
    assert items(turn, "item/started") == [{**call, "status": "inProgress", "result": None}]
    assert items(turn) == [done]
    assert outputs(upstream) == ['…\n[{"type":"text","text":"hi"}]']
    (params,) = calls_in(log)
    meta = as_object(params.pop("_meta"))
    assert params == {"name": "echo", "arguments": {"text": "hi"}}
    assert (meta["threadId"], meta["progressToken"]) == (thread_id, 1)
    about = as_object(meta["x-codex-turn-metadata"])
    assert (about["thread_id"], about["turn_id"], about["model"]) == (thread_id, turn.id, "gpt-5.5")
    read = client.call("thread/read", {"threadId": thread_id, "includeTurns": True})
    (past,) = as_list(as_object(read["thread"])["turns"])
    shown = [item for item in as_list(past["items"]) if item["type"] == "mcpToolCall"]
    assert [{key: item[key] for key in done} for item in shown] == [done]


def test_the_model_is_told_what_came_back_in_the_words_it_knows(client: Client, upstream: Upstream) -> None:
    failed = "tool call error: tool call failed for `small/{}`\n\nCaused by:\n    {}"
    image: JsonObject = {
        "type": "input_image",
        "image_url": f"data:image/png;base64,{PIXEL}",
        "detail": "high",
    }
    header: JsonObject = {"type": "input_text", "text": "…"}
    before, after = ({"type": "input_text", "text": text} for text in ("before", "after"))
    upstream.script(
        calling(
            ("structured", {"text": "x"}),
            ("image", {}),
            ("mixed", ""),
            ("fails", {}),
            ("boom", {}),
            ("slow", {}),
            ("echo", "[1]"),
            ("nope", {}),
            ("weird_name_x_y", {}),
            ("echo", "{bad"),
            ("crash", {}),
        )
    )

    turn = run_turn(client, ready(client))

    told = [_without_backtrace(output) for output in outputs(upstream)]
    bad = told.pop(9)
    assert told == [
        '…\n{"b":1,"a":["x"]}',
        [header, image],
        [header, before, image, after],
        '…\n[{"type":"text","text":"it did not work"}]',
        _text(failed.format("boom", "Mcp error: -32000: boom")),
        _text(failed.format("slow", "timed out awaiting tools/call after 1s")),
        _text(failed.format("echo", "MCP tool arguments must be a JSON object, got [1]")),
        "unsupported call: mcp__small__nope",
        '…\n[{"type":"text","text":"weird.name-x/y"}]',
        _text(failed.format("crash", "Transport closed")),
    ]
    assert str(bad).startswith('…\n[{"type":"text","text":"err: ')
    assert [item["id"] for item in items(turn)] == ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c8", "c10"]
    assert [item["status"] for item in items(turn)] == [
        *["completed"] * 3,
        *["failed"] * 4,
        "completed",
        "failed",
    ]
    assert items(turn)[2]["arguments"] is None


def _text(text: str) -> str:
    return "…\n" + json.dumps([{"type": "text", "text": text}], separators=(",", ":"))


def _without_backtrace(output: JsonValue) -> JsonValue:
    """The reference adds the addresses of its own code."""
    return (
        re.sub(r"\\n\\nStack backtrace:(\\n +\d+: <unknown>)+", "", output)
        if isinstance(output, str)
        else output
    )


def test_a_server_gets_the_handshake_and_the_environment_that_it_is_to_have(
    client: Client, log: Path
) -> None:
    ready(client)

    begun, initialize, initialized, listed = read_log(log)
    environment = as_object(begun["environment"])
    assert environment["EXTRA"] == "1"
    assert "NOT_FOR_SERVERS" not in environment
    params = as_object(initialize["params"])
    assert (params["protocolVersion"], params["capabilities"]) == ("2025-06-18", {"elicitation": {}})
    about = as_object(params["clientInfo"])
    assert (about["name"], about["title"]) == ("codex-mcp-client", "Codex")
    assert (initialized["method"], listed["method"]) == ("notifications/initialized", "tools/list")


def test_tools_are_offered_under_their_namespace_and_filtered(connect: Connect, upstream: Upstream) -> None:
    only = 'enabled_tools = ["echo", "fails", "boom"]\ndisabled_tools = ["boom"]'
    write_servers(
        connect.home,
        upstream.base_url,
        stdio_server("small-one", "--instructions", "Small things.", "--pages", "2", extra=only),
    )
    client = connect()

    run_turn(client, ready(client))

    tools = upstream.asked[0].json["tools"]
    assert isinstance(tools, list)
    (namespace,) = [as_object(tool) for tool in tools if as_object(tool)["type"] == "namespace"]
    members = namespace["tools"]
    assert isinstance(members, list)
    assert (namespace["name"], namespace["description"]) == ("mcp__small_one__", "Small things.")
    assert [as_object(member)["name"] for member in members] == ["echo", "fails"]


def test_many_tools_have_to_be_searched_for(connect: Connect, upstream: Upstream) -> None:
    write_servers(connect.home, upstream.base_url, stdio_server("small", "--many", "100"))
    search: JsonObject = {
        "type": "tool_search_call",
        "execution": "client",
        "call_id": "s",
        "arguments": {"query": "tool042", "limit": 1},
    }
    upstream.script(
        stream(sse.created(), sse.item_done(search), sse.completed()), calling(("tool042", {"text": "found"}))
    )
    client = connect()

    run_turn(client, ready(client))

    tools = upstream.asked[0].json["tools"]
    assert isinstance(tools, list)
    kinds = [as_object(tool)["type"] for tool in tools]
    assert "tool_search" in kinds
    assert "namespace" not in kinds
    (answer,) = [
        item for item in as_list(upstream.asked[1].json["input"]) if item["type"] == "tool_search_output"
    ]
    (namespace,) = as_list(answer["tools"])
    (member,) = as_list(namespace["tools"])
    assert (namespace["name"], member["name"]) == (NAMESPACE, "tool042")
    assert outputs(upstream, 2) == ['…\n[{"type":"text","text":"found"}]']


def test_resources_are_listed_and_read(client: Client, upstream: Upstream) -> None:
    one: JsonObject = {"server": "small", "uri": "memo://one", "name": "one", "mimeType": "text/plain"}
    two: JsonObject = {"server": "small", "uri": "memo://two", "name": "two", "description": "d"}
    template: JsonObject = {"server": "small", "uriTemplate": "memo://{name}", "name": "memo"}
    upstream.script(
        calling(
            ("list_mcp_resources", {}),
            ("list_mcp_resources", {"server": "small"}),
            ("list_mcp_resource_templates", {}),
            ("read_mcp_resource", {"server": "small", "uri": "memo://one"}),
            ("read_mcp_resource", {"server": "zzz", "uri": "memo://one"}),
            ("read_mcp_resource", {"server": "small", "uri": "memo://bad"}),
            ("list_mcp_resources", {"cursor": "1"}),
            namespace=None,
        )
    )

    turn = run_turn(client, ready(client))

    told = outputs(upstream)
    assert [json.loads(str(text)) for text in told[:4]] == [
        {"resources": [one, two]},
        {"server": "small", "resources": [one, two]},
        {"resourceTemplates": [template]},
        {
            "server": "small",
            "uri": "memo://one",
            "contents": [{"uri": "memo://one", "mimeType": "text/plain", "text": "the text of memo://one"}],
        },
    ]
    assert told[4:] == [
        "resources/read failed: unknown MCP server 'zzz'",
        (
            "resources/read failed: resources/read failed for `small` (memo://bad): "
            "Mcp error: -32002: no such resource"
        ),
        "cursor can only be used when a server is specified",
    ]
    shown = {str(item["id"]): (item["server"], item["status"]) for item in items(turn)}
    assert [shown[f"c{at}"] for at in range(7)] == [
        ("codex", "completed"),
        ("small", "completed"),
        ("codex", "completed"),
        ("small", "completed"),
        ("zzz", "failed"),
        ("small", "failed"),
        ("codex", "failed"),
    ]


# --- approvals and questions


@pytest.mark.parametrize(
    ("action", "status", "told"),
    [
        ("accept", "completed", '…\n[{"type":"text","text":"p"}]'),
        ("decline", "failed", '…\n[{"type":"text","text":"user rejected MCP tool call"}]'),
        ("cancel", "failed", '…\n[{"type":"text","text":"user cancelled MCP tool call"}]'),
    ],
)
def test_a_tool_that_may_do_harm_waits_for_the_user(
    client: Client, upstream: Upstream, action: str, status: str, told: str
) -> None:
    upstream.script(calling(("plain", {"text": "p"})))
    asked: list[JsonObject] = []
    client.on(
        ELICIT, lambda params: asked.append(params) or {"action": action, "content": None, "_meta": None}
    )

    turn = run_turn(client, ready(client), approvalPolicy="on-request")

    assert shape(turn.messages) == [*START, "+mcpToolCall", *ASKED, "-mcpToolCall", *LAST]
    (question,) = asked
    assert question["message"] == 'Allow the small MCP server to run tool "plain"?'
    assert (question["mode"], question["serverName"], question["turnId"]) == ("form", "small", turn.id)
    assert question["_meta"] == {
        "codex_approval_kind": "mcp_tool_call",
        "persist": ["session", "always"],
        "tool_description": "About plain.",
        "tool_params": {"text": "p"},
        "tool_params_display": [{"name": "text", "value": "p", "display_name": "text"}],
    }
    assert [item["status"] for item in items(turn)] == [status]
    assert outputs(upstream) == [told]


@pytest.mark.parametrize("persist", ["session", "always"])
def test_an_approval_may_be_remembered(
    client: Client, connect: Connect, upstream: Upstream, persist: str
) -> None:
    upstream.script(
        calling(("destroy", {})), stream(*sse.message(), sse.completed()), calling(("destroy", {}))
    )
    asked: list[JsonObject] = []
    client.on(
        ELICIT,
        lambda params: (
            asked.append(params) or {"action": "accept", "content": None, "_meta": {"persist": persist}}
        ),
    )
    thread_id = ready(client)

    run_turn(client, thread_id, approvalPolicy="on-request")
    again = run_turn(client, thread_id)

    assert [item["status"] for item in items(again)] == ["completed"]
    assert len(asked) == 1
    config = (connect.home / "config.toml").read_text("utf-8")
    assert ("approval_mode" in config) == (persist == "always")


@pytest.mark.parametrize(
    ("mode", "tool", "asks"),
    [
        ("", "closed_world", False),
        ("", "destroy", True),
        ('default_tools_approval_mode = "approve"', "destroy", False),
        ('default_tools_approval_mode = "prompt"', "echo", True),
        ('tools.destroy.approval_mode = "approve"', "destroy", False),
    ],
)
def test_configuration_and_hints_say_what_is_asked(
    connect: Connect, upstream: Upstream, mode: str, tool: str, asks: bool
) -> None:
    write_servers(connect.home, upstream.base_url, stdio_server("small", extra=mode))
    upstream.script(calling((tool, {})))
    client = connect()
    client.on(ELICIT, lambda _: {"action": "accept", "content": None, "_meta": None})

    turn = run_turn(client, ready(client), approvalPolicy="on-request")

    assert (f"ask:{ELICIT}" in shape(turn.messages)) == asks


def test_a_servers_own_question_reaches_the_user_and_its_answer_the_server(
    client: Client, upstream: Upstream
) -> None:
    upstream.script(calling(("ask", {}), ("ask_page", {})))
    asked: list[JsonObject] = []
    client.on(
        ELICIT,
        lambda one: asked.append(one) or {"action": "accept", "content": {"color": "red"}, "_meta": None},
    )

    turn = run_turn(client, ready(client), approvalPolicy="on-request")

    asks = ["+mcpToolCall", *ASKED, "-mcpToolCall"]
    assert shape(turn.messages) == [*START, *asks, *asks, *LAST]
    form, page = asked
    assert (form["mode"], form["message"], form["turnId"]) == ("form", "Which color?", turn.id)
    assert (page["mode"], page["url"], page["elicitationId"]) == ("url", "http://127.0.0.1/x", "e1")
    answer = json.dumps({"action": "accept", "content": {"color": "red"}})
    assert outputs(upstream) == [_text(answer), _text(answer)]


def test_an_interrupt_ends_a_call_and_tells_the_server(client: Client, upstream: Upstream, log: Path) -> None:
    upstream.script(calling(("slow", {})))
    thread_id = ready(client)
    since = client.mark()
    turn_id = as_object(
        client.call("turn/start", {"threadId": thread_id, "input": [{"type": "text", "text": "x"}]})["turn"]
    )["id"]
    client.wait_for("item/mcpToolCall/progress", since, message="begun")

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})

    ended = as_object(client.wait_for("turn/completed", since)["turn"])
    assert ended["status"] == "interrupted"
    client.call("mcpServer/tool/call", {"threadId": thread_id, "server": "small", "tool": "echo"})
    told = [entry.get("method") for entry in read_log(log)[-3:]]
    assert told == ["tools/call", "notifications/cancelled", "tools/call"]


# --- starting and ending


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

    _, alive = psutil.wait_procs(family, timeout=DEADLINE)
    assert alive == []


# --- methods


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
