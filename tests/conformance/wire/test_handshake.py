"""`initialize`: what it takes, answers and refuses, and what follows it (connection.md §2)."""

import re

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.shape import shape


def hello(name: JsonValue = "a", version: JsonValue = "1", **more: JsonValue) -> JsonObject:
    return {"clientInfo": {"name": name, "version": version}, **more}


def test_the_answer_names_the_server_its_home_and_its_platform(connect: Connect) -> None:
    client = connect(initialize=False)

    result = client.call("initialize", hello("my_app", "1.4.0"))

    assert result.keys() >= {"userAgent", "codexHome", "platformFamily", "platformOs"}
    assert result["codexHome"] == str(connect.home)
    assert result["platformFamily"] in ("unix", "windows")
    agent = str(result["userAgent"])
    assert re.fullmatch(r"my_app/\d+\.\d+\.\d+ \([^;()]+; [^;()]+\) \S+ \(my_app; 1\.4\.0\)", agent)


@pytest.mark.parametrize("version", ["1\n2", "", " 2 "])
def test_the_user_agent_is_a_legal_header_whatever_the_client_says(connect: Connect, version: str) -> None:
    client = connect(initialize=False)

    agent = str(client.call("initialize", hello("c", version))["userAgent"])

    expected = {"1\n2": "(c; 1_2)", "": "(c;)", " 2 ": "(c;  2)"}[version]
    assert agent.endswith(expected)


def test_the_environment_may_name_the_originator(connect: Connect) -> None:
    client = connect(initialize=False, env={"CODEX_INTERNAL_ORIGINATOR_OVERRIDE": "elsewhere"})

    agent = str(client.call("initialize", hello("c"))["userAgent"])

    assert agent.startswith("elsewhere/")
    assert agent.endswith("(c; 1)")


def test_the_terminal_is_named_without_odd_characters(connect: Connect) -> None:
    client = connect(initialize=False, env={"TERM_PROGRAM": "we ird(x)", "TERM_PROGRAM_VERSION": "7"})

    agent = str(client.call("initialize", hello("c"))["userAgent"])

    assert agent.endswith(" we_ird_x_/7 (c; 1)")


def test_the_status_of_remote_control_follows_the_answer_before_any_other(connect: Connect) -> None:
    client = connect(initialize=False)
    client.expect(1)
    client.expect(2)

    client.send_bytes(
        b'{"id":1,"method":"initialize","params":{"clientInfo":{"name":"a","version":"1"}}}\n'
        b'{"id":2,"method":"thread/loaded/list","params":{}}\n'
    )
    client.answer(2)

    methods = [one.get("method", one.get("id")) for one in client.received]
    assert [one for one in methods if one != "configWarning"] == [1, "remoteControl/status/changed", 2]


def test_a_broken_config_is_a_warning_with_its_place_and_not_the_end(connect: Connect) -> None:
    (connect.home / "config.toml").write_text('model = "x"\nthis is not toml\n')
    client = connect(initialize=False)

    client.call("initialize", hello())

    warning = client.wait_for("configWarning")
    assert warning["summary"] == "Invalid configuration; using defaults."
    assert str(warning["path"]).endswith("config.toml")
    assert isinstance(warning["details"], str)
    position = warning["range"]
    assert isinstance(position, dict)
    start = position["start"]
    assert isinstance(start, dict)
    assert start["line"] == 2


@pytest.mark.parametrize("name", ["", " ", "ünï", "a;b/c (d)", "tab\there"])
def test_a_name_may_hold_whatever_a_header_may(connect: Connect, name: str) -> None:
    client = connect(initialize=False)

    assert "userAgent" in client.call("initialize", hello(name))


@pytest.mark.parametrize("name", ["a\nb", "a\x7fb", "a\x00b"])
def test_a_name_that_no_header_may_hold_is_refused_and_may_be_corrected(connect: Connect, name: str) -> None:
    client = connect(initialize=False)

    refusal = client.refusal("initialize", hello(name))

    assert refusal == Refusal(
        -32600, f"Invalid clientInfo.name: '{name}'. Must be a valid HTTP header value."
    )
    assert client.refusal("thread/loaded/list", {}) == Refusal(-32600, "Not initialized")
    assert "userAgent" in client.call("initialize", hello("better"))


@pytest.fixture
def fresh(connect: Connect) -> Client:
    return connect(initialize=False)


def test_nothing_is_done_before_the_handshake(fresh: Client) -> None:
    assert fresh.refusal("thread/loaded/list", {}) == Refusal(-32600, "Not initialized")
    assert fresh.refusal("mock/experimentalMethod", {}) == Refusal(-32600, "Not initialized")


def test_a_malformed_request_is_told_so_even_before_the_handshake(fresh: Client) -> None:
    assert fresh.refusal("thread/read", {}) == Refusal(-32600, "Invalid request: missing field `threadId`")
    unknown = fresh.refusal("nope/nope", {})
    assert unknown.message.startswith("Invalid request: unknown variant `nope/nope`, expected one of")


def test_the_handshake_happens_once(connect: Connect) -> None:
    client = connect()

    assert client.refusal("initialize", hello()) == Refusal(-32600, "Already initialized")
    assert client.call("thread/loaded/list", {}) == {"data": [], "nextCursor": None}


def test_the_client_need_not_say_that_it_is_initialized(fresh: Client) -> None:
    fresh.call("initialize", hello())

    assert fresh.call("thread/loaded/list", {}) == {"data": [], "nextCursor": None}


@pytest.mark.parametrize(
    ("params", "text"),
    [
        (None, "missing field `params`"),
        ({}, "missing field `clientInfo`"),
        ({"clientInfo": {}}, "missing field `name`"),
        ({"clientInfo": {"name": "a"}}, "missing field `version`"),
        ({"clientInfo": 5}, "invalid type: integer `5`, expected struct ClientInfo"),
        (hello(capabilities=5), "invalid type: integer `5`, expected struct InitializeCapabilities"),
        (
            hello(capabilities={"experimentalApi": None}),
            "invalid type: null, expected a boolean",
        ),
        (
            hello(capabilities={"requestAttestation": "yes"}),
            'invalid type: string "yes", expected a boolean',
        ),
        (
            hello(capabilities={"optOutNotificationMethods": "x"}),
            'invalid type: string "x", expected a sequence',
        ),
    ],
)
def test_a_malformed_handshake_is_refused_in_words(fresh: Client, params: JsonValue, text: str) -> None:
    assert fresh.refusal("initialize", params) == Refusal(-32600, f"Invalid request: {text}")


@pytest.mark.parametrize(
    "more",
    [
        {"capabilities": None},
        {"capabilities": {}},
        {"capabilities": {"experimentalApi": False, "optOutNotificationMethods": None}},
        {"capabilities": {"somethingNew": {"a": 1}}},
        {"somethingNew": 1},
    ],
)
def test_capabilities_are_optional_and_unknown_ones_ignored(fresh: Client, more: JsonObject) -> None:
    assert "userAgent" in fresh.call("initialize", hello(**more))


def test_notices_can_be_declined_from_the_very_first_on(connect: Connect) -> None:
    declined: list[JsonValue] = [
        "configWarning",
        "remoteControl/status/changed",
        "thread/started",
        "no/such/method",
        "*",
    ]
    client = connect(optOutNotificationMethods=declined)

    client.call("thread/start", {})
    client.settle()

    methods = {str(one["method"]) for one in client.received if "method" in one}
    assert methods.isdisjoint(map(str, declined))
    assert shape(client.received) == ["answer", "answer", "answer"]
