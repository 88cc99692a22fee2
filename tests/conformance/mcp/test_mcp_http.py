"""MCP servers over streamable HTTP (tools.md §9)."""

import pytest
from pydantic import JsonValue
from support import sse
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_config
from support.mcp_http import McpHttp
from support.upstream import Stream, Upstream, stream

STATUS = "mcpServer/startupStatus/updated"


def calling(name: str, arguments: JsonValue) -> Stream:
    call = sse.call(name, arguments, "c", namespace="mcp__far__")
    return stream(sse.created(), call, sse.completed())


@pytest.mark.parametrize("events", [True, False])
def test_a_server_over_http_is_called_in_its_session(
    connect: Connect, upstream: Upstream, *, events: bool
) -> None:
    with McpHttp(events=events, token="secret") as server:
        table = (
            f'[mcp_servers.far]\nurl = "{server.url}"\nbearer_token_env_var = "FAR_TOKEN"\n'
            'http_headers = { "X-One" = "1" }\nenv_http_headers = { "X-Two" = "TWO", "X-None" = "NOT_SET" }'
        )
        write_config(connect.home, upstream.base_url, provider=table)
        upstream.script(calling("echo", {"text": "hi"}))
        client = connect(env={"FAR_TOKEN": "secret", "TWO": "2"})
        thread_id = start_thread(client)
        client.wait_for(STATUS, name="far", status="ready")

        turn = run_turn(client, thread_id)
        client.close()

    (item,) = [
        as_object(one["item"])
        for one in turn.params("item/completed")
        if as_object(one["item"])["type"] == "mcpToolCall"
    ]
    assert (item["status"], as_object(item["result"])["content"]) == (
        "completed",
        [{"type": "text", "text": "hi"}],
    )
    initialize, *later = server.requests
    call = next(headers for _, headers, message in later if message.get("method") == "tools/call")
    assert "mcp-session-id" not in initialize[1]
    assert (call["mcp-session-id"], call["mcp-protocol-version"]) == ("session-1", "2025-06-18")
    assert (call["authorization"], call["x-one"], call["x-two"]) == ("Bearer secret", "1", "2")
    assert "x-none" not in call
    assert later[-1][0] == "DELETE"


def test_a_lost_session_is_begun_again_once(connect: Connect, upstream: Upstream) -> None:
    with McpHttp() as server:
        write_config(connect.home, upstream.base_url, provider=f'[mcp_servers.far]\nurl = "{server.url}"')
        client = connect()
        thread_id = start_thread(client)
        client.wait_for(STATUS, name="far", status="ready")
        server.known = False

        result = client.call(
            "mcpServer/tool/call",
            {"threadId": thread_id, "server": "far", "tool": "echo", "arguments": {"text": "again"}},
        )

        assert result == {"content": [{"type": "text", "text": "again"}]}
        assert server.sessions == 2
        client.close()


def test_a_server_that_wants_a_login_says_how_to_get_one(connect: Connect, upstream: Upstream) -> None:
    with McpHttp(token="secret") as server:
        write_config(connect.home, upstream.base_url, provider=f'[mcp_servers.far]\nurl = "{server.url}"')
        client = connect()
        start_thread(client)

        told = client.wait_for(STATUS, name="far", status="failed")

        assert told["error"] == "The far MCP server is not logged in. Run `codex mcp login far`."
        client.close()
