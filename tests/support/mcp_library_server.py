# pyright: basic, reportMissingImports=false
# The library is there only with the `peers` extra, so strict checking would fail without it.
"""A small server made with the official MCP library, in a process of its own.

    python mcp_library_server.py [--http]

Over stdio; with `--http` it listens on loopback instead, and writes its address as a line first.
"""

import socket
import sys

import uvicorn
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel

server = MCPServer("official", instructions="Speak up.", version="7", log_level="ERROR")


class Color(BaseModel):
    """What the user is asked for."""

    color: str


@server.tool(description="Says it louder.")
def shout(text: str) -> str:
    return text.upper()


@server.tool()
def fail() -> str:
    raise ToolError("it broke")


@server.tool()
async def count(ctx: Context, to: int) -> str:
    for number in range(1, to + 1):
        await ctx.report_progress(number, to, f"{number} of {to}")
    return "counted"


@server.tool()
async def paint(ctx: Context) -> str:
    answer = await ctx.elicit("Which color?", Color)
    return f"{answer.action}: {answer.data.color}" if answer.action == "accept" else answer.action


@server.resource("memo://one", name="one", mime_type="text/plain")
def one() -> str:
    return "the first memo"


@server.resource("memo://named/{name}", name="named")
def named(name: str) -> str:
    return f"the memo {name}"


def main() -> None:
    if "--http" not in sys.argv:
        server.run()
        return
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"http://127.0.0.1:{listener.getsockname()[1]}/mcp\n")
    sys.stdout.flush()
    app = server.streamable_http_app(json_response="--json" in sys.argv)
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listener])


if __name__ == "__main__":
    main()
