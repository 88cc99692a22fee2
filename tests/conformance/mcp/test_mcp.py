"""Calls of MCP servers, as clients, models and the servers themselves see them (tools.md §8, §9)."""

import json
import re
from pathlib import Path

from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_turn
from support.mcp_conversation import (
    LAST,
    START,
    as_list,
    calling,
    items,
    outputs,
    ready,
    said,
    text_output,
)
from support.mcp_home import calls_in, read_log, stdio_server, wait_called, write_servers
from support.mcp_server import PIXEL
from support.shape import shape
from support.upstream import Upstream, stream


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
        text_output(failed.format("boom", "Mcp error: -32000: boom")),
        text_output(failed.format("slow", "timed out awaiting tools/call after 1s")),
        text_output(failed.format("echo", "MCP tool arguments must be a JSON object, got [1]")),
        "unsupported call: mcp__small__nope",
        '…\n[{"type":"text","text":"weird.name-x/y"}]',
        text_output(failed.format("crash", "Transport closed")),
    ]
    assert str(bad).startswith('…\n[{"type":"text","text":"err: ')
    # They run beside each other, and end in any order.
    assert {str(item["id"]) for item in items(turn)} == {f"c{at}" for at in (0, 1, 2, 3, 4, 5, 6, 8, 10)}
    assert [item["status"] for item in items(turn)] == [
        *["completed"] * 3,
        *["failed"] * 4,
        "completed",
        "failed",
    ]
    assert items(turn)[2]["arguments"] is None


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
    assert params["protocolVersion"] == "2025-06-18"
    assert "elicitation" in as_object(params["capabilities"])
    about = as_object(params["clientInfo"])
    assert (about["name"], about["title"]) == ("codex-mcp-client", "Codex")
    assert (initialized["method"], listed["method"]) == ("notifications/initialized", "tools/list")


def test_tools_are_offered_under_their_namespace_and_filtered(connect: Connect, upstream: Upstream) -> None:
    only = 'enabled_tools = ["echo", "fails", "boom"]\ndisabled_tools = ["boom"]'
    write_servers(
        connect.home,
        upstream.base_url,
        stdio_server("small-one", "--instructions", "Small things.", extra=only),
    )
    client = connect()

    run_turn(client, ready(client))

    namespace, names = offered_namespace(upstream)
    assert (namespace["name"], namespace["description"]) == ("mcp__small_one__", "Small things.")
    assert names == ["echo", "fails"]


def offered_namespace(upstream: Upstream) -> tuple[JsonObject, list[str]]:
    """The one namespace that the first request offers, and the names of its tools."""
    tools = upstream.asked[0].json["tools"]
    assert isinstance(tools, list)
    (namespace,) = [as_object(tool) for tool in tools if as_object(tool)["type"] == "namespace"]
    members = namespace["tools"]
    assert isinstance(members, list)
    return namespace, [str(as_object(member)["name"]) for member in members]


def test_every_page_of_a_servers_tools_is_read(connect: Connect, upstream: Upstream) -> None:
    paged = stdio_server("small", "--tools", "echo,fails,boom", "--pages", "2")
    write_servers(connect.home, upstream.base_url, paged)
    client = connect()

    run_turn(client, ready(client))

    _, names = offered_namespace(upstream)
    assert sorted(names) == ["boom", "echo", "fails"]


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
    assert (str(namespace["name"]).removesuffix("__"), member["name"]) == ("mcp__small", "tool042")
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


def test_the_progress_of_a_call_is_shown(client: Client, upstream: Upstream) -> None:
    upstream.script(calling(("progress", {})))

    turn = run_turn(client, ready(client))

    (progress,) = turn.params("item/mcpToolCall/progress")
    assert (progress["itemId"], progress["message"]) == ("c0", "half of it")


def test_an_interrupt_ends_a_call_and_tells_the_server(
    connect: Connect, upstream: Upstream, log: Path
) -> None:
    write_servers(connect.home, upstream.base_url, stdio_server("small", "--log", str(log)))
    upstream.script(calling(("slow", {})))
    client = connect()
    thread_id = ready(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    wait_called(log)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})

    ended = as_object(client.wait_for("turn/completed", since)["turn"])
    assert ended["status"] == "interrupted"
    client.call("mcpServer/tool/call", {"threadId": thread_id, "server": "small", "tool": "echo"})
    told = [entry.get("method") for entry in read_log(log)[-3:]]
    assert told == ["tools/call", "notifications/cancelled", "tools/call"]
