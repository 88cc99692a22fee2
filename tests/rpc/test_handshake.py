import orjson
import pytest
from support.memory import memory_server
from support.refusals import refused

from app_server.handlers.base import Handler
from app_server.rpc.introduction import Introduction, greet
from app_server.rpc.user_agent import Identity
from app_server.version import WIRE_VERSION
from protocol.config_warning import ConfigWarningNotification
from protocol.remote_control_status import RemoteControlStatusChangedNotification
from protocol.wire import JsonObject, JsonValue, WireModel

RESULT = {
    "userAgent": f"memory/{WIRE_VERSION} (Test 1.0.0; x86_64) dumb (memory; 1)",
    "codexHome": "/home/test/.codex",
    "platformFamily": "unix",
    "platformOs": "linux",
}
INFO = {"name": "c", "version": "1"}


def first_events() -> tuple[WireModel, ...]:
    return (
        ConfigWarningNotification(summary="careful", details=None),
        RemoteControlStatusChangedNotification(status="disabled", server_name="h", installation_id="i"),
    )


WARNING = {"method": "configWarning", "params": {"summary": "careful", "details": None}}
STATUS = {
    "method": "remoteControl/status/changed",
    "params": {"status": "disabled", "serverName": "h", "installationId": "i", "environmentId": None},
}


async def test_initialize_is_answered_and_then_come_warnings_and_status(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing, first_events=first_events) as server:
        client = server.connect()
        client.send(
            client.call(0, "initialize", {"clientInfo": {"name": "memory", "version": "1"}}),
            client.call(1, "mock/experimentalMethod", {}),
        )
        await client.answer(1)

    refusal = "mock/experimentalMethod requires experimentalApi capability"
    assert client.messages == [
        {"id": 0, "result": RESULT},
        WARNING,
        STATUS,
        {"error": refused(refusal, "experimental_api_required"), "id": 1},
    ]


async def test_what_a_client_opted_out_of_is_not_sent_from_the_first_on(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing, first_events=first_events) as server:
        client = server.connect()
        await client.initialize(optOutNotificationMethods=["configWarning", "*", "attestation/generate"])

    assert client.methods == ["remoteControl/status/changed"]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        (None, "Invalid request: missing field `params`"),
        ({}, "Invalid request: missing field `clientInfo`"),
        ({"clientInfo": {"version": "1"}}, "Invalid request: missing field `name`"),
        ({"clientInfo": {"name": "c"}}, "Invalid request: missing field `version`"),
        (
            {"clientInfo": INFO, "capabilities": {"experimentalApi": None}},
            "Invalid request: invalid type: null, expected a boolean",
        ),
        (
            {"clientInfo": {"name": "a\nb", "version": "1"}},
            "Invalid clientInfo.name: 'a\nb'. Must be a valid HTTP header value.",
        ),
    ],
)
async def test_a_failed_initialize_may_be_tried_again(
    params: JsonValue, message: str, echoing: dict[str, Handler]
) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        first = await client.request("initialize", params)
        not_yet = await client.request("mock/experimentalMethod", {})
        accepted = await client.initialize()

    kind = "malformed_request" if message.startswith("Invalid request") else "invalid_request"
    assert first["error"] == refused(message, kind)
    assert not_yet["error"] == refused("Not initialized", "not_initialized")
    assert accepted["result"] == RESULT


async def test_a_second_initialize_is_refused_and_harms_nothing(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing) as server:
        client = server.connect()
        await client.initialize(experimentalApi=True)
        again = await client.initialize()
        echo = await client.request("mock/experimentalMethod", {"value": "x"})

    assert again["error"] == refused("Already initialized", "already_initialized")
    assert echo["result"] == {"echoed": "x"}


async def test_each_connection_initializes_for_itself(echoing: dict[str, Handler]) -> None:
    async with memory_server(echoing) as server:
        first, second = server.connect(), server.connect()
        await first.initialize(experimentalApi=True)
        answer = await second.request("mock/experimentalMethod", {})

    assert answer["error"] == refused("Not initialized", "not_initialized")


async def test_a_client_greeted_before_the_server_was_loaded_goes_on_from_there(
    echoing: dict[str, Handler],
) -> None:
    async with memory_server(echoing, first_events=first_events) as server:
        client = server.connect(greeted=Introduction("early", "1", experimental_api=True))
        echo = await client.request("mock/experimentalMethod", {"value": "x"})

    assert client.messages == [WARNING, STATUS, echo]
    assert echo["result"] == {"echoed": "x"}


def early(params: JsonValue, **more: JsonValue) -> tuple[Introduction, JsonObject] | None:
    line = orjson.dumps({"id": "i", "method": "initialize", "params": params, **more})
    greeting = greet(line, Identity({"TERM": "dumb"}, "Test 1.0.0; x86_64"), "/home/test/.codex")
    return greeting and (greeting[0], orjson.loads(greeting[1]))


def test_an_early_greeting_is_the_same_as_the_full_one() -> None:
    capabilities: JsonObject = {
        "experimentalApi": True,
        "requestAttestation": True,
        "optOutNotificationMethods": ["thread/started"],
    }

    info: JsonObject = {"name": "memory", "title": None, "version": "1"}
    greeting = early({"clientInfo": info, "capabilities": capabilities})

    assert greeting is not None
    client, answer = greeting
    assert answer == {"id": "i", "result": RESULT}
    assert (client.experimental_api, client.request_attestation) == (True, True)
    assert client.opted_out == {"thread/started"}


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        {},
        {"clientInfo": {"name": "c"}},
        {"clientInfo": {"name": 5, "version": "1"}},
        {"clientInfo": {"name": "c\n", "version": "1"}},
        {"clientInfo": INFO, "capabilities": {"experimentalApi": None}},
        {"clientInfo": INFO, "capabilities": {"optOutNotificationMethods": [5]}},
        {"clientInfo": INFO, "capabilities": []},
        {"clientInfo": {"name": "c", "version": "\u2028"}},
    ],
)
def test_an_initialize_that_is_not_plain_is_left_to_the_server(params: JsonValue) -> None:
    assert early(params) is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"nonsense",
        b'{"id":1,"method":"thread/list","params":{}}',
        b'{"id":1,"id":1,"method":"initialize","params":{"clientInfo":{"name":"c","version":"1"}}}',
        b'{"id":1.5,"method":"initialize","params":{"clientInfo":{"name":"c","version":"1"}}}',
        b'{"id":true,"method":"initialize","params":{"clientInfo":{"name":"c","version":"1"}}}',
        b'{"id":1,"method":"initialize","params":{"clientInfo":{"name":"c","version":"1"},"x":NaN}}',
        b'{"id":1,"trace":5,"method":"initialize","params":{"clientInfo":{"name":"c","version":"1"}}}',
        b'{"id":1,"method":"initialize","params":' + b"[" * 100_000,
    ],
)
def test_any_other_first_line_is_left_to_the_server(line: bytes) -> None:
    assert greet(line, Identity({}, "x"), "/h") is None
