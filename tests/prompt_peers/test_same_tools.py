"""A turn of ours offers the tools that a turn of the reference offers (tools.md §1).

All is compared but the sentences: which, their order and kinds, names of parameters, JSON types, what is
required. What we describe but cannot run is not offered; there the descriptions alone are compared.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple, Self

import pytest
from peers import FOLLOWED
from prompt_peers.cases_of_tools import TOOL_CASES, ToolCase
from pydantic import JsonValue
from support.client import Client
from support.conversation import run_turn, start_thread
from support.home import write_config
from support.mcp_conversation import STATUS
from support.requires import reference_server
from support.upstream import Upstream, text_reply

from app_server.tools.context import ToolContext
from app_server.tools.table import CODE_MODE, SEARCHES, TOOLS
from app_server.tools.toolbox import tool_specs

pytestmark = pytest.mark.peers

OURS = (sys.executable, "-m", "app_server", "app-server")
HOMES = Path(__file__).parents[2] / "build" / "homes"


class Side:
    """A server, and the provider that its turns go to. A context manager."""

    def __init__(self, command: tuple[str, ...], home: Path) -> None:
        self._command = command
        self._home = home
        self._upstream = Upstream()
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._open.enter_context(self._upstream)
        self._home.mkdir()
        write_config(self._home, self._upstream.base_url)
        self._client = self._open.enter_context(Client(self._command, self._home))
        self._client.transcript.lasting = True
        self._client.initialize({"experimentalApi": True})
        return self

    def __exit__(self, *_: object) -> None:
        self._client.transcript.lasting = False
        self._open.close()

    def offered(self, case: ToolCase) -> list[JsonValue]:
        """The tools in the request of a turn, without sentences."""
        self._upstream.script(text_reply("done"))
        since = self._client.mark()
        thread_id = start_thread(self._client, **case.start)
        for name in case.servers:  # neither waits for long for one that is late
            self._client.wait_for(STATUS, since, name=name, status="ready")
        run_turn(self._client, thread_id)
        return without_sentences(self._upstream.asked[-1].json["tools"])


class Sides(NamedTuple):
    ours: Side
    theirs: Side


def without_sentences(tools: JsonValue) -> list[JsonValue]:
    """The same without descriptions and grammars."""
    assert isinstance(tools, list)
    return [_without(tool) for tool in tools]


def _without(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_without(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _without(one)
        for key, one in value.items()
        if not (key in ("description", "definition") and isinstance(one, str))
    }


def lines(tools: list[JsonValue]) -> list[str]:
    """Each tool as it is sent, order of keys included."""
    return [json.dumps(tool) for tool in tools]


def name_of(tool: JsonValue) -> str:
    assert isinstance(tool, dict)
    return str(tool.get("name", tool.get("type")))


def not_run(context: ToolContext | None) -> set[str]:
    """The names of what we describe and do not run; without a context, of any that is never run."""
    if context is None:
        return {tool.name for tool in (*CODE_MODE, *TOOLS, *SEARCHES) if not tool.executable}
    described, offered = (tool_specs(context, executable_only=only) for only in (False, True))
    return {name_of(tool) for tool in described} - {name_of(tool) for tool in offered}


@pytest.fixture(scope="module")
def reference(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The version whose tools we offer."""
    return (str(reference_server(request.config, FOLLOWED)), "app-server")


@pytest.fixture(scope="module")
def sides(reference: tuple[str, ...]) -> Iterator[Sides]:
    """Both servers; each case is a thread of its own in them."""
    HOMES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=HOMES, ignore_cleanup_errors=True) as folder:
        home = Path(folder).resolve()
        with Side(OURS, home / "ours") as ours, Side(reference, home / "reference") as theirs:
            yield Sides(ours, theirs)


@pytest.mark.parametrize("case", TOOL_CASES, ids=lambda case: case.name)
def test_both_offer_the_same_tools(case: ToolCase, sides: Sides) -> None:
    ours, theirs = sides.ours.offered(case), sides.theirs.offered(case)

    hidden = not_run(case.context)
    assert lines(ours) == lines([tool for tool in theirs if name_of(tool) not in hidden])
    if case.context is not None:
        assert lines(without_sentences([*tool_specs(case.context, executable_only=False)])) == lines(theirs)
