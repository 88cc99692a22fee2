"""MCP servers in a test's config.toml, and what they were told."""

import json
import sys
import time
from pathlib import Path

from pydantic import JsonValue

from support.client import JsonObject
from support.home import write_config
from support.patience import patience

SCRIPT = Path(__file__).with_name("mcp_server.py")


def stdio_server(name: str, *arguments: str, extra: str = "") -> str:
    """The table of a server that runs our script with these arguments."""
    args: list[JsonValue] = ["-S", str(SCRIPT), *arguments]
    return (
        f"[mcp_servers.{name}]\ncommand = {json.dumps(sys.executable)}\nargs = {json.dumps(args)}\n{extra}\n"
    )


def write_servers(home: Path, base_url: str, *servers: str, extra: str = "") -> None:
    """A config.toml with these servers and the provider at `base_url`."""
    write_config(home, base_url, provider="\n".join(servers), extra=extra)


def read_log(file: Path) -> list[JsonObject]:
    """What the server has written down: its environment, and every message that it got."""
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def calls_in(file: Path) -> list[JsonObject]:
    """The params of every `tools/call` that the server got."""
    params = [entry["params"] for entry in read_log(file) if entry.get("method") == "tools/call"]
    return [one for one in params if isinstance(one, dict)]


def wait_called(file: Path) -> None:
    """Wait until the server has been called."""
    deadline = time.monotonic() + patience()
    while '"tools/call"' not in file.read_text("utf-8"):
        assert time.monotonic() < deadline, "never called"
        time.sleep(0.01)
