"""With the apps of an account, ours and the reference print the same list and send the same tools.

As elsewhere here, all is compared but each server's own sentences.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from peers import FOLLOWED
from prompt_peers.outline import outline
from prompt_peers.site import Case, Site
from pydantic import JsonValue
from support.apps import Account, app_tool
from support.client import Client, JsonObject
from support.conversation import run_turn, start_thread
from support.home import write_chatgpt_login
from support.mcp_conversation import as_list
from support.requires import reference_server as of_version
from support.skills import WITHOUT_BUNDLED
from support.upstream import Upstream

pytestmark = pytest.mark.peers

OURS = (sys.executable, "-m", "app_server", "app-server")
NOT_OURS = {"image_generation", "request_plugin_install"}
"""What we do not offer."""
TOOLS: list[JsonObject] = [
    app_tool("calendar_list", annotations={"readOnlyHint": True}),
    app_tool("calendar_create", title="Create event"),
    app_tool("calendar.create"),
    app_tool("drive_b", "d2", "Drive"),
    app_tool("drive_a", "d1", "Drive"),
    app_tool("x" * 80, "l", "Long " * 12),
    app_tool("alone", "n", None),
    app_tool("of_nothing", None, None),
]
SMALL = '[mcp_servers.zeta]\ncommand = "nobody-has-this-program"\n'
CONFIGS = {
    "as they are": "",
    "one off": "[apps.c1]\nenabled = false\n",
    "only one on": "[apps._default]\nenabled = false\n[apps.d1]\nenabled = true\n",
    "all off": "[apps._default]\nenabled = false\n",
    "no tools on": "[apps._default]\ndestructive_enabled = false\n",
    "the feature off": "[features]\napps = false\n",
    "to be searched for": "[features]\ntool_search_always_defer_mcp_tools = true\n",
    "beside a server that fails": SMALL,
    "not told of": "",
}
NOT_TOLD = "include_apps_instructions=false"


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.mark.parametrize("name", CONFIGS)
def test_both_print_the_same_list(
    name: str,
    upstream: Upstream,
    peer_home: Path,
    tmp_path: Path,
    our_server: tuple[str, ...],
    reference_server: tuple[str, ...],
) -> None:
    site = Site(peer_home, tmp_path.resolve())
    switched = ("-c", NOT_TOLD) if name == "not told of" else ()
    case = Case(name, after=("call [$calendar](app://c1)", *switched))
    site.build(case)
    account = Account(upstream, peer_home)
    account.server.tools = TOOLS
    account.configure(f"{CONFIGS[name]}{WITHOUT_BUNDLED}")

    theirs, ours = (site.run(server, case) for server in (reference_server, our_server))

    assert (ours.code, theirs.code) == (0, 0), (ours.error, theirs.error)
    assert outline(ours.items) == outline(theirs.items)


@pytest.mark.parametrize("name", CONFIGS)
def test_both_send_the_same_in_turns(
    name: str, upstream: Upstream, peer_home: Path, request: pytest.FixtureRequest
) -> None:
    theirs = (str(of_version(request.config, FOLLOWED)), "app-server")

    sent = [_sent(command, name, upstream, peer_home / f"{at}") for at, command in enumerate((OURS, theirs))]

    assert sent[0] == sent[1]


def _sent(
    command: tuple[str, ...], name: str, upstream: Upstream, home: Path
) -> list[tuple[JsonValue, list[JsonValue]]]:
    """What each turn of a thread tells the model, and the tools that it offers."""
    home.mkdir()
    account = Account(upstream, home)
    account.server.tools = TOOLS
    account.configure(f"{CONFIGS[name]}{WITHOUT_BUNDLED}")
    write_chatgpt_login(home)
    begun = len(upstream.asked)
    with Client(command, home) as client:
        client.initialize({"experimentalApi": True})
        told = name == "not told of"
        thread_id = start_thread(client, config={"include_apps_instructions": False} if told else {})
        for text in ("hello", "ask $calendar", "and $drive or [$x](app://d2)", "so?"):
            run_turn(client, thread_id, text)
    requests = [one.json for one in upstream.asked[begun:]]
    return [(_developer_parts(one["input"]), _tools(one["tools"])) for one in requests]


def _developer_parts(items: JsonValue) -> JsonValue:
    """The tags of the developer parts, in their order."""
    texts = [
        str(part["text"])
        for item in as_list(items)
        if item.get("role") == "developer"
        for part in as_list(item["content"])
    ]
    return [text.partition(">")[0] for text in texts]


def _tools(tools: JsonValue) -> list[JsonValue]:
    """Names and parameters, without sentences and what we do not offer."""
    return [
        _without_sentences(tool)
        for tool in as_list(tools)
        if str(tool.get("name", tool["type"])) not in NOT_OURS
    ]


def _without_sentences(value: JsonValue) -> JsonValue:
    if isinstance(value, list):
        return [_without_sentences(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = ("description", "definition")
    return {
        key: _without_sentences(one)
        for key, one in value.items()
        if not (key in own and isinstance(one, str))
    }
