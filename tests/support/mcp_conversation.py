"""What tests of MCP servers script, and what they read of a turn that calls them."""

import json
import re
from pathlib import Path

from pydantic import JsonValue

from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, start_thread
from support.mcp_home import stdio_server, write_servers
from support.upstream import Stream, Upstream, stream

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
LAST = [*USAGE, "+agentMessage", "Δ", "-agentMessage", *USAGE, "status:idle", "turn:completed"]
ASKED = ["status:active", "ask:mcpServer/elicitation/request", "resolved", "status:active"]
NAMESPACE = "mcp__small__"
STATUS = "mcpServer/startupStatus/updated"
ELICIT = "mcpServer/elicitation/request"
WALL = re.compile(r"^Wall time: \d+\.\d{4} seconds\nOutput:")


def connect_with_small_server(connect: Connect, upstream: Upstream, log: Path) -> Client:
    """A client of a server that knows our script as `small`; what that is told goes to the log."""
    small = stdio_server("small", "--log", str(log), extra="tool_timeout_sec = 1\nenv = { EXTRA = '1' }")
    write_servers(connect.home, upstream.base_url, small)
    return connect(env={"NOT_FOR_SERVERS": "1"})


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
    _, *parts = as_list(output)
    if all(part["type"] == "input_text" for part in parts):
        # Newer servers hand on texts as they are, where older ones say them as JSON.
        return _as_json(*(str(part["text"]) for part in parts))
    return [{"type": "input_text", "text": "…"}, *parts]


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


def ready(client: Client, *, servers: int = 1, **params: JsonValue) -> str:
    """A thread all of whose servers have started."""
    thread_id = start_thread(client, **params)
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


def text_output(text: str) -> str:
    """What the model is told of a call that gave nothing but this text."""
    return _as_json(text)


def _as_json(*texts: str) -> str:
    parts = [{"type": "text", "text": text} for text in texts]
    return "…\n" + json.dumps(parts, separators=(",", ":"))
