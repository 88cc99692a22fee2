"""Amazon Bedrock's credentials: what is kept of them, which of them are used, and what is missing."""

import sys
from pathlib import Path

import anyio
import pytest
from support.bedrock import ACCESS, KEY_ID, SECRET, checked_signature, host_of, no_account
from support.upstream import Asked

from app_server.http.message import HttpRequest
from app_server.model.auth import Auth, AuthStore, mode_of, parse_auth
from app_server.model.bedrock.credentials import BedrockCredentials
from app_server.model.bedrock_login import BedrockAccessAuth, BedrockKeyAuth, as_file
from app_server.model.credentials import attestation_in_scope, credentials_for
from app_server.model.errors import ModelError
from app_server.model.provider import AwsSettings
from app_server.model.providers import provider_for
from app_server.model.request_credentials import RequestCredentials
from protocol.wire import JsonObject

KEY = BedrockKeyAuth("k3y", "us-east-1")
ACCESS_KEYS = BedrockAccessAuth("AKIDMINE", "s3cret", "t0ken")
HERE = AwsSettings(region="us-west-2")
PROVIDER = provider_for("amazon-bedrock", {"amazon-bedrock": {"aws": {"region": "us-west-2"}}}, env={})


@pytest.fixture(autouse=True)
def _no_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """None of the machine's own accounts."""
    for name, value in no_account(tmp_path).items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_BEARER_TOKEN_BEDROCK", *ACCESS):
        monkeypatch.delenv(name, raising=False)


def _credentials(
    home: Path, *, login: Auth | None = None, settings: AwsSettings = HERE, env: dict[str, str] | None = None
) -> BedrockCredentials:
    store = AuthStore(home)
    if isinstance(login, BedrockKeyAuth | BedrockAccessAuth):
        store.save(as_file(login))
    return BedrockCredentials(settings, store, env or {})


def _asked(found: RequestCredentials) -> Asked:
    """A request with these credentials, as it would arrive."""
    headers = {"originator": b"me", "x-one": b"a  b", "bad_name": b"x", **dict(found.headers)}
    request = HttpRequest("POST", found.url(PROVIDER, "responses"), headers, b"{}")
    sent = request if found.sign is None else found.sign(request)
    host = request.url.removeprefix("https://").partition("/")[0]
    path = request.url.removeprefix(f"https://{host}")
    return Asked("POST", path, {**sent.headers, "host": host.encode()}, sent.body)


@pytest.mark.parametrize("login", [KEY, ACCESS_KEYS, ACCESS_KEYS._replace(session_token=None)])
def test_what_is_kept_is_read_back(login: BedrockKeyAuth | BedrockAccessAuth) -> None:
    file = as_file(login)

    assert parse_auth(file) == login
    assert mode_of(login) == file["auth_mode"]
    del file["auth_mode"]
    assert parse_auth(file) == login
    shown = repr(login)
    assert not any(secret in shown for secret in ("k3y", "s3cret", "t0ken"))


@pytest.mark.parametrize(
    "file",
    [
        {"auth_mode": "bedrockApiKey"},
        {"auth_mode": "bedrockApiKey", "bedrock_api_key": {"api_key": "k"}},
        {"auth_mode": "bedrockApiKey", "bedrock_api_key": "k"},
        {"auth_mode": "bedrockAccessKeys", "bedrock_access_keys": {"access_key_id": "a"}},
    ],
)
def test_half_a_login_counts_as_none(file: JsonObject) -> None:
    assert parse_auth(file) is None


@pytest.mark.parametrize("login", [KEY, ACCESS_KEYS])
def test_no_other_provider_gets_them(login: Auth) -> None:
    openai = provider_for("openai", {}, env={})

    assert credentials_for(openai, login, {}) == RequestCredentials()
    assert not attestation_in_scope(openai, login)
    assert not attestation_in_scope(PROVIDER, login)


async def test_a_kept_key_goes_before_all_else_and_to_its_own_region(tmp_path: Path) -> None:
    env = {"AWS_BEARER_TOKEN_BEDROCK": "other", **ACCESS}

    asked = _asked(await _credentials(tmp_path, login=KEY, env=env).current())

    assert asked.headers["authorization"] == b"Bearer k3y"
    assert asked.headers["host"].decode() == host_of("us-east-1")


async def test_kept_access_keys_sign_in_the_region_of_the_configuration(tmp_path: Path) -> None:
    env = {"AWS_BEARER_TOKEN_BEDROCK": "other"}

    asked = _asked(await _credentials(tmp_path, login=ACCESS_KEYS, env=env).current())

    found = checked_signature(asked, "s3cret")
    assert (found.key_id, found.region) == ("AKIDMINE", "us-west-2")
    assert found.signed_headers == ("host", "x-amz-date", "x-amz-security-token", "x-one")
    assert "bad_name" not in asked.headers
    assert asked.headers["originator"] == b"me"


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
async def test_the_environment_may_name_the_region(tmp_path: Path, name: str) -> None:
    env = {"AWS_BEARER_TOKEN_BEDROCK": " key\n", name: "eu-north-1"}

    asked = _asked(await _credentials(tmp_path, settings=AwsSettings(), env=env).current())

    assert asked.headers["authorization"] == b"Bearer key"
    assert asked.headers["host"].decode() == host_of("eu-north-1")


async def test_many_at_once_get_credentials_of_one_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ACCESS.items():
        monkeypatch.setenv(name, value)
    credentials = _credentials(tmp_path)
    found: list[RequestCredentials] = []

    async def ask() -> None:
        found.append(await credentials.current())

    async with anyio.create_task_group() as tasks:
        for _ in range(4):
            tasks.start_soon(ask)

    signatures = {checked_signature(_asked(one), SECRET)[:2] for one in found}
    assert signatures == {(KEY_ID, "us-west-2")}
    assert not await credentials.recover(1)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        (AwsSettings(profile="nobody", region="us-east-1"), "failed to resolve Amazon Bedrock auth: "),
        (AwsSettings(), "did not resolve a region"),
        (AwsSettings(region="mars"), "does not support region `mars`"),
        (HERE, "failed to load AWS credentials: none are in"),
    ],
)
async def test_what_is_missing_is_told(tmp_path: Path, settings: AwsSettings, text: str) -> None:
    with pytest.raises(ModelError) as caught:
        await _credentials(tmp_path, settings=settings).current()

    assert text in str(caught.value)
    assert not caught.value.retryable


async def test_the_extra_is_named_when_it_is_missing_and_a_key_does_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("session", "credentials", "auth", "awsrequest", "exceptions"):
        monkeypatch.setitem(sys.modules, f"botocore.{name}", None)

    with pytest.raises(ModelError, match=r"codex-app-server\[bedrock\]"):
        await _credentials(tmp_path).current()
    with pytest.raises(ModelError, match=r"codex-app-server\[bedrock\]"):
        await _credentials(tmp_path, login=ACCESS_KEYS).current()

    assert (await _credentials(tmp_path, login=KEY).current()).headers
