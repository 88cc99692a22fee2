"""Tokens that programs are given: how they are read, which goes first, and whose a personal one is."""

from pathlib import Path

import pytest
from pydantic import JsonValue
from support.identities import (
    ACCOUNT,
    PERSONAL,
    Identities,
    agent_key_text,
    claims_of,
    identity_login,
    identity_token,
)
from support.upstream import Raw, Status

from app_server.http.client import HttpClient
from app_server.model.access_token import AgentIdentityAuth, PersonalTokenAuth
from app_server.model.auth import ApiKeyAuth, AuthStore, ChatGptAuth, mode_of, parse_auth, plan_of
from app_server.model.credentials import ProviderCredentials, attestation_in_scope
from app_server.model.errors import ModelError
from app_server.model.login.errors import ProofError
from app_server.model.login.issuer import Caller
from app_server.model.login.proofs import TokenProofs
from app_server.model.providers import provider_for
from protocol.wire import JsonObject

from .conftest import Identity, identity_auth

OPENAI = provider_for("openai", {}, env={})


def test_an_identity_is_read() -> None:
    found = parse_auth(identity_login())

    assert isinstance(found, AgentIdentityAuth)
    assert found.account == ("acct-7", "user-7", "agent@example.com", "pro", False)
    assert (mode_of(found), plan_of(found)) == ("agentIdentity", "pro")
    assert not attestation_in_scope(OPENAI, found)
    assert agent_key_text() not in repr(found)
    assert str(found.token) not in repr(found)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, None) for name in claims_of() if name not in ("iss", "aud")),
        ("iat", True),
        ("exp", "later"),
        ("plan_type", 7),
        ("chatgpt_account_is_fedramp", "no"),
    ],
)
def test_an_identity_that_says_too_little_counts_as_logged_out(name: str, value: JsonValue) -> None:
    assert parse_auth(identity_login(**{name: value})) is None


def test_a_token_says_nothing_of_tasks() -> None:
    assert identity_auth(identity_token(claims_of(task_id="task-kept"))).task_id is None


@pytest.mark.parametrize("login", [{"auth_mode": "agentIdentity"}, {"agent_identity": identity_token()}])
def test_an_identity_needs_its_mode_and_its_mode_an_identity(login: JsonObject) -> None:
    assert parse_auth(login) is None


def test_a_personal_access_token_is_read_with_and_without_its_mode() -> None:
    expected = PersonalTokenAuth(PERSONAL)

    assert parse_auth({"auth_mode": "personalAccessToken", "personal_access_token": PERSONAL}) == expected
    assert parse_auth({"personal_access_token": PERSONAL}) == expected
    assert parse_auth({"personal_access_token": PERSONAL, "OPENAI_API_KEY": "sk-1"}) == ApiKeyAuth("sk-1")
    assert (mode_of(expected), plan_of(expected)) == ("personalAccessToken", None)
    assert attestation_in_scope(OPENAI, expected)
    assert PERSONAL not in repr(expected)


def test_the_environment_goes_before_what_is_kept_and_after_what_a_client_gave(tmp_path: Path) -> None:
    (tmp_path / "auth.json").write_text('{"OPENAI_API_KEY":"sk-1"}')
    store = AuthStore(tmp_path, token=f" {PERSONAL}\n")

    assert store.current == PersonalTokenAuth(PERSONAL)
    store.save({"OPENAI_API_KEY": "sk-2"})
    assert store.current == PersonalTokenAuth(PERSONAL)
    store.use_external(ChatGptAuth("a", external=True))
    assert store.current == ChatGptAuth("a", external=True)
    store.clear()
    assert store.current == PersonalTokenAuth(PERSONAL)
    assert not (tmp_path / "auth.json").exists()


def test_the_environment_has_no_say_where_nothing_is_kept(tmp_path: Path) -> None:
    assert AuthStore(tmp_path, "ephemeral", PERSONAL).current is None


@pytest.mark.parametrize("place", ["file", "environment"])
async def test_a_token_that_is_none_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "auth.json").write_text('{"auth_mode":"agentIdentity","agent_identity":"a.b.c"}')
    store = AuthStore(tmp_path, token="a.b.c" if place == "environment" else "")

    with pytest.raises(ModelError, match="neither an agent identity nor a personal access token") as caught:
        await ProviderCredentials(OPENAI, store, {}).current()

    assert caught.value.info == "unauthorized"


async def test_the_issuer_of_logins_is_asked_unless_another_address_is_named(identities: Identities) -> None:
    http = HttpClient({})
    env = {"CODEX_APP_SERVER_LOGIN_ISSUER": identities.upstream.root}
    proofs = TokenProofs(Caller(http, Identity()), env, identities.upstream.root)

    await proofs.of(identity_auth())
    await proofs.of(PersonalTokenAuth(PERSONAL))

    assert identities.tasks.asked[0].path == "/api/accounts/v1/agent/agent-1/task/register"
    assert identities.whoami.asked[0].path == "/api/accounts/v1/user-auth-credential/whoami"
    await http.close()


async def test_a_personal_access_token_is_used_for_its_account(
    identities: Identities, proofs: TokenProofs, tmp_path: Path
) -> None:
    credentials = ProviderCredentials(OPENAI, AuthStore(tmp_path, token=PERSONAL), {}, proofs=lambda: proofs)

    found = await credentials.current()
    await credentials.current()

    bearer = f"Bearer {PERSONAL}".encode()
    assert dict(found.headers) == {"authorization": bearer, "chatgpt-account-id": b"acct-9"}
    assert found.chatgpt_login
    assert [one.headers["authorization"] for one in identities.whoami.asked] == [bearer]


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        (Status(401), True),
        (Status(500), False),
        (Raw(b""), False),
        *(
            (Status(200, {key: value for key, value in ACCOUNT.items() if key != name}), False)
            for name in ACCOUNT
            if name != "email"
        ),
    ],
)
async def test_a_personal_access_token_that_is_not_confirmed_is_told(
    identities: Identities, proofs: TokenProofs, answer: Status | Raw, permanent: bool
) -> None:
    identities.whoami.script(answer, answer)

    with pytest.raises(ProofError) as caught:
        await proofs.of(PersonalTokenAuth(PERSONAL))

    assert caught.value.permanent is permanent
    assert PERSONAL not in str(caught.value)


async def test_an_account_may_have_no_address(identities: Identities, proofs: TokenProofs) -> None:
    identities.whoami.script(Status(200, {**ACCOUNT, "email": None}))

    assert (await proofs.of(PersonalTokenAuth(PERSONAL))).account.email is None


async def test_a_token_that_no_header_can_carry_is_not_sent(
    identities: Identities, proofs: TokenProofs
) -> None:
    with pytest.raises(ProofError):
        await proofs.of(PersonalTokenAuth("at-\nx"))

    assert identities.whoami.asked == []
