"""`app/list`: the account's directory and what its server has tools of, in one list (services.md §9)."""

import json
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.apps import Account
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, start_thread
from support.mcp_conversation import as_list
from support.plugins import put, put_marketplace
from support.upstream import Endpoint, Gate, Status, Stream, Upstream

UPDATED = "app/list/updated"
DIRECTORY: list[JsonObject] = [
    {"id": "c1", "name": "Calendar of all", "logoUrl": "https://logo.example"},
    {"id": "d1", "name": "Alpha"},
]
WHOLE = [("c1", "Calendar of all", True, True), ("d1", "Alpha", False, True)]


@pytest.fixture
def account(connect: Connect, upstream: Upstream) -> Account:
    account = Account(upstream, connect.home)
    account.known = DIRECTORY
    return account


def rows(data: JsonValue) -> list[tuple[JsonValue, ...]]:
    return [tuple(row[key] for key in ("id", "name", "isAccessible", "isEnabled")) for row in as_list(data)]


def updates(client: Client, since: int = 0) -> list[list[tuple[JsonValue, ...]]]:
    client.settle()
    told = [one for one in client.received[since:] if one.get("method") == UPDATED]
    return [rows(as_object(one["params"])["data"]) for one in told]


def test_the_list_is_of_the_directory_with_what_can_be_used_first(connect: Connect, account: Account) -> None:
    account.configure("[apps.d1]\nenabled = false\n")
    client = connect()

    listed = client.call("app/list", {})

    assert rows(listed["data"]) == [("c1", "Calendar of all", True, True), ("d1", "Alpha", False, False)]
    calendar = as_list(listed["data"])[0]
    assert (calendar["description"], calendar["logoUrl"]) == ("About Calendar.", "https://logo.example")
    assert calendar["installUrl"] == "https://chatgpt.com/apps/calendar-of-all/c1"
    assert updates(client)[-1] == rows(listed["data"])


def test_clients_are_told_when_each_source_has_come(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    gate = Gate()
    body = json.dumps({"apps": DIRECTORY}).encode()
    late = Endpoint(lambda _: Stream((gate, body), (("content-type", "application/json"),)))
    upstream.add("GET", "/backend-api/connectors/directory/list", late)
    client = connect()

    request = client.request("app/list", {})
    first = client.wait_for(UPDATED)
    gate.open()
    client.answer(request)

    usable = [("c1", "Calendar", True, True), ("c2", "Mail Box", True, True)]
    assert rows(first["data"]) == usable
    assert updates(client) == [usable, WHOLE]


def test_a_list_is_kept_until_it_is_wanted_anew(connect: Connect, account: Account) -> None:
    client = connect()
    client.call("app/list", {})
    account.known = DIRECTORY[:1]
    account.server.tools = []
    asked, since = len(account.server.asked), client.mark()

    kept = client.call("app/list", {})
    told = updates(client, since)
    anew = client.call("app/list", {"forceRefetch": True})

    assert (rows(kept["data"]), told) == (WHOLE, [WHOLE])
    assert len(account.server.asked) > asked
    assert rows(anew["data"]) == [("c1", "Calendar of all", False, True)]


def test_a_server_that_cannot_be_asked_costs_only_what_it_knows(connect: Connect, account: Account) -> None:
    account.server.status = 500

    listed = connect().call("app/list", {})

    assert rows(listed["data"]) == [("d1", "Alpha", False, True), ("c1", "Calendar of all", False, True)]


def test_a_directory_that_cannot_be_read_is_told(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    account.directory.script(Status(500, {"error": "x"}))
    client = connect()

    refused = client.refusal("app/list", {})

    assert (refused.code, refused.message[:67]) == (
        -32603,
        "failed to list apps: Request failed with status 500 Internal Server",
    )


def test_pages_and_threads(connect: Connect, account: Account) -> None:
    client = connect()
    thread_id = start_thread(client)

    first = client.call("app/list", {"threadId": thread_id, "limit": 1})
    rest = client.call("app/list", {"cursor": first["nextCursor"]})

    assert rows(first["data"]) + rows(rest["data"]) == WHOLE
    assert client.refusal("app/list", {"cursor": "9"}) == Refusal(-32600, "cursor 9 exceeds total apps 2")


def test_switching_apps_on_tells_of_them(connect: Connect, account: Account) -> None:
    client = connect()
    client.call("experimentalFeature/enablement/set", {"enablement": {"apps": False}})
    off = client.call("app/list", {})
    since = client.mark()

    client.call("experimentalFeature/enablement/set", {"enablement": {"apps": True}})

    assert off["data"] == []
    assert client.wait_for(UPDATED, since)["data"] != []


def test_a_plugin_tells_which_of_its_apps_are_not_connected(
    connect: Connect, account: Account, tmp_path: Path
) -> None:
    folder = tmp_path / "plugins" / "plug"
    put(folder / ".codex-plugin" / "plugin.json", {"name": "plug"})
    put(folder / ".app.json", {"apps": {"a": {"id": "c1"}, "b": {"id": "d1"}, "c": {"id": "zz"}}})
    named: JsonObject = {
        "pluginName": "plug",
        "marketplacePath": str(put_marketplace(tmp_path, "market", "plug")),
    }
    client = connect()

    shown = as_list(as_object(client.call("plugin/read", named)["plugin"])["apps"])
    needed = as_list(client.call("plugin/install", named)["appsNeedingAuth"])
    listed = client.call("app/list", {})

    assert [(app["id"], app["name"], app["needsAuth"]) for app in shown] == [
        ("d1", "Alpha", True),
        ("c1", "Calendar of all", False),
        ("zz", "zz", True),
    ]
    assert [(app["id"], app["needsAuth"]) for app in needed] == [("d1", True), ("zz", True)]
    assert {str(app["id"]): app["pluginDisplayNames"] for app in as_list(listed["data"])} == {
        "c1": ["plug"],
        "d1": [],
        "zz": [],
    }
