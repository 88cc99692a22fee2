"""What a model calls its tools by: the scripts say the names of 0.131, and 0.169 hears its own.

A model calls what it is offered, and the reference offers the same tools by other names in 0.169.
"""

import json
from dataclasses import replace
from typing import Final

from support.upstream.asked import Asked, JsonObject
from support.upstream.replies import Part, Reply, Stream

_AGENTS: Final = frozenset({"spawn_agent", "send_input", "resume_agent", "wait_agent", "close_agent"})
_NAMED_AGENTS: Final = frozenset(
    {"spawn_agent", "followup_task", "interrupt_agent", "list_agents", "send_message", "wait_agent"}
)


def in_newer_names(asked: Asked, reply: Reply) -> Reply:
    """The reply, its calls by the names that 0.169 has for the tools."""
    if not isinstance(reply, Stream):
        return reply
    named = '"collaboration"' in json.dumps(asked.json.get("tools"))
    return replace(reply, parts=tuple(_renamed(part, named=named) for part in reply.parts))


def _renamed(part: Part, *, named: bool) -> Part:
    if not isinstance(part, dict) or not isinstance(item := part.get("item"), dict):
        return part
    if item.get("type") != "function_call":
        return part
    return {**part, "item": {**item, **_newer_name(item, named=named)}}


def _newer_name(item: JsonObject, *, named: bool) -> JsonObject:
    name, namespace = item.get("name"), item.get("namespace")
    if namespace is None and name in (_NAMED_AGENTS if named else _AGENTS):
        return {"namespace": "collaboration" if named else "multi_agent_v1"}
    return {"namespace": namespace.removesuffix("__")} if isinstance(namespace, str) else {}
