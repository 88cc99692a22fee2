"""MCP servers as namespaces of functions, under names that the Responses API takes (tools.md §8)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha1
from typing import Final, NamedTuple

from app_server.tools import forms
from app_server.tools.context import McpServer, McpTool
from app_server.tools.dynamic import DynamicTool
from app_server.tools.foreign_schema import SchemaError, reduced
from protocol.wire import JsonObject

_LONGEST: Final = 64
"""Bytes of namespace and name together."""
_HASH_DIGITS: Final = 12


class NamedTool(NamedTuple):
    """A tool, and the names under which the model calls it."""

    namespace: str
    name: str
    server: McpServer
    tool: McpTool


def named_tools(servers: Sequence[McpServer]) -> tuple[NamedTool, ...]:
    """All tools with names that no two of them share, by namespace and then by name."""
    shared = Counter(_namespace(server.name) for server in servers)
    named: list[NamedTool] = []
    for server in servers:
        namespace = _namespace(server.name)
        if shared[namespace] > 1:
            namespace = f"{namespace.removesuffix('__')}_{_hash(server.name)}__"
        names = Counter(_clean(tool.name) for tool in server.tools)
        for tool in server.tools:
            name = _clean(tool.name)
            digits = _hash(server.name, tool.name)
            if names[name] > 1:
                name = f"{name}_{digits}"
            if len(namespace) + len(name) > _LONGEST:
                room = max(0, _LONGEST - len(namespace) - _HASH_DIGITS - 1)
                name = f"{_clean(tool.name)[:room]}_{digits}"
            named.append(NamedTool(namespace, name, server, tool))
    return tuple(sorted(named, key=lambda one: (one.namespace, one.name)))


def namespace_specs(servers: Sequence[McpServer]) -> list[JsonObject]:
    """One namespace a server. A tool whose schema nothing can be made of is left out."""
    specs: dict[str, JsonObject] = {}
    members: dict[str, list[JsonObject]] = {}
    for namespace, name, server, tool in named_tools(servers):
        try:
            spec = forms.function(name, tool.description, reduced(tool.input_schema))
        except SchemaError:
            continue
        described = server.instructions or forms.default_namespace_description(namespace)
        members.setdefault(namespace, []).append(spec)
        specs[namespace] = forms.namespace(namespace, described, members[namespace])
    return list(specs.values())


def searchable_tools(tools: Iterable[NamedTool]) -> list[DynamicTool]:
    """The same in the form in which deferred tools are searched, without those that nobody can call."""
    return [_searchable(one) for one in tools if _has_schema(one)]


def _searchable(one: NamedTool) -> DynamicTool:
    title = f"{one.tool.title}: " if one.tool.title and one.tool.title != one.tool.description else ""
    return DynamicTool(
        name=one.name,
        description=title + one.tool.description,
        input_schema=one.tool.input_schema,
        namespace=one.namespace,
        deferred=True,
        namespace_description=one.server.instructions or "",
    )


def _has_schema(one: NamedTool) -> bool:
    try:
        reduced(one.tool.input_schema)
    except SchemaError:
        return False
    return True


def _namespace(server: str) -> str:
    return f"mcp__{_clean(server)}__"


def _clean(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", name)


def _hash(*identity: str) -> str:
    """Twelve digits that tell raw names apart whose clean forms are the same."""
    return sha1("\0".join(identity).encode(), usedforsecurity=False).hexdigest()[:_HASH_DIGITS]
