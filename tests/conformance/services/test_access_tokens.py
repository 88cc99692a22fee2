"""Tokens that programs are given instead of logins: agent identities and personal access tokens (§9.9)."""

from collections.abc import Callable

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import run_turn, start_thread
from support.home import write_api_key_login, write_config, write_login
from support.identities import (
    ACCOUNT,
    PERSONAL,
    Identities,
    agent_key_text,
    checked_assertion,
    claims_of,
    identity_login,
    identity_token,
)
from support.upstream import Asked, Endpoint, Status, Upstream


@pytest.fixture
def identities(connect: Connect, upstream: Upstream) -> Identities:
    """The provider takes the login, and whoever confirms tokens is on loopback."""
    write_config(connect.home, upstream.base_url, chatgpt=True, extra="features.apps = false")
    return Identities(upstream)


def _always(reply: Status) -> Callable[[Asked], Status]:
    return lambda _: reply


def _account(client: Client) -> JsonValue:
    return client.call("account/read", {})["account"]


def _auth_status(client: Client) -> JsonObject:
    return client.call("getAuthStatus", {"includeToken": True})


def _header(asked: Asked, name: str) -> str | None:
    value = asked.headers.get(name)
    return None if value is None else value.decode()


AGENT: JsonObject = {"type": "chatgpt", "email": "agent@example.com", "planType": "pro"}
NOBODY: JsonObject = {"authMethod": None, "authToken": None, "requiresOpenaiAuth": True}


def _shown(account: JsonValue) -> JsonValue:
    """The account without what only the newer wire has."""
    if not isinstance(account, dict):
        return account
    return {key: value for key, value in account.items() if key != "workspaceName"}


@pytest.mark.parametrize("place", ["file", "environment"])
def test_an_agent_signs_its_requests(
    connect: Connect, upstream: Upstream, identities: Identities, place: str
) -> None:
    """A client that attests is not asked: the agent's signature takes the place of the login."""
    env = identities.env
    if place == "file":
        write_login(connect.home, identity_login())
    else:
        write_api_key_login(connect.home)
        env |= {"CODEX_ACCESS_TOKEN": identity_token()}
    client = connect(env=env, requestAttestation=True)
    client.on("attestation/generate", lambda _: {"token": "t"})

    assert _shown(_account(client)) == AGENT
    assert _auth_status(client) == {**NOBODY, "authMethod": "agentIdentity"}
    run_turn(client, start_thread(client))

    (asked,) = upstream.asked
    said = checked_assertion(str(_header(asked, "authorization")))
    assert (said["agent_runtime_id"], said["task_id"]) == ("agent-1", "task-1")
    assert _header(asked, "chatgpt-account-id") == "acct-7"
    assert _header(asked, "x-openai-fedramp") is None
    assert _header(asked, "x-oai-attestation") is None


def test_a_government_account_is_named_so(
    connect: Connect, upstream: Upstream, identities: Identities
) -> None:
    write_login(connect.home, identity_login(chatgpt_account_is_fedramp=True))
    client = connect(env=identities.env)

    run_turn(client, start_thread(client))

    assert _header(upstream.asked[0], "x-openai-fedramp") == "true"


def test_an_agent_does_not_ask_again_when_it_is_refused(
    connect: Connect, upstream: Upstream, identities: Identities
) -> None:
    write_login(connect.home, identity_login())
    upstream.script(Status(401, {"error": {"message": "no"}}))
    client = connect(env=identities.env)

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "failed"
    assert len(upstream.asked) == 1


@pytest.mark.parametrize("fault", ["expired", "signed by nobody", "refused"])
def test_an_identity_that_is_not_confirmed_counts_as_logged_out(
    connect: Connect, identities: Identities, fault: str
) -> None:
    login = identity_login(exp=1_000_000_000) if fault == "expired" else identity_login()
    write_login(connect.home, login)
    if fault == "signed by nobody":
        identities.keys.usual = _always(Status(200, {"keys": []}))
    if fault == "refused":
        identities.tasks.usual = _always(Status(403))
    client = connect(env=identities.env)

    assert _account(client) is None
    assert _auth_status(client) == NOBODY


def test_logout_forgets_the_identity(connect: Connect, identities: Identities) -> None:
    write_login(connect.home, identity_login())
    client = connect(env=identities.env)
    assert _shown(_account(client)) == AGENT

    assert client.call("account/logout") == {}

    assert client.wait_for("account/updated") == {"authMode": None, "planType": None}
    assert _account(client) is None
    assert not (connect.home / "auth.json").exists()


def test_the_account_of_an_agent_has_limits(
    connect: Connect, upstream: Upstream, identities: Identities
) -> None:
    usage = Endpoint(lambda _: Status(200, {"plan_type": "pro", "rate_limit": None}))
    upstream.add("GET", "/wham/usage", usage)
    write_login(connect.home, identity_login())
    client = connect(env=identities.env)

    limits = client.call("account/rateLimits/read")["rateLimits"]

    assert isinstance(limits, dict)
    assert limits["planType"] == "pro"
    checked_assertion(str(_header(usage.asked[0], "authorization")))


def test_a_turn_says_why_its_identity_is_of_no_use(
    connect: Connect, upstream: Upstream, identities: Identities
) -> None:
    """The reference sends the request without any login."""
    identities.tasks.usual = _always(Status(403))
    write_login(connect.home, identity_login())
    client = connect(env=identities.env)

    turn = run_turn(client, start_thread(client))

    error = turn.end["error"]
    assert isinstance(error, dict)
    assert error["message"] == "The agent's task was not registered: 403 Forbidden."
    assert error["codexErrorInfo"] == "unauthorized"
    assert upstream.asked == []


@pytest.mark.parametrize("place", ["file", "environment"])
def test_a_personal_access_token_is_a_login_of_its_account(
    connect: Connect, upstream: Upstream, identities: Identities, place: str
) -> None:
    """And the attestation goes with it. The client's capability shows that it knows the word for it."""
    env = identities.env
    if place == "file":
        write_login(connect.home, {"auth_mode": "personalAccessToken", "personal_access_token": PERSONAL})
    else:
        env |= {"CODEX_ACCESS_TOKEN": PERSONAL}
    client = connect(env=env, requestAttestation=True, mcpServerOpenaiFormElicitation=True)
    client.on("attestation/generate", lambda _: {"token": "t"})

    assert _auth_status(client) == {**NOBODY, "authMethod": "personalAccessToken"}
    run_turn(client, start_thread(client))

    (asked,) = upstream.asked
    assert _header(asked, "authorization") == f"Bearer {PERSONAL}"
    assert _header(asked, "chatgpt-account-id") == "acct-9"
    assert _header(asked, "x-oai-attestation") == '{"v":1,"s":0,"t":"t"}'


def test_clients_see_whose_a_personal_access_token_is(connect: Connect, identities: Identities) -> None:
    client = connect(env={**identities.env, "CODEX_ACCESS_TOKEN": PERSONAL})

    found = client.call("account/read", {})

    assert _shown(found["account"]) == {**AGENT, "email": ACCOUNT["email"]}
    assert found["userId"] == ACCOUNT["chatgpt_user_id"]


def test_no_part_of_a_token_is_in_a_log_or_an_error(connect: Connect, identities: Identities) -> None:
    identities.tasks.usual = _always(Status(500))
    identities.whoami.usual = _always(Status(500))
    token = identity_token(claims_of())
    for given in (token, PERSONAL):
        client = connect(env={**identities.env, "CODEX_ACCESS_TOKEN": given, "RUST_LOG": "trace"})
        run_turn(client, start_thread(client))
        client.call("account/read", {})
        client.close()

        said = client.stderr_path.read_bytes() + b"".join(client.raw_lines)
        for secret in (given, token.split(".")[1], agent_key_text()):
            assert secret.encode() not in said
