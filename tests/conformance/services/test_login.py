"""Logging in and out as clients do it, and a login that is renewed (model-client.md §9)."""

import json
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen
from uuid import uuid4

import pytest
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.home import write_api_key_login, write_config
from support.servers import OURS, Server
from support.tokens import PAST, Issuer, given, login_token, stored_login
from support.upstream import Gate, Status, Upstream

UNAUTHORIZED = Status(401, {"error": {"message": "no"}})
OURS_ONLY = "its issuer cannot be replaced"


@pytest.fixture
def issuer(server: Server) -> Iterator[Issuer]:
    if server.kind != OURS:
        pytest.skip(OURS_ONLY)
    with Issuer() as issuer:
        issuer.says("/oauth/token", (200, given("new")))
        issuer.says("/oauth/revoke", (200, {}))
        yield issuer


@pytest.fixture
def chatgpt(connect: Connect, upstream: Upstream) -> Connect:
    """The provider takes the ChatGPT login."""
    write_config(connect.home, upstream.base_url, chatgpt=True)
    return connect


def kept(home: Path) -> JsonObject:
    return json.loads((home / "auth.json").read_text())


def keep(home: Path, login: JsonObject) -> None:
    (home / "auth.json").write_text(json.dumps(login))


def completed(client: Client) -> JsonObject:
    return client.wait_for("account/login/completed")


def run_turn(client: Client) -> JsonObject:
    """A turn on a new thread; how it ended."""
    thread = client.call("thread/start", {})["thread"]
    assert isinstance(thread, dict)
    client.call("turn/start", {"threadId": thread["id"], "input": [{"type": "text", "text": "hi"}]})
    turn = client.wait_for("turn/completed", threadId=thread["id"])["turn"]
    assert isinstance(turn, dict)
    return turn


def bearer(upstream: Upstream) -> list[str]:
    return [one.headers.get("authorization", b"").decode() for one in upstream.asked]


def test_a_key_logs_in_and_logout_forgets_it(chatgpt: Connect) -> None:
    client = chatgpt()

    assert client.call("account/login/start", {"type": "apiKey", "apiKey": "sk-1"}) == {"type": "apiKey"}

    done = completed(client)
    assert (done["loginId"], done["success"], done["error"]) == (None, True, None)
    assert client.wait_for("account/updated") == {"authMode": "apikey", "planType": None}
    assert kept(chatgpt.home) == {"auth_mode": "apikey", "OPENAI_API_KEY": "sk-1"}
    if os.name == "posix":
        assert stat.S_IMODE((chatgpt.home / "auth.json").stat().st_mode) == 0o600
    assert client.call("getAuthStatus", {"includeToken": True}) == {
        "authMethod": "apikey",
        "authToken": "sk-1",
        "requiresOpenaiAuth": True,
    }
    assert client.call("account/logout") == {}
    assert not (chatgpt.home / "auth.json").exists()
    assert client.call("account/read", {})["account"] is None


def test_the_browser_brings_back_a_login(chatgpt: Connect, issuer: Issuer) -> None:
    client = chatgpt(env=issuer.env)
    started = client.call("account/login/start", {"type": "chatgpt"})
    asked = {name: one[0] for name, one in parse_qs(urlsplit(str(started["authUrl"])).query).items()}

    with urlopen(f"{asked['redirect_uri']}?code=c-1&state={asked['state']}", timeout=15) as page:
        shown = page.read().decode()

    done = completed(client)
    assert (done["loginId"], done["success"], done["error"]) == (started["loginId"], True, None)
    assert client.wait_for("account/updated") == {"authMode": "chatgpt", "planType": "pro"}
    assert "You are signed in" in shown
    first = issuer.asked("/oauth/token")[0].form
    assert (first["grant_type"], first["code"]) == ("authorization_code", "c-1")
    assert first["redirect_uri"] == asked["redirect_uri"]
    tokens = kept(chatgpt.home)["tokens"]
    assert tokens == {**given("new"), "account_id": "acct-1"}
    account = client.call("account/read", {})["account"]
    assert account == {
        "type": "chatgpt",
        "email": "someone@example.com",
        "planType": "pro",
        "workspaceName": None,
    }


def test_a_forged_return_is_refused_and_the_login_goes_on_waiting(chatgpt: Connect, issuer: Issuer) -> None:
    client = chatgpt(env=issuer.env)
    started = client.call("account/login/start", {"type": "chatgpt"})
    redirect = parse_qs(urlsplit(str(started["authUrl"])).query)["redirect_uri"][0]

    with pytest.raises(OSError, match="400"):
        urlopen(f"{redirect}?code=c-1&state=forged", timeout=15)

    assert client.call("account/login/cancel", {"loginId": started["loginId"]}) == {"status": "canceled"}
    done = completed(client)
    assert (done["success"], done["error"]) == (False, "Login server error: Login was not completed")
    assert issuer.asked("/oauth/token") == []
    again = client.call("account/login/cancel", {"loginId": str(uuid4())})
    assert again == {"status": "notFound"}


def test_a_second_login_takes_the_place_of_the_first(chatgpt: Connect, issuer: Issuer) -> None:
    client = chatgpt(env=issuer.env)
    first = client.call("account/login/start", {"type": "chatgpt"})

    second = client.call("account/login/start", {"type": "chatgpt"})

    done = completed(client)
    assert (done["loginId"], done["error"]) == (first["loginId"], "Login server error: Login cancelled")
    assert first["loginId"] != second["loginId"]


def test_a_code_typed_elsewhere_brings_a_login(chatgpt: Connect, issuer: Issuer) -> None:
    issuer.says(
        "/api/accounts/deviceauth/usercode",
        (200, {"device_auth_id": "d-1", "user_code": "ABCD", "interval": "0"}),
    )
    typed: JsonObject = {"authorization_code": "c-2", "code_challenge": "x", "code_verifier": "v-2"}
    issuer.says("/api/accounts/deviceauth/token", (403, {}), (404, {}), (200, typed))
    client = chatgpt(env=issuer.env)

    started = client.call("account/login/start", {"type": "chatgptDeviceCode"})

    assert (started["userCode"], started["verificationUrl"]) == ("ABCD", f"{issuer.url}/codex/device")
    done = completed(client)
    assert (done["loginId"], done["success"]) == (started["loginId"], True)
    form = issuer.asked("/oauth/token")[0].form
    assert (form["code"], form["code_verifier"]) == ("c-2", "v-2")


def test_tokens_of_the_client_stay_in_memory_and_are_asked_for_again(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream
) -> None:
    upstream.script(UNAUTHORIZED)
    client = chatgpt(env=issuer.env)
    old, new = login_token(mark="old"), login_token(mark="new")
    asked: list[JsonObject] = []

    def renew(params: JsonObject) -> JsonObject:
        asked.append(params)
        return {"accessToken": new, "chatgptAccountId": "acct-1"}

    client.on("account/chatgptAuthTokens/refresh", renew)
    params: JsonObject = {"type": "chatgptAuthTokens", "accessToken": old, "chatgptAccountId": "acct-1"}
    client.call("account/login/start", params)
    assert client.wait_for("account/updated") == {"authMode": "chatgptAuthTokens", "planType": "pro"}

    turn = run_turn(client)

    assert turn["status"] == "completed"
    assert asked == [{"reason": "unauthorized", "previousAccountId": "acct-1"}]
    assert bearer(upstream) == [f"Bearer {old}", f"Bearer {new}"]
    assert not (chatgpt.home / "auth.json").exists()
    refused = client.refusal("account/login/start", {"type": "apiKey", "apiKey": "sk-1"})
    assert refused.message.startswith("External auth is active.")


def test_a_client_that_cannot_renew_its_tokens_fails_the_turn_with_its_words(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream
) -> None:
    upstream.script(UNAUTHORIZED)
    client = chatgpt(env=issuer.env)
    client.on("account/chatgptAuthTokens/refresh", lambda _: Refusal(-32000, "nope"))
    token = login_token()
    params: JsonObject = {"type": "chatgptAuthTokens", "accessToken": token, "chatgptAccountId": "acct-1"}
    client.call("account/login/start", params)

    turn = run_turn(client)

    error = turn["error"]
    assert isinstance(error, dict)
    assert error["message"] == "auth refresh request failed: code=-32000 message=nope"


def test_an_expired_login_is_renewed_before_it_is_used(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream
) -> None:
    keep(chatgpt.home, stored_login(expires=PAST))

    turn = run_turn(chatgpt(env=issuer.env))

    assert turn["status"] == "completed"
    assert bearer(upstream) == [f"Bearer {login_token(mark='new')}"]
    body = issuer.asked("/oauth/token")[0].json
    assert (body["grant_type"], body["refresh_token"]) == ("refresh_token", "refresh-old")
    tokens = kept(chatgpt.home)["tokens"]
    assert tokens == {**given("new"), "account_id": "acct-1"}


def test_a_token_that_is_told_is_fit_for_use(chatgpt: Connect, issuer: Issuer) -> None:
    keep(chatgpt.home, stored_login(expires=PAST))
    client = chatgpt(env=issuer.env)

    assert client.call("getAuthStatus", {})["authToken"] is None
    assert issuer.asked("/oauth/token") == [], "nobody wanted the token"
    assert client.call("getAuthStatus", {"includeToken": True})["authToken"] == login_token(mark="new")


@pytest.mark.requirement("D10")
def test_two_processes_renew_an_expired_login_once(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream
) -> None:
    keep(chatgpt.home, stored_login(expires=PAST))
    issuer.gate = Gate()
    clients = [chatgpt(env=issuer.env) for _ in range(2)]
    ends: list[JsonObject] = []

    def run_one(client: Client) -> None:
        ends.append(run_turn(client))

    runs = [threading.Thread(target=run_one, args=(client,)) for client in clients]

    for run in runs:
        run.start()
    issuer.gate.wait_reached()
    issuer.gate.open()
    for run in runs:
        run.join(30)

    assert [end["status"] for end in ends] == ["completed", "completed"]
    assert len(issuer.asked("/oauth/token")) == 1
    assert bearer(upstream) == [f"Bearer {login_token(mark='new')}"] * 2


@pytest.mark.requirement("D10")
def test_a_login_elsewhere_is_used_for_the_next_request(chatgpt: Connect, upstream: Upstream) -> None:
    write_api_key_login(chatgpt.home)
    client = chatgpt()
    run_turn(client)

    keep(chatgpt.home, {"auth_mode": "apikey", "OPENAI_API_KEY": "sk-other"})

    run_turn(client)
    assert bearer(upstream) == ["Bearer sk-test", "Bearer sk-other"]


def test_a_refused_login_is_read_again_then_renewed_then_given_up(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream
) -> None:
    keep(chatgpt.home, stored_login())
    upstream.script(UNAUTHORIZED, UNAUTHORIZED, UNAUTHORIZED)

    turn = run_turn(chatgpt(env=issuer.env))

    old, new = login_token(mark="old"), login_token(mark="new")
    assert bearer(upstream) == [f"Bearer {old}", f"Bearer {old}", f"Bearer {new}"]
    assert turn["status"] == "failed"


@pytest.mark.parametrize(
    ("code", "because"),
    [
        ("refresh_token_expired", " because your refresh token has expired"),
        ("refresh_token_reused", " because your refresh token was already used"),
        ("refresh_token_invalidated", " because your refresh token was revoked"),
        ("else", ""),
    ],
)
def test_a_login_that_cannot_be_renewed_any_more_says_so_and_is_gone(
    chatgpt: Connect, issuer: Issuer, upstream: Upstream, code: str, because: str
) -> None:
    keep(chatgpt.home, stored_login())
    issuer.says("/oauth/token", (401, {"error": {"code": code, "message": "s3cret"}}))
    upstream.script(UNAUTHORIZED, UNAUTHORIZED)
    client = chatgpt(env=issuer.env)

    error = run_turn(client)["error"]

    assert isinstance(error, dict)
    assert error["codexErrorInfo"] == "unauthorized"
    text = f"Your access token could not be refreshed{because}. Please log out and sign in again."
    assert error["message"] == text
    assert client.call("account/read", {"refreshToken": True})["account"] is None
    assert len(issuer.asked("/oauth/token")) == 1


def test_logout_gives_the_tokens_back(chatgpt: Connect, issuer: Issuer) -> None:
    keep(chatgpt.home, stored_login())
    client = chatgpt(env=issuer.env)

    client.call("account/logout")

    assert client.wait_for("account/updated") == {"authMode": None, "planType": None}
    body = issuer.asked("/oauth/revoke")[0].json
    assert (body["token"], body["token_type_hint"]) == ("refresh-old", "refresh_token")


def test_no_token_is_in_a_log_or_an_error(chatgpt: Connect, issuer: Issuer, upstream: Upstream) -> None:
    keep(chatgpt.home, stored_login(expires=PAST))
    issuer.says("/oauth/token", (500, {"error": {"message": "broken"}}))
    upstream.script(UNAUTHORIZED, UNAUTHORIZED, UNAUTHORIZED)
    client = chatgpt(env={**issuer.env, "RUST_LOG": "trace"})

    run_turn(client)
    client.close()

    said = client.stderr_path.read_bytes() + b"".join(client.raw_lines)
    for secret in ("refresh-old", login_token(expires=PAST, mark="old")):
        assert secret.encode() not in said


NO_KEY = "API key login is disabled. Use ChatGPT login instead."
NO_CHATGPT = "ChatGPT login is disabled. Use API key login instead."
NO_TOKENS = "External ChatGPT auth is disabled. Use API key login instead."
TOKENS: JsonObject = {
    "type": "chatgptAuthTokens",
    "accessToken": login_token(),
    "chatgptAccountId": "acct-1",
}


@pytest.mark.parametrize(
    ("forced", "params", "text"),
    [
        ("chatgpt", {"type": "apiKey", "apiKey": "sk-1"}, NO_KEY),
        ("api", {"type": "chatgpt"}, NO_CHATGPT),
        ("api", {"type": "chatgptDeviceCode"}, NO_CHATGPT),
        ("api", TOKENS, NO_TOKENS),
    ],
)
def test_a_login_of_the_wrong_kind_is_refused(
    chatgpt: Connect, forced: str, params: JsonObject, text: str
) -> None:
    config = chatgpt.home / "config.toml"
    config.write_text(f'forced_login_method = "{forced}"\n' + config.read_text())
    client = chatgpt()

    assert client.refusal("account/login/start", params) == Refusal(-32600, text)
    assert client.call("account/read", {})["account"] is None


def test_tokens_of_another_workspace_are_refused_and_so_is_a_renewal_with_such(
    chatgpt: Connect, upstream: Upstream
) -> None:
    upstream.script(UNAUTHORIZED)
    config = chatgpt.home / "config.toml"
    config.write_text('forced_chatgpt_workspace_id = "acct-1"\n' + config.read_text())
    client = chatgpt()
    other: JsonObject = {"accessToken": login_token(account="acct-2"), "chatgptAccountId": "acct-2"}
    client.on("account/chatgptAuthTokens/refresh", lambda _: other)

    refused = client.refusal("account/login/start", {**TOKENS, **other})
    client.call("account/login/start", TOKENS)
    turn = run_turn(client)

    problem = 'External auth must use one of workspace(s) ["acct-1"], but received "acct-2".'
    assert refused == Refusal(-32600, problem)
    error = turn["error"]
    assert isinstance(error, dict)
    renewed = 'external auth refresh returned workspace "acct-2", expected one of ["acct-1"]'
    assert error["message"] == renewed
    assert len(upstream.asked) == 1
