"""Logging in to MCP servers over HTTP, and using what that gives (services.md §8, tools.md §9.5)."""

import json
import stat
from pathlib import Path

import pytest
from pydantic import JsonValue
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_config
from support.mcp_home import stdio_server
from support.mcp_http import McpHttp
from support.oauth import OAuthMcp, query_of, visit
from support.upstream import Upstream

DONE = "mcpServer/oauthLogin/completed"
STATUS = "mcpServer/startupStatus/updated"


def connected(connect: Connect, upstream: Upstream, server: McpHttp, extra: str = "") -> Client:
    """A client of a server that knows this one, and keeps logins in a file."""
    table = f'[mcp_servers.far]\nurl = "{server.url}"\n{extra}'
    write_config(
        connect.home, upstream.base_url, provider=table, extra='mcp_oauth_credentials_store = "file"'
    )
    return connect()


def begun(client: Client, **params: JsonValue) -> str:
    return str(client.call("mcpServer/oauth/login", {"name": "far", **params})["authorizationUrl"])


def log_in(client: Client, server: OAuthMcp) -> None:
    """The whole of it."""
    since = client.mark()
    server.log_in(begun(client))
    assert client.wait_for(DONE, since)["success"] is True


def outcome(client: Client, since: int) -> JsonObject:
    told = client.wait_for(DONE, since)
    return {key: told[key] for key in ("name", "success", "error") if key in told}


def kept(home: Path) -> JsonObject:
    (entry,) = json.loads((home / ".credentials.json").read_text()).values()
    return entry


def auth_status(client: Client) -> JsonValue:
    rows = client.call("mcpServerStatus/list", {"detail": "toolsAndAuthOnly"})["data"]
    assert isinstance(rows, list)
    return as_object(rows[0])["authStatus"]


def call_echo(client: Client, thread_id: str) -> JsonObject:
    params: JsonObject = {"server": "far", "tool": "echo", "arguments": {"text": "hi"}}
    return client.call("mcpServer/tool/call", {"threadId": thread_id, **params})


def test_a_login_is_got_in_the_browser_kept_for_its_owner_and_used(
    connect: Connect, upstream: Upstream
) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        before, since = auth_status(client), client.mark()
        url = begun(client)
        asked = query_of(url)

        page = server.log_in(url)
        done = outcome(client, since)
        thread_id = start_thread(client)
        client.wait_for(STATUS, name="far", status="ready")

        assert (before, auth_status(client)) == ("notLoggedIn", "oAuth")
        assert call_echo(client, thread_id)["content"] == [{"type": "text", "text": "hi"}]
        assert page == "Authentication complete. You may close this window."
        assert done == {"name": "far", "success": True}
        assert url.startswith(f"{server.base}/authorize?")
        assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
        assert asked["redirect_uri"].startswith("http://127.0.0.1:")
        (registered,) = server.registrations
        assert registered["client_name"] == "Codex"
        assert registered["redirect_uris"] == [asked["redirect_uri"]]
        assert registered["token_endpoint_auth_method"] == "none"
        (exchange,) = server.token_requests
        assert (exchange["grant_type"], exchange["client_id"]) == ("authorization_code", "client-1")
        file = connect.home / ".credentials.json"
        entry = kept(connect.home)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert (entry["server_name"], entry["server_url"]) == ("far", server.url)
        assert (entry["access_token"], entry["refresh_token"]) == ("access-1", "refresh-1")
        client.close()


@pytest.mark.parametrize(
    ("params", "config", "expected"),
    [
        ({"scopes": ["asked"]}, 'scopes = ["configured"]', "asked"),
        ({}, 'scopes = ["configured", "too"]', "configured too"),
        ({}, "", "offered other"),
    ],
)
def test_scopes_are_those_asked_for_configured_or_offered(
    connect: Connect, upstream: Upstream, params: JsonObject, config: str, expected: str
) -> None:
    with OAuthMcp(scopes=["offered", "other"]) as server:
        client = connected(connect, upstream, server, config)

        assert query_of(begun(client, **params))["scope"] == expected
        client.close()


def test_what_is_no_answer_is_turned_away_and_a_refusal_ends_the_login(
    connect: Connect, upstream: Upstream
) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        since = client.mark()
        asked = query_of(begun(client))
        elsewhere = asked["redirect_uri"].rpartition("/")[0]
        refusal = {"error": "access_denied", "error_description": "no", "state": asked["state"]}

        strange = visit(f"{elsewhere}/other", {"code": "x", "state": asked["state"]})
        empty = visit(asked["redirect_uri"], {"state": asked["state"]})
        refused = visit(asked["redirect_uri"], refusal)

        said = "OAuth provider returned `access_denied`: no"
        assert strange == empty == (400, "Invalid OAuth callback")
        assert refused == (400, said)
        assert outcome(client, since) == {"name": "far", "success": False, "error": said}
        assert not (connect.home / ".credentials.json").exists()
        client.close()


def test_an_answer_to_another_question_is_turned_away(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        since = client.mark()
        url = begun(client)

        forged = visit(query_of(url)["redirect_uri"], {"code": "stolen", "state": "guessed"})
        server.log_in(url)

        assert forged == (400, "Invalid OAuth callback")
        assert outcome(client, since) == {"name": "far", "success": True}
        client.close()


def test_a_code_that_is_not_taken_ends_the_login(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        since = client.mark()
        asked = query_of(begun(client))

        visit(asked["redirect_uri"], {"code": "made up", "state": asked["state"]})

        told = outcome(client, since)
        assert (told["name"], told["success"]) == ("far", False)
        assert str(told["error"]).startswith("failed to handle OAuth callback")
        client.close()


def test_a_login_that_nobody_completes_is_given_up(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        since = client.mark()
        begun(client, timeoutSecs=1)

        error = "timed out waiting for OAuth callback"
        assert outcome(client, since) == {"name": "far", "success": False, "error": error}
        client.close()


def test_where_no_login_can_be_had_none_begins(connect: Connect, upstream: Upstream) -> None:
    with McpHttp() as server:
        client = connected(connect, upstream, server, stdio_server("near"))

        def refused(name: str) -> Refusal:
            return client.refusal("mcpServer/oauth/login", {"name": name})

        assert refused("nobody") == Refusal(-32600, "No MCP server named 'nobody' found.")
        assert refused("near") == Refusal(
            -32600, "OAuth login is only supported for streamable HTTP servers."
        )
        assert refused("far") == Refusal(
            -32603, "failed to login to MCP server 'far': No authorization support detected"
        )
        client.close()


def test_the_server_itself_may_say_where_its_logins_come_from(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp(scopes=["hidden"]) as server:
        server.routes[("GET", "/elsewhere")] = server.routes.pop(
            ("GET", "/.well-known/oauth-protected-resource/mcp")
        )
        issuer = server.routes.pop(("GET", "/.well-known/oauth-authorization-server"))
        server.routes[("GET", "/.well-known/openid-configuration/tenant")] = issuer
        server.issuer_path = "/tenant"
        server.challenge = f'Bearer error="invalid_token", resource_metadata="{server.base}/elsewhere"'
        client = connected(connect, upstream, server)

        asked = query_of(begun(client))

        assert (asked["scope"], asked["resource"]) == ("hidden", server.url)
        client.close()


def test_nobody_speaks_for_another_issuer(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp() as server:
        server.issuer = "https://somebody.example"
        client = connected(connect, upstream, server)

        refused = client.refusal("mcpServer/oauth/login", {"name": "far"})

        assert refused.message.startswith("failed to login to MCP server 'far': ")
        assert f"expected {server.base}, received https://somebody.example" in refused.message
        client.close()


def test_a_refused_token_is_renewed_and_what_was_asked_is_asked_again(
    connect: Connect, upstream: Upstream
) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        log_in(client, server)
        thread_id = start_thread(client)
        client.wait_for(STATUS, name="far", status="ready")
        server.token = "revoked"

        result = call_echo(client, thread_id)

        assert result["content"] == [{"type": "text", "text": "hi"}]
        renewal = server.token_requests[-1]
        assert (renewal["grant_type"], renewal["refresh_token"]) == ("refresh_token", "refresh-1")
        assert kept(connect.home)["access_token"] == "access-2"
        client.close()


def test_a_token_is_renewed_before_it_ends(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp(expires_in=5) as server:
        client = connected(connect, upstream, server)
        log_in(client, server)

        start_thread(client)
        client.wait_for(STATUS, name="far", status="ready")

        assert [one["grant_type"] for one in server.token_requests[:2]] == [
            "authorization_code",
            "refresh_token",
        ]
        client.close()


def test_a_login_that_ended_for_good_is_asked_for_again(connect: Connect, upstream: Upstream) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        log_in(client, server)
        server.token, server.refuses_tokens = "revoked", True

        start_thread(client)
        told = client.wait_for(STATUS, name="far", status="failed")

        assert told["error"] == "The far MCP server is not logged in. Run `codex mcp login far`."
        assert auth_status(client) == "notLoggedIn"
        client.close()


def test_a_thread_takes_up_its_server_once_somebody_has_logged_in(
    connect: Connect, upstream: Upstream
) -> None:
    with OAuthMcp() as server:
        client = connected(connect, upstream, server)
        thread_id = start_thread(client)
        client.wait_for(STATUS, name="far", status="failed")

        log_in(client, server)
        run_turn(client, thread_id)

        client.wait_for(STATUS, name="far", status="ready")
        assert call_echo(client, thread_id)["content"] == [{"type": "text", "text": "hi"}]
        client.close()
