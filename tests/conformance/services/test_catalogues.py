"""What clients may choose from, and how much of their allowance is left (services.md §6)."""

from support.client import Client
from support.connect import Connect
from support.home import write_api_key_login, write_chatgpt_login, write_config
from support.tokens import Issuer
from support.upstream import Upstream


def test_there_are_two_modes(shared: Client) -> None:
    modes = shared.call("collaborationMode/list", {})["data"]

    assert modes == [
        {"name": "Plan", "mode": "plan", "model": None, "reasoning_effort": "medium"},
        {"name": "Default", "mode": "default", "model": None, "reasoning_effort": None},
    ]


def test_features_come_in_pages_and_tell_whether_they_are_on(connect: Connect) -> None:
    config = connect.home / "config.toml"
    config.write_text(config.read_text() + "[features]\ngoals = true\n")
    client = connect()

    everything = client.call("experimentalFeature/list", {})
    first = client.call("experimentalFeature/list", {"limit": 2})
    rest = client.call("experimentalFeature/list", {"cursor": first["nextCursor"]})

    rows, some, others = everything["data"], first["data"], rest["data"]
    assert isinstance(rows, list)
    assert isinstance(some, list)
    assert isinstance(others, list)
    assert some + others == rows
    goals = next(row for row in rows if isinstance(row, dict) and row["name"] == "goals")
    assert isinstance(goals, dict)
    assert goals["stage"] == "beta"
    assert (goals["enabled"], goals["defaultEnabled"]) == (True, False)
    refused = client.refusal("experimentalFeature/list", {"cursor": "x"})
    assert (refused.code, refused.message) == (-32600, "invalid cursor: x")


def test_the_built_in_profiles_can_be_chosen(shared: Client) -> None:
    profiles = shared.call("permissionProfile/list", {})["data"]

    assert isinstance(profiles, list)
    assert profiles[:3] == [
        {"id": name, "description": None, "allowed": True}
        for name in (":read-only", ":workspace", ":danger-full-access")
    ]


def test_providers_are_told_with_the_way_they_know_us_and_no_secret(connect: Connect) -> None:
    tables = """
[model_providers.keyed]
name = "Keyed"
base_url = "http://keyed.example/v1"
env_key = "KEYED"
[model_providers.token]
name = "Token"
base_url = "http://token.example/v1"
experimental_bearer_token = "very secret"
"""
    config = connect.home / "config.toml"
    config.write_text(config.read_text() + tables)

    listed = connect().call("modelProvider/list", {})

    assert isinstance(listed["data"], list)
    rows = {str(row["id"]): row for row in listed["data"] if isinstance(row, dict)}
    assert list(rows) == sorted(rows)
    assert (listed["defaultProviderId"], listed["canChangeDefault"]) == ("loopback", True)
    assert rows["keyed"] == {
        "id": "keyed",
        "name": "Keyed",
        "canEdit": True,
        "baseUrl": "http://keyed.example/v1",
        "settings": {"type": "customGateway", "auth": {"mode": "environmentVariable", "envKey": "KEYED"}},
    }
    assert rows["openai"]["settings"] == {"type": "openai"}
    assert rows["openai"]["canEdit"] is False
    assert rows["token"]["settings"] == {
        "type": "customGateway",
        "auth": {"mode": "externallyConfigured", "envKey": None},
    }
    assert "very secret" not in str(listed)


def test_the_limits_of_a_chatgpt_login_are_read_from_its_backend(connect: Connect) -> None:
    with Issuer() as backend:
        backend.says(
            "/backend-api/wham/usage",
            (
                200,
                {
                    "plan_type": "pro",
                    "rate_limit": {
                        "allowed": True,
                        "limit_reached": False,
                        "primary_window": {
                            "used_percent": 42,
                            "limit_window_seconds": 3601,
                            "reset_after_seconds": 5,
                            "reset_at": 1_900_000_000,
                        },
                    },
                },
            ),
        )
        write_config(connect.home, f"{backend.url}/v1", chatgpt=True)
        write_chatgpt_login(connect.home)

        limits = connect().call("account/rateLimits/read")["rateLimits"]

        asked = backend.asked("/backend-api/wham/usage")[0].headers
    assert isinstance(limits, dict)
    assert (limits["limitId"], limits["planType"]) == ("codex", "pro")
    assert limits["primary"] == {
        "usedPercent": 42,
        "windowDurationMins": 61,
        "resetsAt": 1_900_000_000,
    }
    assert asked["chatgpt-account-id"] == "acct-1"
    assert "x-oai-attestation" not in asked


def test_without_a_chatgpt_login_there_are_no_limits_to_read(connect: Connect) -> None:
    client = connect()
    nobody = client.refusal("account/rateLimits/read")
    write_api_key_login(connect.home)
    with_a_key = connect().refusal("account/rateLimits/read")

    assert nobody.message == "codex account authentication required to read rate limits"
    assert with_a_key.message == "chatgpt authentication required to read rate limits"


def test_a_password_in_the_backends_address_is_in_no_error(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, chatgpt=True)
    path = connect.home / "config.toml"
    plain = f'chatgpt_base_url = "{upstream.root}'
    path.write_text(path.read_text("utf-8").replace(plain, plain.replace("://", "://us3r:s3cret@")), "utf-8")
    write_chatgpt_login(connect.home)
    client = connect()

    limits = client.refusal("account/rateLimits/read")
    nudge = client.refusal("account/sendAddCreditsNudgeEmail", {"creditType": "credits"})

    for refusal in (limits, nudge):
        assert "404 Not Found; content-type=application/json; body={" in refusal.message
        assert f"{upstream.root}/backend-api/" in refusal.message
        assert "us3r" not in refusal.message
