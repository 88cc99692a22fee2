"""Who is logged in, and where that login goes."""

import base64
import json
import os
import sys
from pathlib import Path

import pytest
from pydantic import JsonValue

from app_server.model.auth import ApiKeyAuth, Auth, AuthStore, ChatGptAuth, parse_auth
from app_server.model.credentials import ProviderCredentials, attestation_in_scope, credentials_for
from app_server.model.errors import ModelError
from app_server.model.provider import CommandAuth, ModelProvider
from app_server.model.providers import provider_for
from protocol.wire import JsonObject

CHATGPT = ChatGptAuth("access-s3cret", "acct-1", "a@b.c", "pro", "user-1", is_fedramp=True)
WAITING = "import threading; threading.Event().wait(5)"
OPENAI = provider_for("openai", {}, env={})
CUSTOM = ModelProvider("m", "m", base_url="http://x")


def _jwt(claims: JsonObject) -> str:
    middle = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"head.{middle}.signature"


def _login(**changes: JsonValue) -> JsonObject:
    claims: JsonObject = {
        "email": "a@b.c",
        "https://api.openai.com/auth": {
            "chatgpt_plan_type": "pro",
            "chatgpt_user_id": "user-1",
            "chatgpt_account_is_fedramp": True,
        },
    }
    tokens: JsonObject = {"id_token": _jwt(claims), "access_token": "access-s3cret", "account_id": "acct-1"}
    return {"auth_mode": "chatgpt", "OPENAI_API_KEY": None, "tokens": tokens, **changes}


def test_a_chatgpt_login_is_read() -> None:
    at = "2026-01-01T00:00:00Z"
    assert parse_auth(_login(last_refresh=at)) == CHATGPT._replace(last_refresh=at)
    assert parse_auth(_login(auth_mode="chatgptAuthTokens")) == CHATGPT._replace(external=True)


def test_without_a_mode_a_key_goes_before_tokens() -> None:
    login = _login()
    del login["auth_mode"]

    assert parse_auth(login) == CHATGPT
    assert parse_auth({**login, "OPENAI_API_KEY": "sk-1"}) == ApiKeyAuth("sk-1")


@pytest.mark.parametrize(
    ("claim", "plan"),
    [("Plus", "plus"), ("hc", "enterprise"), ("education", "edu"), ("galaxy", "unknown"), (None, "unknown")],
)
def test_plans_get_the_names_of_the_wire(claim: JsonValue, plan: str) -> None:
    token = _jwt({"https://api.openai.com/auth": {"chatgpt_plan_type": claim}})
    login = _login(tokens={"id_token": token, "access_token": "a"})

    found = parse_auth(login)

    assert found == ChatGptAuth("a", plan=plan)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"auth_mode":"telepathy"}',
        b'{"auth_mode":"apikey"}',
        b'{"auth_mode":"chatgpt","tokens":{"id_token":"x","access_token":"y"}}',
        b'{"auth_mode":"chatgpt","tokens":{"id_token":"a.!!.c","access_token":"y"}}',
        b'{"auth_mode":"chatgpt","tokens":{"id_token":"a.W10.c","access_token":"y"}}',
    ],
)
def test_a_file_that_cannot_be_used_counts_as_logged_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "auth.json").write_bytes(content)

    assert AuthStore(tmp_path).current is None


@pytest.mark.requirement("D10")
def test_a_login_elsewhere_is_noticed_when_somebody_next_asks(tmp_path: Path) -> None:
    store, told = AuthStore(tmp_path), list[Auth | None]()
    store.on_change = lambda: told.append(store.current)
    assert store.current is None

    (tmp_path / "auth.json").write_text('{"OPENAI_API_KEY":"sk-1"}')

    assert store.current == ApiKeyAuth("sk-1")
    (tmp_path / "auth.json").unlink()
    assert store.current is None
    assert told == [ApiKeyAuth("sk-1"), None]


def test_a_file_that_is_being_written_elsewhere_changes_nothing_yet(tmp_path: Path) -> None:
    store = AuthStore(tmp_path)
    (tmp_path / "auth.json").write_text('{"OPENAI_API_KEY":"sk-1"}')
    assert store.current == ApiKeyAuth("sk-1")

    (tmp_path / "auth.json").write_text('{"OPENAI_A')

    assert store.current == ApiKeyAuth("sk-1")
    (tmp_path / "auth.json").write_text('{"OPENAI_API_KEY":"sk-2"}')
    assert store.current == ApiKeyAuth("sk-2")


@pytest.mark.parametrize(
    ("provider", "auth", "headers"),
    [
        (OPENAI, None, {}),
        (OPENAI, ApiKeyAuth("sk-1"), {"authorization": b"Bearer sk-1"}),
        (
            OPENAI,
            CHATGPT,
            {
                "authorization": b"Bearer access-s3cret",
                "chatgpt-account-id": b"acct-1",
                "x-openai-fedramp": b"true",
            },
        ),
        (CUSTOM, CHATGPT, {}),
        (CUSTOM._replace(requires_openai_auth=True), ApiKeyAuth("sk-1"), {"authorization": b"Bearer sk-1"}),
        (CUSTOM._replace(env_key="KEY"), CHATGPT, {"authorization": b"Bearer from-env"}),
        (CUSTOM._replace(env_key="KEY", bearer_token="b"), None, {"authorization": b"Bearer from-env"}),
        (
            CUSTOM._replace(bearer_token="b", requires_openai_auth=True),
            CHATGPT,
            {"authorization": b"Bearer b"},
        ),
    ],
)
def test_a_request_carries_what_its_provider_wants(
    provider: ModelProvider, auth: Auth | None, headers: dict[str, bytes]
) -> None:
    found = credentials_for(provider, auth, {"KEY": " from-env\n"})

    assert dict(found.headers) == headers
    assert found.chatgpt_login == ("chatgpt-account-id" in headers)


@pytest.mark.parametrize(
    ("provider", "auth", "in_scope"),
    [
        (OPENAI, CHATGPT, True),
        (OPENAI, CHATGPT._replace(external=True), True),
        (OPENAI, ApiKeyAuth("k"), False),
        (OPENAI, None, False),
        (CUSTOM, CHATGPT, False),
        (CUSTOM._replace(requires_openai_auth=True), CHATGPT, True),
        (CUSTOM._replace(requires_openai_auth=True, env_key="KEY"), CHATGPT, False),
        (CUSTOM._replace(requires_openai_auth=True, bearer_token="b"), CHATGPT, False),
        (CUSTOM._replace(command_auth=CommandAuth("x")), CHATGPT, False),
    ],
)
def test_the_attestation_goes_exactly_where_the_chatgpt_login_goes(
    provider: ModelProvider, auth: Auth | None, in_scope: bool
) -> None:
    assert attestation_in_scope(provider, auth) is in_scope
    if provider.command_auth is None:
        assert credentials_for(provider, auth, {"KEY": "k"}).chatgpt_login is in_scope


@pytest.mark.parametrize("value", [None, "", " \n"])
def test_a_missing_key_is_told_before_anything_is_sent(value: str | None) -> None:
    provider = CUSTOM._replace(env_key="KEY", env_key_instructions="Ask your admin.")

    with pytest.raises(ModelError) as caught:
        credentials_for(provider, None, {} if value is None else {"KEY": value})

    assert str(caught.value) == "Missing environment variable: `KEY`. Ask your admin."
    assert not caught.value.retryable


def test_secrets_are_never_shown() -> None:
    provider = CUSTOM._replace(env_key="KEY")
    with pytest.raises(ModelError) as caught:
        credentials_for(provider, None, {"KEY": "s3cret\nwith a line end"})

    shown = repr(
        (CHATGPT, ApiKeyAuth("s3cret"), credentials_for(OPENAI, CHATGPT, {}), caught.value, str(CHATGPT))
    )
    assert "s3cret" not in shown


ENDLESS = "import os\nwhile True: os.write(1, b'x' * 65536)"


def _printing(text: str, code: int = 0) -> CommandAuth:
    script = f"import sys; sys.stdout.write({text!r}); sys.exit({code})"
    return CommandAuth(sys.executable, ("-c", script))


def _by_command(command: CommandAuth, tmp_path: Path) -> ProviderCredentials:
    provider = CUSTOM._replace(command_auth=command)
    return ProviderCredentials(provider, AuthStore(tmp_path), os.environ, tmp_path)


async def test_a_command_gives_the_token(tmp_path: Path) -> None:
    credentials = _by_command(_printing(" token-1 \n"), tmp_path)

    assert (await credentials.current()).headers == (("authorization", b"Bearer token-1"),)
    assert not await credentials.recover(1), "the command has no other token to offer"
    assert not await credentials.recover(2)


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (_printing("x", 3), "exited with status 3"),
        (_printing(" "), "printed an empty token"),
        (CommandAuth("/no/such/command"), "could not be started: No such file or directory"),
        (CommandAuth(sys.executable, ("-c", WAITING), timeout_ms=300), "gave no token within 300 ms"),
        (CommandAuth(sys.executable, ("-c", ENDLESS), timeout_ms=3000), "printed more than a token"),
        (CommandAuth(sys.executable, ("-c", r"print('\udcff')")), "printed something that is no text"),
    ],
)
async def test_a_command_that_gives_none_says_why(command: CommandAuth, text: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError) as caught:
        await _by_command(command, tmp_path).current()

    assert str(caught.value) == f"The auth command of the model provider {text}"


async def test_what_a_command_leaves_behind_keeps_nobody_waiting(tmp_path: Path) -> None:
    script = (
        "import subprocess, sys; print('token-1', flush=True);"
        "subprocess.Popen([sys.executable, '-c', 'import threading; threading.Event().wait(60)'])"
    )
    command = CommandAuth(sys.executable, ("-c", script), timeout_ms=20_000)

    credentials = await _by_command(command, tmp_path).current()

    assert credentials.headers == (("authorization", b"Bearer token-1"),)
