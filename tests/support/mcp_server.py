"""A small MCP server over stdio, in JSON-RPC as it is: what tests put into `[mcp_servers]`.

    python mcp_server.py [--log FILE] [--hang [METHOD] | --refuse] [--instructions TEXT] [--tools NAME,…]
                         [--many N] [--pages N] [--sandbox-meta] [--spawn FILE]

Every message that it reads goes to the log, one a line, and so does the environment at its start. `--hang`
never answers, or not to that method; `--refuse` ends at once. `--spawn` starts a grandchild that ignores
everything, and writes the ids of both processes into the file. Uses the standard library alone, so that it
starts at once.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Message = dict[str, Any]
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
READ_ONLY = {"readOnlyHint": True}
TEXT = {"type": "object", "properties": {"text": {"type": "string"}}}
GRANDCHILD = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"


def tool(name: str, **more: object) -> Message:
    return {"name": name, "description": f"About {name}.", "inputSchema": TEXT, **more}


TOOLS = [
    tool("echo", annotations=READ_ONLY, title="Echo"),
    tool("structured", annotations=READ_ONLY),
    tool("image", annotations=READ_ONLY),
    tool("mixed", annotations=READ_ONLY),
    tool("fails", annotations=READ_ONLY),
    tool("boom", annotations=READ_ONLY),
    tool("slow", annotations=READ_ONLY),
    tool("progress", annotations=READ_ONLY),
    tool("ask", annotations=READ_ONLY),
    tool("ask_page", annotations=READ_ONLY),
    tool("crash", annotations=READ_ONLY),
    tool("plain"),
    tool("closed_world", annotations={"openWorldHint": False, "destructiveHint": False}),
    tool("destroy", annotations={"destructiveHint": True, "readOnlyHint": True}, title="Destroy it"),
    tool("weird.name-x/y", annotations=READ_ONLY),
]
RESOURCES = [
    {"uri": "memo://one", "name": "one", "mimeType": "text/plain"},
    {"uri": "memo://two", "name": "two", "description": "d"},
]
TEMPLATES = [{"uriTemplate": "memo://{name}", "name": "memo"}]
FORM = {"type": "object", "properties": {"color": {"type": "string"}}, "required": ["color"]}


class Refusal(Exception):
    """A JSON-RPC error."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class McpServer:
    """What the server says to each message; `send` takes what goes to the client."""

    def __init__(self, send: Callable[[Message], None], options: argparse.Namespace) -> None:
        self._send = send
        self._options = options
        self._asked: dict[str, Message] = {}

    def take(self, message: Message) -> None:
        """Answer a request now; a tool that asks the user answers when the user has."""
        if "method" not in message:
            self._answered(message)
        elif "id" in message:
            try:
                result = self._result(message, message.get("params") or {})
            except Refusal as refusal:
                error = {"code": refusal.code, "message": str(refusal)}
                self._send({"jsonrpc": "2.0", "id": message["id"], "error": error})
            else:
                if result is not None:
                    self._reply(message, result)

    def _reply(self, message: Message, result: Message) -> None:
        self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _result(self, message: Message, params: Message) -> Message | None:
        match message["method"]:
            case "initialize":
                return self._initialize(params)
            case "tools/list":
                return self._page("tools", self._tools(), params)
            case "tools/call":
                return self._call(message, params)
            case "resources/list":
                return self._page("resources", RESOURCES, params)
            case "resources/templates/list":
                return self._page("resourceTemplates", TEMPLATES, params)
            case "resources/read":
                return self._read(params)
            case "ping":
                return {}
            case method:
                raise Refusal(-32601, f"Method not found: {method}")

    def _initialize(self, params: Message) -> Message:
        capabilities: Message = {"tools": {}, "resources": {}}
        if self._options.sandbox_meta:
            capabilities["experimental"] = {"codex/sandbox-state-meta": {}}
        result: Message = {
            "protocolVersion": params["protocolVersion"],
            "capabilities": capabilities,
            "serverInfo": {"name": "small", "version": "1", "title": "Small"},
        }
        if self._options.instructions:
            result["instructions"] = self._options.instructions
        return result

    def _tools(self) -> list[Message]:
        if self._options.many:
            return [tool(f"tool{number:03}", annotations=READ_ONLY) for number in range(self._options.many)]
        wanted = self._options.tools
        return [one for one in TOOLS if not wanted or one["name"] in wanted.split(",")]

    def _page(self, key: str, rows: list[Message], params: Message) -> Message:
        size = self._options.pages or len(rows)
        start = int(params.get("cursor") or 0)
        page: Message = {key: rows[start : start + size]}
        if start + size < len(rows):
            page["nextCursor"] = str(start + size)
        return page

    def _read(self, params: Message) -> Message:
        uri = params["uri"]
        if not any(one["uri"] == uri for one in RESOURCES):
            raise Refusal(-32002, "no such resource")
        return {"contents": [{"uri": uri, "mimeType": "text/plain", "text": f"the text of {uri}"}]}

    def _call(self, message: Message, params: Message) -> Message | None:
        arguments: Message = params.get("arguments") or {}
        text = str(arguments.get("text", ""))
        match params["name"]:
            case "structured":
                return {"content": [say("as text")], "structuredContent": {"b": 1, "a": [text]}}
            case "image":
                return {"content": [picture()]}
            case "mixed":
                return {"content": [say("before"), picture(), say("after")]}
            case "fails":
                return {"content": [say("it did not work")], "isError": True}
            case "boom":
                raise Refusal(-32000, "boom")
            case "slow":
                self._progress(params, "begun")
                return None
            case "progress":
                self._progress(params, "half of it")
                return {"content": [say("whole")]}
            case "ask":
                return self._ask(message, {"message": "Which color?", "requestedSchema": FORM})
            case "ask_page":
                page = {"mode": "url", "message": "Look", "url": "http://127.0.0.1/x", "elicitationId": "e1"}
                return self._ask(message, page)
            case "crash":
                os._exit(3)
            case name if any(one["name"] == name for one in self._tools()):
                return {"content": [say(text or name)]}
            case name:
                raise Refusal(-32602, f"unknown tool {name}")

    def _progress(self, params: Message, message: str) -> None:
        token = params["_meta"]["progressToken"]
        told = {"progressToken": token, "progress": 1, "total": 2, "message": message}
        self._send({"jsonrpc": "2.0", "method": "notifications/progress", "params": told})

    def _ask(self, call: Message, params: Message) -> None:
        request_id = f"ask-{len(self._asked)}"
        self._asked[request_id] = call
        self._send({"jsonrpc": "2.0", "id": request_id, "method": "elicitation/create", "params": params})

    def _answered(self, message: Message) -> None:
        call = self._asked.get(str(message.get("id")))
        if call is not None:
            self._reply(call, {"content": [say(json.dumps(message.get("result", message.get("error"))))]})


def say(text: str) -> Message:
    return {"type": "text", "text": text}


def picture() -> Message:
    return {"type": "image", "data": PIXEL, "mimeType": "image/png"}


def options_of(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--log")
    parser.add_argument("--hang", nargs="?", const="")
    parser.add_argument("--refuse", action="store_true")
    parser.add_argument("--instructions")
    parser.add_argument("--tools", default="")
    parser.add_argument("--many", type=int, default=0)
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--sandbox-meta", action="store_true")
    parser.add_argument("--spawn")
    return parser.parse_args(arguments)


def main() -> None:
    options = options_of(sys.argv[1:])
    if options.refuse:
        sys.stderr.write("this server refuses\n")
        raise SystemExit(7)
    if options.spawn:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        grandchild = subprocess.Popen([sys.executable, "-c", GRANDCHILD], start_new_session=True)
        with Path(options.spawn).open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {grandchild.pid}\n")

    def log(entry: object) -> None:
        if options.log:
            with Path(options.log).open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")

    def send(message: Message) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    log({"environment": dict(os.environ), "cwd": str(Path.cwd())})
    server = McpServer(send, options)
    for line in sys.stdin:
        message = json.loads(line)
        log(message)
        if options.hang is None or options.hang not in ("", message.get("method")):
            server.take(message)
    if options.spawn:  # one that does not mind that its input has ended
        signal.pause()


if __name__ == "__main__":
    main()
