"""Apps of a ChatGPT account as tools, and what models are told of them (prompt-input.md §2.1, §5.4)."""

import pytest
from pydantic import JsonValue
from support.apps import NAMESPACE, Account, app_tool, offered, sections
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, id_of, run_turn, start_thread, user_input
from support.mcp_conversation import STATUS, as_list
from support.skills import SkillShelf
from support.upstream import Gate, Upstream

APPS = "<apps_instructions>"
ALWAYS = "[features]\ntool_search_always_defer_mcp_tools = true\nplugins = false\n"
BY_SKILL = "---\nname: by-skill\ndescription: Calls an app.\n---\nUse [$x](app://c1).\n"
BOTH = {NAMESPACE: ["_create", "_list"], "mcp__codex_apps__mail_box": ["mail_send"]}


def say(client: Client, thread_id: str, *inputs: JsonValue) -> None:
    since = client.mark()
    turn = client.call("turn/start", {"threadId": thread_id, "input": list(inputs)})["turn"]
    finish_turn(client, id_of(turn), since)


def test_the_apps_of_an_account_are_tools_and_told_of(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    client = connect()

    run_turn(client, start_thread(client))

    first = account.server.asked[0]
    assert (first.path, first.headers["chatgpt-account-id"]) == ("/backend-api/wham/apps", b"acct-1")
    assert first.headers["authorization"].startswith(b"Bearer ey")
    assert offered(upstream) == BOTH
    told = sections(upstream)
    assert (
        told.index("<permissions instructions>") + 1 == told.index(APPS) < told.index("<skills_instructions>")
    )
    status = client.wait_for(STATUS, status="ready")
    assert status["name"] == "codex_apps"


def test_the_section_and_the_tools_have_the_names_that_models_know(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    tools: list[JsonObject] = [
        app_tool("Calendar List Me"),
        app_tool("calendar"),
        app_tool("c1_by_id"),
        app_tool("drive_a", "d1", "Drive"),
        app_tool("drive_b", "d2", "Drive"),
        app_tool("x-y_z", "c7", "X-Y"),
        app_tool("odd_!_", "c8", "!!!"),
        app_tool("a" * 70, "c9", "L" * 70),
        app_tool("nameless", "c10", None),
        app_tool("of_no_app", None, "Nothing"),
        {"name": "bare", "inputSchema": {"type": "object"}},
    ]
    account.server.tools = tools
    client = connect()

    run_turn(client, start_thread(client))

    assert offered(upstream) == {
        "mcp__codex_apps_9491d388cc12__": ["nameless"],
        "mcp__codex_apps__app": ["odd"],
        NAMESPACE: ["_by_id", "_list_me", "calendar"],
        "mcp__codex_apps__drive_2594a37f9890": ["_a"],
        "mcp__codex_apps__drive_6262496396fe": ["_b"],
        f"mcp__codex_apps__{'l' * 34}": ["_d33c40cde490"],
        "mcp__codex_apps__x_y": ["_z"],
    }


@pytest.mark.parametrize(
    ("tables", "calendar", "mail", "told"),
    [
        ("", 2, 1, True),
        ("[apps.c1]\nenabled = false\n", 0, 1, True),
        ("[apps.c1]\nenabled = false\n[apps.c2]\nenabled = false\n", 0, 0, False),
        ("[apps._default]\nenabled = false\n", 0, 0, False),
        ("[apps._default]\nenabled = false\n[apps.c1]\n", 2, 0, True),
        ("[apps.c1]\ndestructive_enabled = false\n", 0, 1, True),
        ("[apps._default]\nopen_world_enabled = false\n[apps.c2]\nopen_world_enabled = true\n", 0, 1, True),
        ("[apps.c1.tools.calendar_list]\nenabled = false\n", 1, 1, True),
        ("[apps.c1.tools.'Create event']\nenabled = false\n", 1, 1, True),
        (
            "[apps.c1]\ndefault_tools_enabled = false\n[apps.c1.tools.calendar_list]\nenabled = true\n",
            1,
            1,
            True,
        ),
        ("[features]\napps = false\n", 0, 0, False),
    ],
)
def test_the_configuration_says_which_apps_and_tools_may_be_used(
    connect: Connect,
    upstream: Upstream,
    account: Account,
    tables: str,
    calendar: int,
    mail: int,
    *,
    told: bool,
) -> None:
    account.configure(tables)
    client = connect()

    run_turn(client, start_thread(client))

    found = offered(upstream)
    assert (len(found.get(NAMESPACE, [])), len(found.get("mcp__codex_apps__mail_box", []))) == (
        calendar,
        mail,
    )
    assert (APPS in sections(upstream)) == told


def test_the_section_can_be_switched_off_alone(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    client = connect()

    run_turn(client, start_thread(client, config={"include_apps_instructions": False}))

    assert offered(upstream) == BOTH
    assert APPS not in sections(upstream)


def test_without_a_chatgpt_login_there_are_no_apps(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    (account.home / "auth.json").unlink()
    client = connect()

    run_turn(client, start_thread(client))

    assert (offered(upstream), account.server.asked) == ({}, [])


@pytest.mark.parametrize(
    ("said", "called", "later"),
    [
        ([{"type": "text", "text": "look into [$any](app://c1)"}], True, True),
        ([{"type": "text", "text": "ask $Calendar"}], True, True),
        ([{"type": "mention", "name": "Calendar", "path": "app://c1"}], True, False),
        ([{"type": "text", "text": "[$calendar](app://other)"}], False, False),
        ([{"type": "text", "text": "[@calendar](app://c1), app://c1"}], False, False),
        ([{"type": "text", "text": "$by-skill"}], True, False),
    ],
)
def test_an_app_that_is_called_by_name_need_not_be_searched_for(
    connect: Connect,
    upstream: Upstream,
    account: Account,
    said: list[JsonValue],
    *,
    called: bool,
    later: bool,
) -> None:
    account.configure(ALWAYS)
    SkillShelf(account.home / "skills").put("by-skill", text=BY_SKILL)
    client = connect()
    thread_id = start_thread(client)

    say(client, thread_id, *said)
    now = offered(upstream)
    say(client, thread_id, *user_input("and now?"))

    calendar = {NAMESPACE: ["_create", "_list"]}
    assert now == (calendar if called else {})
    assert offered(upstream) == (calendar if later else {})
    assert "tool_search" in str(
        [as_object(one).get("type") for one in as_list(upstream.asked[-1].json["tools"])]
    )


def test_a_name_that_an_app_has_calls_for_no_skill(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    shelf = SkillShelf(account.home / "skills")
    shelf.put("mail-box")
    shelf.put("mail_box")
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id, "$mail-box")
    without = str(upstream.asked[-1].json["input"])
    run_turn(client, thread_id, "$mail_box")

    assert "<skill>" not in without
    assert "<name>mail_box</name>" in str(upstream.asked[-1].json["input"])


def test_what_the_server_listed_before_is_offered_while_it_cannot_be_asked(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    first = connect()
    run_turn(first, start_thread(first))
    first.close()
    account.server.status = 500
    client = connect()

    run_turn(client, start_thread(client))

    assert offered(upstream) == BOTH
    assert APPS in sections(upstream)
    told = client.wait_for(STATUS, status="failed")
    assert str(told["error"]).startswith("MCP client for `codex_apps` failed to start: MCP startup failed: ")


def test_a_message_that_calls_an_app_waits_until_it_is_known(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    account.server.gate = gate = Gate()
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()

    turn = client.call("turn/start", {"threadId": thread_id, "input": user_input("[$c](app://c1)")})["turn"]
    gate.wait_reached()
    gate.open()
    finish_turn(client, id_of(turn), since)

    assert offered(upstream) == BOTH
    assert APPS in sections(upstream)


def test_the_accounts_server_is_listed_and_callable_as_any_other(connect: Connect, account: Account) -> None:
    client = connect()
    thread_id = start_thread(client)

    (row,) = as_list(client.call("mcpServerStatus/list", {})["data"])
    result = client.call(
        "mcpServer/tool/call",
        {"threadId": thread_id, "server": "codex_apps", "tool": "mail_send", "arguments": {"text": "x"}},
    )

    assert (row["name"], row["authStatus"]) == ("codex_apps", "bearerToken")
    assert sorted(as_object(row["tools"])) == ["calendar_create", "calendar_list", "mail_send"]
    assert result["content"] == [{"type": "text", "text": "did mail_send"}]


def test_apps_that_are_known_late_are_told_of_with_the_next_turn(
    connect: Connect, upstream: Upstream, account: Account
) -> None:
    account.configure("[mcp]\nfirst_turn_wait_ms = 0\n")
    account.server.gate = gate = Gate()
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id)
    without = sections(upstream)
    gate.open()
    client.wait_for(STATUS, status="ready")
    for _ in range(2):
        run_turn(client, thread_id)

    assert APPS not in without
    assert sections(upstream) == [*without, APPS]
    assert offered(upstream) == BOTH
