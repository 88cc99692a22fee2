"""`[mcp_servers.NAME]`: what is known of a server before it is started (tools.md §9.1)."""

import re
from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from protocol.wire import JsonObject, JsonValue

ApprovalMode = Literal["auto", "prompt", "approve"]

ACCOUNT_SERVER: Final = "codex_apps"
"""The name of the server of the account's apps, which no other server can have."""
DEFAULT_STARTUP_SECONDS: Final = 30.0
DEFAULT_TOOL_SECONDS: Final = 120.0


class Stdio(NamedTuple):
    """A program that speaks MCP over its stdin and stdout."""

    command: str
    args: tuple[str, ...]
    env: tuple[tuple[str, str], ...]
    env_vars: tuple[str, ...]
    """Variables that are handed on from our own environment."""
    cwd: str | None


class StreamableHttp(NamedTuple):
    """A server that listens at an address."""

    url: str
    bearer_token_env_var: str | None
    http_headers: tuple[tuple[str, str], ...]
    env_http_headers: tuple[tuple[str, str], ...]
    """Headers, and the variables that their values are in."""
    oauth_resource: str | None = None

    def __repr__(self) -> str:
        return f"StreamableHttp({self.url})"  # headers may be secrets


class ServerSettings(NamedTuple):
    """One server. Equal settings need no restart."""

    name: str
    transport: Stdio | StreamableHttp
    enabled: bool = True
    required: bool = False
    """Without it no thread starts."""
    startup_seconds: float = DEFAULT_STARTUP_SECONDS
    tool_seconds: float = DEFAULT_TOOL_SECONDS
    enabled_tools: frozenset[str] | None = None
    """Only these; None: all."""
    disabled_tools: frozenset[str] = frozenset()
    parallel: bool = False
    """Whether its tools may run beside others."""
    approval: ApprovalMode = "auto"
    tool_approvals: tuple[tuple[str, ApprovalMode], ...] = ()
    scopes: tuple[str, ...] = ()
    plugin_id: str | None = None
    """The plugin that brought it."""
    of_account: bool = False
    """Whether it is the own server of the account that is logged in, and takes that login."""

    def offers(self, tool: str) -> bool:
        """Whether a tool that the server lists is used."""
        return (self.enabled_tools is None or tool in self.enabled_tools) and tool not in self.disabled_tools

    def approval_of(self, tool: str) -> ApprovalMode:
        """How calls of a tool are approved."""
        return dict(self.tool_approvals).get(tool, self.approval)


def server_settings(tables: Mapping[str, JsonValue]) -> tuple[ServerSettings, ...]:
    """All servers of a checked `mcp_servers` table, by name; what no server can be is left out."""
    found = (_settings(name, table) for name, table in sorted(tables.items()) if isinstance(table, dict))
    return tuple(one for one in found if one is not None)


def brought_settings(name: str, table: JsonObject, plugin_id: str) -> ServerSettings | None:
    """A server that a plugin brought; None for what no server can be."""
    found = _settings(name, table)
    return None if found is None else found._replace(plugin_id=plugin_id)


def is_server_name(name: str) -> bool:
    """Whether a server may be called so (tools.md §8)."""
    return re.fullmatch(r"[a-zA-Z0-9_-]+", name) is not None


def _settings(name: str, table: JsonObject) -> ServerSettings | None:
    transport = _transport(table)
    if transport is None:
        return None
    only = table.get("enabled_tools")
    return ServerSettings(
        name=name,
        transport=transport,
        enabled=table.get("enabled") is not False,
        required=table.get("required") is True,
        startup_seconds=_startup_seconds(table),
        tool_seconds=_seconds(table.get("tool_timeout_sec"), DEFAULT_TOOL_SECONDS),
        enabled_tools=frozenset(_strings(only)) if isinstance(only, list) else None,
        disabled_tools=frozenset(_strings(table.get("disabled_tools"))),
        parallel=table.get("supports_parallel_tool_calls") is True,
        approval=_mode(table.get("default_tools_approval_mode")) or "auto",
        tool_approvals=_tool_approvals(table.get("tools")),
        scopes=_strings(table.get("scopes")),
    )


def _transport(table: JsonObject) -> Stdio | StreamableHttp | None:
    command, url = table.get("command"), table.get("url")
    if isinstance(command, str):
        return Stdio(
            command=command,
            args=_strings(table.get("args")),
            env=_pairs(table.get("env")),
            env_vars=_forwarded(table.get("env_vars")),
            cwd=_text(table.get("cwd")),
        )
    if isinstance(url, str):
        return StreamableHttp(
            url=url,
            bearer_token_env_var=_text(table.get("bearer_token_env_var")),
            http_headers=_pairs(table.get("http_headers")),
            env_http_headers=_pairs(table.get("env_http_headers")),
            oauth_resource=_text(table.get("oauth_resource")),
        )
    return None


def _startup_seconds(table: JsonObject) -> float:
    milliseconds = table.get("startup_timeout_ms")
    if table.get("startup_timeout_sec") is None and isinstance(milliseconds, int):
        return milliseconds / 1000
    return _seconds(table.get("startup_timeout_sec"), DEFAULT_STARTUP_SECONDS)


def _seconds(value: JsonValue, default: float) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def _forwarded(value: JsonValue) -> tuple[str, ...]:
    """Names, or tables with a name; those whose source is another machine are not ours to forward."""
    names: list[str] = []
    for entry in value if isinstance(value, list) else ():
        name = entry.get("name") if isinstance(entry, dict) else entry
        remote = isinstance(entry, dict) and entry.get("source") == "remote"
        if isinstance(name, str) and not remote:
            names.append(name)
    return tuple(names)


def _tool_approvals(value: JsonValue) -> tuple[tuple[str, ApprovalMode], ...]:
    modes: list[tuple[str, ApprovalMode]] = []
    for tool, table in value.items() if isinstance(value, dict) else ():
        mode = _mode(table.get("approval_mode")) if isinstance(table, dict) else None
        if mode is not None:
            modes.append((tool, mode))
    return tuple(modes)


def _mode(value: JsonValue) -> ApprovalMode | None:
    return value if value in ("auto", "prompt", "approve") else None


def _pairs(value: JsonValue) -> tuple[tuple[str, str], ...]:
    return tuple((key, str(one)) for key, one in value.items()) if isinstance(value, dict) else ()


def _strings(value: JsonValue) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) else None
