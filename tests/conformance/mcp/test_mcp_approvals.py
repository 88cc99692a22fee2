"""What MCP servers and their tools ask of the user (tools.md §9; services.md §8)."""

import json

import pytest
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn
from support.mcp_conversation import (
    ASKED,
    ELICIT,
    LAST,
    START,
    calling,
    items,
    outputs,
    ready,
    text_output,
)
from support.mcp_home import stdio_server, write_servers
from support.shape import shape
from support.upstream import Upstream, stream


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
    meta = as_object(question["_meta"])
    meta.pop("tool_name", None)  # newer servers repeat it
    assert meta == {
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
    upstream.script(calling(("ask", {})), stream(*sse.message(), sse.completed()), calling(("ask_page", {})))
    asked: list[JsonObject] = []
    client.on(
        ELICIT,
        lambda one: asked.append(one) or {"action": "accept", "content": {"color": "red"}, "_meta": None},
    )

    thread_id = ready(client)
    turns = [run_turn(client, thread_id, approvalPolicy="on-request") for _ in range(2)]

    for turn in turns:
        assert shape(turn.messages) == [*START, "+mcpToolCall", *ASKED, "-mcpToolCall", *LAST]
    form, page = asked
    assert (form["mode"], form["message"], form["turnId"]) == ("form", "Which color?", turns[0].id)
    assert (page["mode"], page["url"], page["elicitationId"]) == ("url", "http://127.0.0.1/x", "e1")
    answer = json.dumps({"action": "accept", "content": {"color": "red"}})
    assert outputs(upstream, 3) == [text_output(answer), text_output(answer)]
