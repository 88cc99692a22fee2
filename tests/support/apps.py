"""A ChatGPT account's apps on loopback: the MCP server that hosts their tools, and their directory."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import JsonValue

from support import sse
from support.client import JsonObject
from support.home import write_chatgpt_login, write_config
from support.upstream import Asked, Endpoint, Gate, Reply, Status, Stream, Upstream, stream

NAMESPACE = "mcp__codex_apps__calendar"
READS: JsonObject = {"readOnlyHint": True}
SCHEMA: JsonObject = {
    "type": "object",
    "properties": {"text": {"type": "string"}},
    "required": ["text"],
    "additionalProperties": False,
}


def app_tool(
    name: str,
    app_id: str | None = "c1",
    app: str | None = "Calendar",
    *,
    meta: JsonObject | None = None,
    **more: JsonValue,
) -> JsonObject:
    """A tool as the account's server lists it."""
    about = {"connector_id": app_id, "connector_name": app, "connector_description": f"About {app}."}
    told: JsonObject = {key: value for key, value in about.items() if value is not None}
    return {
        "name": name,
        "description": f"Does {name}.",
        "inputSchema": SCHEMA,
        "_meta": {**told, **(meta or {})},
        **more,
    }


CALENDAR = (
    app_tool("calendar_list", annotations=READS),
    app_tool("calendar_create", title="Create event"),
    app_tool("mail_send", "c2", "Mail Box"),
)


class AccountServer:
    """Speaks MCP over plain JSON answers. `gate`, if set, is where its list of tools waits."""

    def __init__(self, tools: Sequence[JsonObject]) -> None:
        self.tools: Sequence[JsonObject] = tools
        self.results: dict[str, JsonObject] = {}
        """What calls of a tool give, by its name; others say what was called."""
        self.status = 200
        self.gate: Gate | None = None
        self.asked: list[Asked] = []

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.status != 200 or asked.method != "POST":
            return Status(self.status if self.status != 200 else 405, {"error": "no"})
        message = asked.json
        if "id" not in message:
            return Status(202)
        headers = (("mcp-session-id", "s1"),)
        return Status(200, {"jsonrpc": "2.0", "id": message["id"], **self._outcome(message)}, headers)

    @property
    def calls(self) -> list[JsonObject]:
        """The params of every call of a tool."""
        posts = [one.json for one in self.asked if one.method == "POST"]
        params = [one["params"] for one in posts if one.get("method") == "tools/call"]
        return [one for one in params if isinstance(one, dict)]

    def _outcome(self, message: JsonObject) -> JsonObject:
        params = message.get("params")
        match message["method"], params:
            case "initialize", {"protocolVersion": version}:
                info: JsonObject = {"name": "apps", "version": "1"}
                return {
                    "result": {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": info}
                }
            case "tools/list", _:
                if self.gate is not None:
                    self.gate.pass_through()
                return {"result": {"tools": list(self.tools)}}
            case "tools/call", {"name": str(name)}:
                said: JsonObject = {"content": [{"type": "text", "text": f"did {name}"}]}
                return {"result": self.results.get(name, said)}
            case _:
                return {"error": {"code": -32601, "message": "no such method"}}


class Account:
    """An account that is logged in with ChatGPT: its server, and the directory of all apps."""

    def __init__(self, upstream: Upstream, home: Path) -> None:
        self.upstream = upstream
        self.home = home
        self.server = AccountServer(CALENDAR)
        self.directory = Endpoint(lambda _: Status(200, {"apps": list(self.known)}))
        self.known: list[JsonObject] = []
        """What the directory knows."""
        upstream.add("", "/backend-api/wham/apps", self.server)
        upstream.add("", "/backend-api/ps/mcp", self.server)  # where newer servers look for it
        upstream.add("GET", "/backend-api/connectors/directory/list", self.directory)
        self.configure()
        write_chatgpt_login(home)

    def configure(self, after: str = "") -> None:
        """Write config.toml; `after` are tables of it."""
        write_config(self.home, self.upstream.base_url, chatgpt=True, provider=f"\n{after}")


def calling_app(name: str, arguments: JsonValue = None, *, namespace: str = NAMESPACE) -> Stream:
    """An answer of the model that calls an app's tool."""
    given: JsonValue = {"text": "x"} if arguments is None else arguments
    return stream(sse.created(), sse.call(name, given, "c0", namespace=namespace), sse.completed())


def offered(upstream: Upstream, request: int = -1) -> dict[str, list[str]]:
    """The namespaces of apps that a request offers, and the tools in each."""
    tools = upstream.asked[request].json["tools"]
    assert isinstance(tools, list)
    found: dict[str, list[str]] = {}
    for tool in tools:
        match tool:
            case {"type": "namespace", "name": str(name), "tools": list(members)} if "codex_apps" in name:
                found[name] = [str(one["name"]) for one in members if isinstance(one, dict)]
            case _:
                pass
    return found


def sections(upstream: Upstream, request: int = -1) -> list[str]:
    """The first line of each developer part of a request, and where apps are told of."""
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    return [line.partition("\n")[0] for line in developer_texts(items)]


def developer_texts(items: Sequence[JsonValue]) -> list[str]:
    """The texts of all developer messages."""
    found: list[str] = []
    for item in items:
        match item:
            case {"role": "developer", "content": list(parts)}:
                found += [str(part["text"]) for part in parts if isinstance(part, dict)]
            case _:
                pass
    return found
