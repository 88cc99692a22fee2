"""MCP servers of the other agent as tables of `[mcp_servers]`; what cannot be said there is left out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app_server.mcp.settings import is_server_name
from app_server.migration.places import Places, read_object
from protocol.wire import JsonObject, JsonValue

_VARIABLE: Final = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_BEARER: Final = "Bearer "


def other_servers(places: Places, user_home: Path) -> dict[str, JsonObject]:
    """By name. A project's are those of its own file, and those that the user has set up for it."""
    everything = read_object(user_home / ".claude.json")
    if places.project is None:
        tables = [everything.get("mcpServers")]
    else:
        projects = everything.get("projects")
        own = projects.get(str(places.project)) if isinstance(projects, dict) else None
        tables = [
            read_object(places.project / ".mcp.json").get("mcpServers"),
            own.get("mcpServers") if isinstance(own, dict) else None,
        ]
    found: dict[str, JsonObject] = {}
    for table in tables:
        for name, server in _servers(table):
            found.setdefault(name, server)
    return dict(sorted(found.items()))


def _servers(table: JsonValue) -> Iterator[tuple[str, JsonObject]]:
    for name, given in table.items() if isinstance(table, dict) else ():
        if isinstance(given, dict) and given.get("disabled") is not True and is_server_name(name):
            server = _stdio(given) if "command" in given else _http(given)
            if server is not None:
                yield name, server


def _stdio(given: JsonObject) -> JsonObject | None:
    command, args, env = given.get("command"), given.get("args", []), given.get("env", {})
    if not isinstance(command, str) or not isinstance(args, list) or not isinstance(env, dict):
        return None
    if any(_VARIABLE.search(str(text)) for text in (command, *args)):
        return None
    forwarded: list[JsonValue] = []
    literal: JsonObject = {}
    for name, value in env.items():
        if value == f"${{{name}}}":
            forwarded.append(name)
        elif isinstance(value, str) and not _VARIABLE.search(value):
            literal[name] = value
        else:
            return None
    server: JsonObject = {"command": command}
    if args:
        server["args"] = args
    if literal:
        server["env"] = literal
    if forwarded:
        server["env_vars"] = forwarded
    return server


def _http(given: JsonObject) -> JsonObject | None:
    url, headers = given.get("url"), given.get("headers", {})
    if not isinstance(url, str) or given.get("type") == "sse" or not isinstance(headers, dict):
        return None
    server: JsonObject = {"url": url}
    literal: JsonObject = {}
    variables: JsonObject = {}
    for name, value in headers.items():
        text = str(value)
        is_bearer = name.lower() == "authorization" and text.startswith(_BEARER)
        variable = _VARIABLE.fullmatch(text.removeprefix(_BEARER) if is_bearer else text)
        if variable is not None and is_bearer:
            server["bearer_token_env_var"] = variable[1]
        elif variable is not None:
            variables[name] = variable[1]
        elif _VARIABLE.search(text):
            return None
        else:
            literal[name] = text
    if literal:
        server["http_headers"] = literal
    if variables:
        server["env_http_headers"] = variables
    return server
