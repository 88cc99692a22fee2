"""Turns in which the model calls something: how such a turn looks, and what the model was told."""

import base64
import json

from pydantic import JsonValue

from support import sse
from support.client import JsonObject
from support.conversation import Turn, as_object
from support.upstream import Stream, Upstream, stream

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
END = ["status:idle", "turn:completed"]
MESSAGE = ["+agentMessage", "Δ", "-agentMessage"]
LAST = [*USAGE, *MESSAGE, *USAGE, *END]

PLAN_MODE: JsonObject = {
    "mode": "plan",
    "settings": {"model": "gpt-5.5", "reasoning_effort": None, "developer_instructions": None},
}
IN_PLAN_MODE: JsonObject = {"collaborationMode": PLAN_MODE}
PLAN: JsonObject = {
    "explanation": "e",
    "plan": [{"step": "a", "status": "in_progress"}, {"step": "b", "status": "pending"}],
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_NEWER = ("internal_chat_message_metadata_passthrough", "status")


def calling(*events: sse.Event) -> Stream:
    return stream(sse.created(), *events, sse.completed())


def told(upstream: Upstream, request: int = 1) -> list[JsonObject]:
    """What the model was told of calls in that request, in order; ids that newer servers add are left out."""
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    found = [as_object(item) for item in items]
    kept = [item for item in found if str(item["type"]).endswith(("_call", "_output"))]
    return [{key: value for key, value in item.items() if key not in {"id", *_NEWER}} for item in kept]


def outputs(upstream: Upstream, request: int = 1) -> list[JsonValue]:
    return [item["output"] for item in told(upstream, request) if "output" in item]


def text_of(output: JsonValue) -> str:
    """The last text of an output: newer servers hand on what MCP servers say as parts of their own."""
    if not isinstance(output, list):
        return str(output)
    return json.dumps([{"type": "text", "text": as_object(output[-1])["text"]}], separators=(",", ":"))


def items(turn: Turn, kind: str, method: str = "item/completed") -> list[JsonObject]:
    found = [as_object(one["item"]) for one in turn.params(method)]
    newer = ("startedAtMs", "completedAtMs", "results")
    return [
        {key: value for key, value in item.items() if key not in newer}
        for item in found
        if item["type"] == kind
    ]
