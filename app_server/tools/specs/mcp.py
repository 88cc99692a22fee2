"""MCP servers as namespaces of functions, under names that the Responses API takes (tools.md §8)."""

import re
from collections import Counter, defaultdict
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
_LONGEST_NAMESPACE: Final = _LONGEST - _HASH_DIGITS - 1
"""So much is left of a namespace when a name in it does not fit."""


class NamedTool(NamedTuple):
    """A tool, and the names under which the model calls it."""

    namespace: str
    name: str
    server: McpServer
    tool: McpTool

    @property
    def about_namespace(self) -> str:
        """What the namespace is for: an app tells of itself, a server of all its tools."""
        if (app := self.tool.app) is None:
            return self.server.instructions or ""
        return app.description or (f"What the app {app.name} can do." if app.name else "")


class _Raw(NamedTuple):
    """A tool by names that the API may not take, or that two tools may share."""

    identity: tuple[str, str, str]
    """Of its namespace: the server, the namespace's raw name, and the app."""
    name: str
    server: McpServer
    tool: McpTool

    @property
    def namespace(self) -> str:
        return _clean(self.identity[1])

    @property
    def digits(self) -> str:
        return _hash(*self.identity, self.name, self.tool.name)


def named_tools(servers: Sequence[McpServer]) -> tuple[NamedTool, ...]:
    """All tools with names that no two of them share, by namespace and then by name; apps come last."""
    raw = [_raw(server, tool) for server in servers for tool in server.tools]
    withheld = [_raw(server, tool) for server in servers for tool in server.withheld]
    sharing: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for one in (*raw, *withheld):
        sharing[one.namespace].add(one.identity)
    names = Counter((one.identity, _clean(one.name)) for one in (*raw, *withheld))

    def named(one: _Raw) -> NamedTool:
        namespace, name = one.namespace, _clean(one.name)
        if len(sharing[namespace]) > 1:
            end = "__" if namespace.endswith("__") else ""
            namespace = f"{namespace.removesuffix('__')}_{_hash(*one.identity)}{end}"
        if names[one.identity, name] > 1:
            name = f"{name}_{one.digits}"
        if len(namespace) + len(name) > _LONGEST:
            namespace = namespace[:_LONGEST_NAMESPACE]
            room = _LONGEST_NAMESPACE - len(namespace)
            name = f"{_clean(one.name)[:room]}_{one.digits}"
        return NamedTool(namespace, name, one.server, one.tool)

    return tuple(sorted(map(named, raw), key=_place))


def namespace_specs(tools: Iterable[NamedTool]) -> list[JsonObject]:
    """The tools in their namespaces. A tool whose schema nothing can be made of is left out."""
    specs: dict[str, JsonObject] = {}
    members: dict[str, list[JsonObject]] = {}
    for one in tools:
        namespace = one.namespace
        try:
            spec = forms.function(one.name, one.tool.description, reduced(one.tool.input_schema))
        except SchemaError:
            continue
        described = one.about_namespace or forms.default_namespace_description(namespace)
        members.setdefault(namespace, []).append(spec)
        specs[namespace] = forms.namespace(namespace, described, members[namespace])
    return list(specs.values())


def searchable_tools(tools: Iterable[NamedTool]) -> list[DynamicTool]:
    """The same in the form in which deferred tools are searched, without those that nobody can call."""
    return [_searchable(one) for one in tools if _has_schema(one)]


def _raw(server: McpServer, tool: McpTool) -> _Raw:
    if tool.app is None:
        return _Raw((server.name, f"mcp__{server.name}__", ""), tool.name, server, tool)
    from app_server.apps.naming import namespace_of, short_name  # few threads have apps

    identity = (server.name, namespace_of(server.name, tool.app), tool.app.id)
    return _Raw(identity, short_name(tool.name, tool.app), server, tool)


def _place(one: NamedTool) -> tuple[bool, str, str, str]:
    """Apps of one name stay in the order of their ids, which their namespaces do not tell."""
    if (app := one.tool.app) is None:
        return False, one.namespace, "", one.name
    from app_server.apps.naming import namespace_of  # as above

    return True, namespace_of(one.server.name, app), app.id, one.name


def _searchable(one: NamedTool) -> DynamicTool:
    title = f"{one.tool.title}: " if one.tool.title and one.tool.title != one.tool.description else ""
    return DynamicTool(
        name=one.name,
        description=title + one.tool.description,
        input_schema=one.tool.input_schema,
        namespace=one.namespace,
        deferred=True,
        namespace_description=one.about_namespace,
    )


def _has_schema(one: NamedTool) -> bool:
    try:
        reduced(one.tool.input_schema)
    except SchemaError:
        return False
    return True


def _clean(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_]", "_", name)


def _hash(*identity: str) -> str:
    """Twelve digits that tell raw names apart whose clean forms are the same."""
    return sha1("\0".join(identity).encode(), usedforsecurity=False).hexdigest()[:_HASH_DIGITS]
