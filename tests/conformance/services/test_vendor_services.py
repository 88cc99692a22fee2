"""What belongs to the vendor's services: apps, remote control, mails to owners (services.md §9, §10)."""

from collections.abc import Iterator

import pytest
from pydantic import JsonValue
from support.client import Refusal
from support.connect import Connect
from support.conversation import as_object
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.tokens import Issuer

DIRECTORY = "/backend-api/connectors/directory/list"
NUDGE = "/backend-api/wham/accounts/send_add_credits_nudge_email"
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.fixture
def backend(connect: Connect) -> Iterator[Issuer]:
    """The backend of the account that is logged in."""
    with Issuer() as running:
        write_config(connect.home, f"{running.url}/v1", chatgpt=True)
        write_chatgpt_login(connect.home)
        yield running


def names(data: JsonValue) -> list[JsonValue]:
    assert isinstance(data, list)
    return [as_object(row)["name"] for row in data]


def test_without_a_login_there_are_no_apps(connect: Connect) -> None:
    client = connect()

    assert client.call("app/list", {}) == {"data": [], "nextCursor": None}
    assert client.refusal("app/list", {"threadId": NOBODY}) == Refusal(-32600, f"thread not found: {NOBODY}")


def test_apps_come_from_all_pages_of_the_accounts_directory(connect: Connect, backend: Issuer) -> None:
    backend.says(
        DIRECTORY,
        (
            200,
            {
                "apps": [
                    {"id": "b", "name": "Beta", "description": " text ", "logoUrl": "https://logo.example"},
                    {"id": "h", "name": "Hidden", "visibility": "HIDDEN"},
                ],
                "nextToken": "more/1",
            },
        ),
        (200, {"apps": [{"id": "a", "name": "Alpha App!"}]}),
    )
    client = connect()

    listed = client.call("app/list", {})
    told = client.wait_for("app/list/updated")
    first = client.call("app/list", {"limit": 1})
    rest = client.call("app/list", {"cursor": first["nextCursor"]})

    assert names(listed["data"]) == ["Alpha App!", "Beta"]
    assert told["data"] == listed["data"]
    assert names(first["data"]) + names(rest["data"]) == names(listed["data"])
    assert isinstance(listed["data"], list)
    beta = as_object(listed["data"][1])
    assert (beta["description"], beta["logoUrl"]) == ("text", "https://logo.example")
    assert (beta["isAccessible"], beta["isEnabled"]) == (False, True)
    assert as_object(listed["data"][0])["installUrl"] == "https://chatgpt.com/apps/alpha-app/a"
    asked = backend.asked(DIRECTORY)
    assert "token=more%2F1" in asked[1].path
    assert asked[0].headers["chatgpt-account-id"] == "acct-1"


def test_a_directory_that_fails_is_told(connect: Connect, backend: Issuer) -> None:
    backend.says(DIRECTORY, (404, {"error": "gone"}))

    refused = connect().refusal("app/list", {})

    assert refused.code == -32603
    assert refused.message.startswith("failed to list apps: Request failed with status 404 Not Found: ")
    assert "gone" in refused.message


def test_the_owner_of_a_workspace_is_asked_for_credits(connect: Connect, backend: Issuer) -> None:
    backend.says(NUDGE, (200, {}), (429, {}), (500, {"detail": "broken"}))
    client = connect()

    sent = client.call("account/sendAddCreditsNudgeEmail", {"creditType": "usage_limit"})
    too_soon = client.call("account/sendAddCreditsNudgeEmail", {"creditType": "credits"})
    broken = client.refusal("account/sendAddCreditsNudgeEmail", {"creditType": "credits"})

    assert (sent, too_soon) == ({"status": "sent"}, {"status": "cooldown_active"})
    assert [call.json for call in backend.asked(NUDGE)[:2]] == [
        {"credit_type": "usage_limit"},
        {"credit_type": "credits"},
    ]
    assert broken == Refusal(
        -32603,
        f"failed to notify workspace owner: POST {backend.url}{NUDGE} failed: 500 Internal Server Error; "
        'content-type=application/json; body={"detail": "broken"}',
    )


def test_only_a_chatgpt_login_can_ask_for_credits(connect: Connect) -> None:
    nobody = connect().refusal("account/sendAddCreditsNudgeEmail", {"creditType": "credits"})
    write_api_key_login(connect.home)
    with_a_key = connect().refusal("account/sendAddCreditsNudgeEmail", {"creditType": "credits"})

    assert nobody.message == "codex account authentication required to notify workspace owner"
    assert with_a_key.message == "chatgpt authentication required to notify workspace owner"


def test_remote_control_without_a_login_is_tried_and_fails(connect: Connect) -> None:
    client = connect()
    greeting = client.wait_for("remoteControl/status/changed")
    since = client.mark()

    before = client.call("remoteControl/status/read")
    enabled = client.call("remoteControl/enable")
    failed = client.wait_for("remoteControl/status/changed", since, status="errored")
    disabled = client.call("remoteControl/disable")

    facts = {key: value for key, value in greeting.items() if key != "status"}
    assert [before, failed, disabled] == [
        {"status": status, **facts} for status in ("disabled", "errored", "disabled")
    ]
    assert enabled in [{"status": status, **facts} for status in ("connecting", "errored")]
