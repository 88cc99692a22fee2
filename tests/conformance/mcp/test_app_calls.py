"""Calls of an app's tools: where they go, who is asked first, and files on the way."""

import pytest
from support.apps import NAMESPACE, READS, Account, app_tool, calling_app
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.mcp_conversation import ELICIT, as_list
from support.upstream import Endpoint, Status, Upstream, text_reply

FILES: JsonObject = {
    "type": "object",
    "properties": {"file": {"type": "object"}, "more": {"type": "array", "items": {"type": "object"}}},
}


def calls_shown(messages: list[JsonObject]) -> list[JsonObject]:
    shown = [
        as_object(as_object(one["params"])["item"])
        for one in messages
        if one.get("method") == "item/completed"
    ]
    return [item for item in shown if item["type"] == "mcpToolCall"]


def test_a_call_reaches_the_accounts_server_and_is_shown(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    interface: JsonObject = {
        "ui": {"resourceUri": "ui://calendar"},
        "_codex_apps": {"resource_uri": "connector://a"},
    }
    account.server.tools = [app_tool("calendar_list", annotations=READS, meta=interface)]
    upstream.script(calling_app("_list"))
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    (call,) = account.server.calls
    meta = as_object(call["_meta"])
    assert (call["name"], call["arguments"]) == ("calendar_list", {"text": "x"})
    assert (meta["_codex_apps"], meta["threadId"]) == (
        {"resource_uri": "connector://a", "call_id": "c0"},
        thread_id,
    )
    (item,) = calls_shown(turn.messages)
    assert (item["server"], item["tool"], item["status"]) == ("codex_apps", "calendar_list", "completed")
    assert item["mcpAppResourceUri"] == "ui://calendar"
    again = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])
    (kept,) = [one for one in as_list(as_list(again["turns"])[0]["items"]) if one["type"] == "mcpToolCall"]
    assert kept["mcpAppResourceUri"] == "ui://calendar"


def test_a_call_that_may_do_harm_is_asked_about_in_the_apps_name(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    upstream.script(calling_app("_create"), text_reply(), calling_app("_create"))
    client = connect()
    asked: list[JsonObject] = []
    client.on(
        ELICIT,
        lambda one: (
            asked.append(one) or {"action": "accept", "content": None, "_meta": {"persist": "always"}}
        ),
    )
    thread_id = start_thread(client)

    for _ in range(2):
        run_turn(client, thread_id)

    (question,) = asked
    assert (question["serverName"], question["message"]) == (
        "codex_apps",
        'Allow Calendar to run tool "calendar_create"?',
    )
    known = as_object(question["_meta"])
    assert {
        key: known[key] for key in known if key.startswith(("connector", "persist", "source", "tool_p"))
    } == {
        "connector_id": "c1",
        "connector_name": "Calendar",
        "connector_description": "About Calendar.",
        "persist": ["session", "always"],
        "source": "connector",
        "tool_params": {"text": "x"},
        "tool_params_display": [{"name": "text", "value": "x", "display_name": "text"}],
    }
    assert len(account.server.calls) == 2
    written = (account.home / "config.toml").read_text("utf-8")
    assert '[apps.c1.tools.calendar_create]\napproval_mode = "approve"' in written


@pytest.mark.parametrize(
    ("tables", "tool", "asks"),
    [
        ("", "_list", False),
        ("", "_create", True),
        ('[apps.c1]\ndefault_tools_approval_mode = "approve"\n', "_create", False),
        ('[apps.c1]\ndefault_tools_approval_mode = "prompt"\n', "_list", True),
        ('[apps.c1.tools."Create event"]\napproval_mode = "approve"\n', "_create", False),
    ],
)
def test_the_configuration_says_how_calls_are_approved(
    connect: Connect, upstream: Upstream, account: Account, tables: str, tool: str, *, asks: bool
) -> None:
    account.configure(tables)
    upstream.script(calling_app(tool))
    client = connect()
    asked: list[JsonObject] = []
    client.on(ELICIT, lambda one: asked.append(one) or {"action": "decline", "content": None, "_meta": None})

    run_turn(client, start_thread(client))

    assert (bool(asked), len(account.server.calls)) == (asks, 0 if asks else 1)


def test_the_default_of_all_apps_says_it_too(connect: Connect, upstream: Upstream, account: Account) -> None:
    account.configure('[apps._default]\ndefault_tools_approval_mode = "prompt"\n')
    upstream.script(calling_app("_list"))
    client = connect()
    asked: list[JsonObject] = []
    client.on(ELICIT, lambda one: asked.append(one) or {"action": "decline", "content": None, "_meta": None})

    run_turn(client, start_thread(client))

    assert len(asked) == 1


def test_a_file_for_an_app_is_uploaded_before_the_call(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    takes_files: JsonObject = {"openai/fileParams": ["file", "more"]}
    account.server.tools = [
        app_tool("calendar_send", annotations=READS, meta=takes_files, inputSchema=FILES),
    ]
    begun = Endpoint(lambda _: Status(200, {"file_id": "file_1", "upload_url": f"{upstream.root}/blob?x=1"}))
    blob = Endpoint(lambda _: Status(201))
    ready: JsonObject = {
        "status": "success",
        "download_url": "https://get.example",
        "mime_type": "text/plain",
    }
    uploaded = Endpoint(lambda _: Status(200, ready))
    upstream.add("POST", "/backend-api/files", begun)
    upstream.add("PUT", "/blob", blob)
    upstream.add("POST", "/backend-api/files/file_1/uploaded", uploaded)
    uploaded.script(Status(200, {"status": "retry"}))
    upstream.script(
        calling_app("_send", {"file": "a.txt", "more": ["a.txt"]}),
        text_reply(),
        calling_app("_send", {"file": "missing.txt"}),
    )
    (connect.workspace / "a.txt").write_text("hello")
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id)
    failed = run_turn(client, thread_id)
    (connect.workspace / "a.txt").unlink()

    tools = [tool for tool in as_list(upstream.asked[0].json["tools"]) if tool.get("name") == NAMESPACE]
    shown = as_object(as_object(as_list(tools[0]["tools"])[0]["parameters"])["properties"])
    assert as_object(shown["file"])["type"] == "string"
    assert as_object(shown["more"])["items"] == {"type": "string"}
    assert [one.json for one in begun.asked] == [
        {"file_name": "a.txt", "file_size": 5, "use_case": "codex"}
    ] * 2
    put = blob.asked[0]
    assert (put.body, put.headers["x-ms-blob-type"], "authorization" in put.headers) == (
        b"hello",
        b"BlockBlob",
        False,
    )
    assert len(uploaded.asked) == 3
    file: JsonObject = {
        "download_url": "https://get.example",
        "file_id": "file_1",
        "mime_type": "text/plain",
        "file_name": "a.txt",
        "uri": "sediment://file_1",
        "file_size_bytes": 5,
    }
    assert [call["arguments"] for call in account.server.calls] == [{"file": file, "more": [file]}]
    (item,) = calls_shown(failed.messages)
    missing = connect.workspace / "missing.txt"
    assert as_object(item["error"])["message"] == (
        f"failed to upload `missing.txt` for `file`: path `{missing}` does not exist"
    )
