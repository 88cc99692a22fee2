"""An agent identity at work: who confirms it, the task it registers, and how requests are signed for it."""

import threading
from pathlib import Path

import anyio
import pytest
from joserfc.jwk import RSAKey
from pydantic import JsonValue
from support.identities import (
    Identities,
    check_signature,
    checked_assertion,
    claims_of,
    identity_token,
    issuer_key,
    sealed,
)
from support.upstream import Raw, Status

from app_server.http.client import HttpClient
from app_server.model.access_token import AgentIdentityAuth
from app_server.model.auth import AuthStore, parse_auth
from app_server.model.credentials import ProviderCredentials
from app_server.model.login.errors import ProofError
from app_server.model.login.issuer import Caller
from app_server.model.login.proofs import TokenProofs
from app_server.model.providers import provider_for
from protocol.wire import JsonObject

from .conftest import DEADLINE, Identity, identity_auth

OPENAI = provider_for("openai", {}, env={})


async def test_an_agent_that_the_user_registered_needs_no_signature(
    identities: Identities, proofs: TokenProofs
) -> None:
    record = {key: value for key, value in claims_of().items() if key not in ("iss", "aud", "iat", "exp")}
    found = parse_auth({"auth_mode": "agentIdentity", "agent_identity": record})
    assert isinstance(found, AgentIdentityAuth)

    said = checked_assertion((await proofs.of(found)).authorization())

    assert (said["agent_runtime_id"], said["task_id"]) == ("agent-1", "task-1")
    assert identities.keys.asked == []


async def test_a_task_that_is_kept_with_the_agent_is_used(
    identities: Identities, proofs: TokenProofs
) -> None:
    record = claims_of(task_id="task-kept")
    found = parse_auth({"auth_mode": "agentIdentity", "agent_identity": record})
    assert isinstance(found, AgentIdentityAuth)

    said = checked_assertion((await proofs.of(found)).authorization())

    assert said["task_id"] == "task-kept"
    assert identities.upstream.everything == []


async def test_a_task_is_registered_once_and_each_request_signed(
    identities: Identities, proofs: TokenProofs, tmp_path: Path
) -> None:
    store = AuthStore(tmp_path, token=identity_token(claims_of(chatgpt_account_is_fedramp=True)))
    credentials = ProviderCredentials(OPENAI, store, {}, proofs=lambda: proofs)

    first, second = await credentials.current(), await credentials.current()

    names = ["authorization", "chatgpt-account-id", "x-openai-fedramp"]
    assert [name for name, _ in first.headers] == [name for name, _ in second.headers] == names
    assert first.chatgpt_login
    assert not await credentials.recover(1)
    (asked,) = identities.keys.asked
    assert asked.path == "/backend-api/wham/agent-identities/jwks"
    (registered,) = identities.tasks.asked
    assert registered.path == "/authapi/v1/agent/agent-1/task/register"
    body = registered.json
    assert sorted(body) == ["signature", "timestamp"]
    check_signature(body["signature"], "agent-1", body["timestamp"])


async def test_who_asks_at_the_same_time_waits_for_the_one_registration(
    identities: Identities, proofs: TokenProofs
) -> None:
    auth = identity_auth()

    with anyio.fail_after(DEADLINE):
        async with anyio.create_task_group() as tasks:
            for _ in range(5):
                tasks.start_soon(proofs.of, auth)

    assert len(identities.tasks.asked) == 1


async def test_another_token_gets_a_task_of_its_own(identities: Identities, proofs: TokenProofs) -> None:
    await proofs.of(identity_auth())
    await proofs.of(identity_auth(identity_token(claims_of(agent_runtime_id="agent/2"))))

    assert [one.path for one in identities.tasks.asked] == [
        "/authapi/v1/agent/agent-1/task/register",
        "/authapi/v1/agent/agent%2F2/task/register",
    ]


@pytest.mark.parametrize("name", ["encrypted_task_id", "encryptedTaskId", "taskId"])
async def test_a_task_may_come_sealed_or_by_its_other_name(
    identities: Identities, proofs: TokenProofs, name: str
) -> None:
    task = sealed("task-9") if name.startswith("encrypted") else "task-9"
    identities.tasks.script(Status(200, {name: task}))

    proof = await proofs.of(identity_auth())

    said = checked_assertion(proof.authorization())
    assert list(said) == ["agent_runtime_id", "signature", "task_id", "timestamp"]
    assert (said["agent_runtime_id"], said["task_id"]) == ("agent-1", "task-9")


@pytest.mark.parametrize("answer", [{}, {"encrypted_task_id": "AAAA"}, {"encrypted_task_id": "%"}])
async def test_a_registration_without_a_task_is_told(
    identities: Identities, proofs: TokenProofs, answer: JsonObject
) -> None:
    identities.tasks.script(Status(200, answer))

    with pytest.raises(ProofError) as caught:
        await proofs.of(identity_auth())

    assert not caught.value.permanent
    assert await proofs.account_of(identity_auth()) is not None, "it is tried again when somebody needs it"


def _forged() -> str:
    return identity_token(key=RSAKey.generate_key(2048, {"kid": "key-1"}))


def _unsigned() -> str:
    head, middle, _ = identity_token().split(".")
    return f"{head}.{middle}.AAAA"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(identity_token(kid=None), id="no key named"),
        pytest.param(identity_token(kid="key-9"), id="unknown key"),
        pytest.param(_forged(), id="another's key"),
        pytest.param(_unsigned(), id="no signature"),
        pytest.param(identity_token(claims_of(iss="https://example.com")), id="another issuer"),
        pytest.param(identity_token(claims_of(iss=None)), id="no issuer"),
        pytest.param(identity_token(claims_of(aud="somebody")), id="for another"),
        pytest.param(identity_token(claims_of(exp=1_000_000_000)), id="expired"),
        pytest.param(identity_token(claims_of(agent_private_key="AAAA")), id="no private key"),
        pytest.param(identity_token(claims_of(agent_private_key="%")), id="no base64"),
    ],
)
async def test_an_identity_that_does_not_hold_registers_nothing(
    identities: Identities, proofs: TokenProofs, token: str
) -> None:
    with pytest.raises(ProofError) as caught:
        await proofs.of(identity_auth(token))

    assert caught.value.permanent
    assert caught.value.for_turn().info == "unauthorized"
    assert token.split(".")[1] not in str(caught.value)
    assert identities.tasks.asked == []
    assert await proofs.account_of(identity_auth(token)) is None


async def test_a_key_that_only_looks_like_the_issuers_is_of_no_use(
    identities: Identities, proofs: TokenProofs
) -> None:
    identities.keys.script(Status(200, {"keys": [{"kid": "key-1", "kty": "oct", "k": "AAAA"}, 7, {}]}))

    with pytest.raises(ProofError):
        await proofs.of(identity_auth())

    assert issuer_key().key_type == "RSA"


async def test_what_is_not_the_tokens_fault_is_tried_again(
    identities: Identities, proofs: TokenProofs
) -> None:
    identities.tasks.script(Status(500), Raw(b""))
    assert (await proofs.of(identity_auth())).account.account_id == "acct-7"
    assert len(identities.tasks.asked) == 3


@pytest.mark.parametrize(("status", "permanent"), [(403, True), (503, False)])
async def test_a_registration_that_is_refused_is_told(
    identities: Identities, proofs: TokenProofs, status: int, permanent: bool
) -> None:
    identities.tasks.script(*(Status(status) for _ in range(3)))

    with pytest.raises(ProofError, match=f"was not registered: {status}") as caught:
        await proofs.of(identity_auth())

    assert caught.value.permanent is permanent
    assert caught.value.for_turn().retryable is not permanent


async def test_the_issuers_silence_is_told(identities: Identities, proofs: TokenProofs) -> None:
    identities.keys.script(Status(404), Raw(b""), Raw(b""))

    for _ in range(2):
        with pytest.raises(ProofError) as caught:
            await proofs.of(identity_auth())
        assert not caught.value.permanent

    assert identities.tasks.asked == []


async def test_a_base_outside_the_backend_has_the_keys_elsewhere(identities: Identities) -> None:
    http = HttpClient({})
    proofs = TokenProofs(Caller(http, Identity()), identities.env, identities.upstream.root)

    await proofs.of(identity_auth())

    assert [one.path for one in identities.keys.asked] == ["/agent-identities/jwks"]
    await http.close()


async def test_the_event_loop_goes_on_while_an_identity_is_checked(
    identities: Identities, proofs: TokenProofs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its libraries are heavy, and so is the arithmetic."""
    from app_server.model.login import agent_keys

    threads: list[bool] = []
    real = agent_keys.verify

    def noted(token: str, keys: JsonValue) -> None:
        threads.append(threading.current_thread() is threading.main_thread())
        real(token, keys)

    monkeypatch.setattr(agent_keys, "verify", noted)

    await proofs.of(identity_auth())

    assert threads == [False]
