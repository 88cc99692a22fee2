"""Start-up is a feature (P8): what it may import and weigh, checked by names and bytes, not by a clock."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from support.client import Client
from support.home import write_config
from support.upstream import Upstream

FIRST_ANSWER = ("app_server.__main__", "app_server.startup")
"""What the process has imported when it answers a prompt client's `initialize`."""

NOT_BEFORE_THE_FIRST_ANSWER = frozenset(
    {
        "anyio",
        "argparse",
        "asyncio",
        "concurrent",
        "dataclasses",
        "email",
        "http",
        "inspect",
        "logging",
        "orjson",
        "pathlib",
        "pydantic",
        "pydantic_core",
        "select",
        "selectors",
        "socket",
        "ssl",
        "subprocess",
        "tempfile",
        "typing",
        "urllib",
        "uuid",
        "zipfile",
    }
)
NOT_FOR_A_TURN = frozenset(
    {
        "PIL",
        "argparse",
        "cryptography",
        "ctypes",
        "h2",
        "http.client",
        "importlib.metadata",
        "httpx2",
        "jsonschema",
        "mcp",
        "multiprocessing",
        "protocol.approval",
        "protocol.model",
        "protocol.permissions",
        "referencing",
        "sqlite3",
        "tomlkit",
        "tree_sitter",
        "tzlocal",
        "urllib.request",
        "websockets",
        "xml",
    }
)

MODULES_OF_TYPES = 45
"""How many modules of `protocol` a first turn may import at most: to define their types takes a while."""


def imported_by(*modules: str) -> set[str]:
    asked = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-I", "-c", asked], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def imported_in_a_first_turn(home: Path) -> set[str]:
    traced = (sys.executable, "-X", "importtime", "-m", "app_server", "app-server")
    with Client(traced, home) as client:
        client.initialize({"experimentalApi": True})
        thread = client.call("thread/start", {})["thread"]
        assert isinstance(thread, dict)
        client.call("turn/start", {"threadId": thread["id"], "input": [{"type": "text", "text": "hi"}]})
        client.wait_for("turn/completed")
    lines = client.stderr_path.read_text("utf-8").splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


@pytest.mark.requirement("P8")
def test_the_first_answer_waits_for_no_heavy_import() -> None:
    imported = imported_by(*FIRST_ANSWER)

    assert imported & NOT_BEFORE_THE_FIRST_ANSWER == set()
    assert len(imported - imported_by("sys")) < 80


@pytest.mark.requirement("P8")
def test_a_first_turn_imports_nothing_that_text_does_not_need(codex_home: Path) -> None:
    with Upstream() as upstream:
        write_config(codex_home, upstream.base_url)

        imported = imported_in_a_first_turn(codex_home)

    assert "app_server.agent.turn" in imported
    assert imported & NOT_FOR_A_TURN == set()
    assert len([name for name in imported if name.startswith("protocol.")]) <= MODULES_OF_TYPES


@pytest.mark.requirement("P8")
def test_an_idle_server_is_light(codex_home: Path, our_server: tuple[str, ...]) -> None:
    with Client((*our_server, "app-server"), codex_home) as client:
        client.initialize({"experimentalApi": True})
        client.call("thread/loaded/list", {})

        resident = psutil.Process(client.process.pid).memory_info().rss

    assert resident <= 120 * 2**20
