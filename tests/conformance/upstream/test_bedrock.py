"""The provider `amazon-bedrock`: whom it takes us for, and what requests carry (model-client.md §10.2)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.bedrock import ACCESS, KEY_ID, Bedrock, bedrock, checked_signature, host_of, table
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread
from support.home import write_config, write_login
from support.upstream import Upstream

BEARER = {"AWS_BEARER_TOKEN_BEDROCK": "bedrock-key"}
MODEL = "openai.gpt-5.4"
HEAD = 'model_provider = "amazon-bedrock"\nfeatures.apps = false\n[analytics]\nenabled = false\n'


@pytest.fixture
def cloud(peer_home: Path) -> Iterator[Bedrock]:
    folder = peer_home.parent / f"{peer_home.name}-aws"
    folder.mkdir()
    with bedrock(folder) as running:
        yield running
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


@pytest.fixture
def use(connect: Connect, cloud: Bedrock) -> Callable[..., Client]:
    def start(config: str = "", env: dict[str, str] | None = None) -> Client:
        (connect.home / "config.toml").write_text(HEAD + config, "utf-8")
        return connect(env={**cloud.env, **(env or {})})

    return start


def _turn(client: Client) -> Turn:
    return run_turn(client, start_thread(client, model=MODEL))


def _error(turn: Turn) -> str:
    return str(as_object(turn.end["error"])["message"])


def test_a_key_of_the_environment_goes_to_the_region_of_the_configuration(
    use: Callable[..., Client], cloud: Bedrock
) -> None:
    client = use(table(region="us-east-1"), BEARER)

    turn = _turn(client)

    assert turn.end["status"] == "completed"
    (asked,) = cloud.upstream.asked
    assert (asked.method, asked.path) == ("POST", "/openai/v1/responses")
    assert cloud.hosts == [host_of("us-east-1")]
    assert asked.headers["authorization"] == b"Bearer bedrock-key"
    assert asked.headers["x-amzn-mantle-client-agent"] == b"codex"
    assert "x-oai-attestation" not in asked.headers
    assert "content-encoding" not in asked.headers


@pytest.mark.parametrize("token", [None, "session-token"])
def test_access_keys_sign_each_request(use: Callable[..., Client], cloud: Bedrock, token: str | None) -> None:
    env = dict(ACCESS) if token is None else {**ACCESS, "AWS_SESSION_TOKEN": token}
    client = use(table(region="us-east-1"), env)
    thread_id = start_thread(client, model=MODEL)

    run_turn(client, thread_id, "one  two")
    run_turn(client, thread_id, "three")

    for asked in cloud.upstream.asked:
        found = checked_signature(asked)
        assert (found.key_id, found.region) == (KEY_ID, "us-east-1")
        assert ("x-amz-security-token" in found.signed_headers) == (token is not None)
        assert not {"originator", "user-agent", "content-length"} & set(found.signed_headers)
        assert {"host", "content-type", "x-amz-date", "x-codex-turn-metadata"} <= set(found.signed_headers)
    assert len(cloud.upstream.asked) == 2


def test_a_profile_has_keys_and_a_region(use: Callable[..., Client], cloud: Bedrock) -> None:
    Path(cloud.env["AWS_CONFIG_FILE"]).write_text("[profile mine]\nregion = us-west-2\n", "utf-8")
    keys = "[mine]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = of-profile\n"
    Path(cloud.env["AWS_SHARED_CREDENTIALS_FILE"]).write_text(keys, "utf-8")
    client = use(table(profile="mine"))

    _turn(client)

    found = checked_signature(cloud.upstream.asked[0], "of-profile")
    assert (found.key_id, found.region) == ("AKIDPROFILE", "us-west-2")
    assert cloud.hosts == [host_of("us-west-2")]


def test_a_profile_that_is_named_goes_before_keys_of_the_environment(
    use: Callable[..., Client], cloud: Bedrock
) -> None:
    Path(cloud.env["AWS_CONFIG_FILE"]).write_text("[profile mine]\nregion = us-west-2\n", "utf-8")
    keys = "[mine]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = of-profile\n"
    Path(cloud.env["AWS_SHARED_CREDENTIALS_FILE"]).write_text(keys, "utf-8")
    client = use(table(profile="mine", region="eu-north-1"), ACCESS)

    _turn(client)

    found = checked_signature(cloud.upstream.asked[0], "of-profile")
    assert (found.key_id, found.region) == ("AKIDPROFILE", "eu-north-1")


@pytest.mark.parametrize(
    ("env", "aws", "message"),
    [
        (BEARER, {"region": "mars-1"}, "Fatal error: Amazon Bedrock Mantle does not support region `mars-1`"),
        (
            ACCESS,
            {},
            "Fatal error: failed to resolve Amazon Bedrock auth: AWS SDK config did not resolve a region",
        ),
    ],
)
def test_a_turn_without_a_place_to_go_says_so(
    use: Callable[..., Client], cloud: Bedrock, env: dict[str, str], aws: dict[str, str], message: str
) -> None:
    client = use(table(**aws) if aws else "", env)

    turn = _turn(client)

    assert _error(turn) == message
    assert cloud.upstream.everything == []


def test_a_key_needs_a_region(use: Callable[..., Client]) -> None:
    client = use("", BEARER)

    assert _error(_turn(client)) == (
        "Fatal error: Amazon Bedrock bearer token auth requires `model_providers.amazon-bedrock.aws.region`, "
        "`AWS_REGION`, or `AWS_DEFAULT_REGION`"
    )


def test_a_turn_without_an_account_says_so_at_once(use: Callable[..., Client], cloud: Bedrock) -> None:
    client = use(table(region="us-east-1"))

    turn = _turn(client)

    assert _error(turn).startswith("failed to load AWS credentials: ")
    assert [one for one in turn.params("error") if one["willRetry"]] == []
    assert cloud.upstream.everything == []


def test_clients_see_an_account_that_needs_no_login(use: Callable[..., Client]) -> None:
    client = use(table(region="us-east-1"), BEARER)

    found = client.call("account/read", {})

    assert as_object(found["account"])["type"] == "amazonBedrock"
    assert found["requiresOpenaiAuth"] is False
    assert client.call("getAuthStatus", {})["authMethod"] is None


def test_it_offers_models_of_its_own(use: Callable[..., Client]) -> None:
    client = use(table(region="us-east-1"), BEARER)

    rows = client.call("model/list", {})["data"]

    assert isinstance(rows, list)
    found = [(row["id"], row["isDefault"], row["inputModalities"]) for row in map(as_object, rows)]
    assert found == [
        (MODEL, True, ["text", "image"]),
        ("openai.gpt-oss-120b", False, ["text"]),
        ("openai.gpt-oss-20b", False, ["text"]),
    ]
    assert client.call("thread/start", {})["model"] == MODEL


def test_it_is_offered_functions_alone(use: Callable[..., Client], cloud: Bedrock) -> None:
    client = use(table(region="us-east-1"), BEARER)

    _turn(client)

    tools = cloud.upstream.asked[0].json["tools"]
    assert isinstance(tools, list)
    assert {str(as_object(tool)["type"]) for tool in tools} == {"function", "custom"}


@pytest.mark.parametrize("line", ['base_url = "http://127.0.0.1:9/v1"', 'http_headers = { "x-a" = "1" }'])
def test_nothing_but_its_account_can_be_set(use: Callable[..., Client], line: str) -> None:
    client = use(f"[model_providers.amazon-bedrock]\n{line}\n", BEARER)

    refused = client.refusal("thread/start", {})

    assert refused.message == (
        "failed to load configuration: model_providers.amazon-bedrock only supports changing `aws.profile` "
        "and `aws.region`; other non-default provider fields are not supported"
    )


def _plain(home: Path) -> None:
    text = HEAD.partition("\n")[2]
    (home / "config.toml").write_text(f'model = "{MODEL}"\n# mine\n{text}', "utf-8")


def test_a_login_by_key_is_kept_and_used_until_logout(connect: Connect, cloud: Bedrock) -> None:
    """The client's capability shows that it knows the word for it."""
    _plain(connect.home)
    before = (connect.home / "config.toml").read_text("utf-8")
    client = connect(env={**cloud.env, **BEARER}, mcpServerOpenaiFormElicitation=True)

    params: JsonObject = {"type": "amazonBedrock", "apiKey": " my-key ", "region": "eu-north-1"}
    assert client.call("account/login/start", params) == {"type": "amazonBedrock"}

    assert client.wait_for("account/login/completed")["success"] is True
    assert client.wait_for("account/updated") == {"authMode": "bedrockApiKey", "planType": None}
    assert json.loads((connect.home / "auth.json").read_text("utf-8")) == {
        "auth_mode": "bedrockApiKey",
        "OPENAI_API_KEY": None,
        "bedrock_api_key": {"api_key": "my-key", "region": "eu-north-1"},
    }
    assert 'model_provider = "amazon-bedrock"' in (connect.home / "config.toml").read_text("utf-8")
    assert client.call("account/read", {})["account"] == {
        "type": "amazonBedrock",
        "usesCodexManagedCredentials": True,
    }
    _turn(client)
    assert cloud.upstream.asked[0].headers["authorization"] == b"Bearer my-key"
    assert cloud.hosts == [host_of("eu-north-1")]

    since = client.mark()
    assert client.call("account/logout") == {}

    assert client.wait_for("account/updated", since) == {"authMode": None, "planType": None}
    assert client.call("account/read", {})["account"] is None
    left = (connect.home / "config.toml").read_text("utf-8")
    assert left.split() == before.replace(f'model = "{MODEL}"', "").split()


def test_a_login_by_access_keys_signs_in_the_region_that_it_names(connect: Connect, cloud: Bedrock) -> None:
    _plain(connect.home)
    client = connect(env=cloud.env, mcpServerOpenaiFormElicitation=True)
    params: JsonObject = {
        "type": "amazonBedrockAccessKeys",
        "accessKeyId": "AKIDMINE",
        "secretAccessKey": "my-secret",
        "sessionToken": "my-session",
        "region": "us-west-2",
    }

    assert client.call("account/login/start", params) == {"type": "amazonBedrock"}

    assert client.wait_for("account/updated") == {"authMode": "bedrockAccessKeys", "planType": None}
    assert json.loads((connect.home / "auth.json").read_text("utf-8"))["bedrock_access_keys"] == {
        "access_key_id": "AKIDMINE",
        "secret_access_key": "my-secret",
        "session_token": "my-session",
    }
    assert table(region="us-west-2") in (connect.home / "config.toml").read_text("utf-8")
    _turn(client)
    (asked,) = cloud.upstream.asked
    assert checked_signature(asked, "my-secret")[:2] == ("AKIDMINE", "us-west-2")
    assert asked.headers["x-amz-security-token"] == b"my-session"


KEY: JsonObject = {"type": "amazonBedrock", "apiKey": "k", "region": "us-east-1"}
KEYS: JsonObject = {
    "type": "amazonBedrockAccessKeys",
    "accessKeyId": "a",
    "secretAccessKey": "s",
    "region": "us-east-1",
}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({**KEY, "apiKey": " ", "region": "x"}, "Amazon Bedrock API key must not be empty."),
        ({**KEY, "region": "mars"}, "Amazon Bedrock does not support region `mars`"),
        ({**KEYS, "accessKeyId": ""}, "AWS access key ID and secret access key must not be empty."),
        ({**KEYS, "secretAccessKey": " "}, "AWS access key ID and secret access key must not be empty."),
    ],
)
def test_what_can_be_no_login_is_refused(connect: Connect, params: JsonObject, message: str) -> None:
    client = connect()

    refused = client.refusal("account/login/start", params)

    assert refused.message == message
    assert not (connect.home / "auth.json").exists()


def test_a_configuration_may_forbid_these_logins(connect: Connect) -> None:
    (connect.home / "config.toml").write_text('forced_login_method = "chatgpt"\n', "utf-8")
    client = connect()

    refused = client.refusal("account/login/start", KEY)

    assert refused.message == "Amazon Bedrock login is disabled. Use ChatGPT login instead."


def test_other_providers_get_nothing_of_these_logins(connect: Connect, cloud: Bedrock) -> None:
    with Upstream() as other:
        write_config(connect.home, other.base_url, chatgpt=True, extra="features.apps = false")
        write_login(connect.home, {"bedrock_api_key": {"api_key": "my-key", "region": "us-east-1"}})
        client = connect(env=cloud.env)

        run_turn(client, start_thread(client))

        assert "authorization" not in other.asked[0].headers
    assert cloud.upstream.asked == []


def test_no_secret_is_in_a_log_or_an_error(use: Callable[..., Client], cloud: Bedrock) -> None:
    env = {**ACCESS, "AWS_SESSION_TOKEN": "session-s3cret", "RUST_LOG": "trace"}
    for given in (env, {**BEARER, "RUST_LOG": "trace"}):
        client = use(table(region="us-east-1"), given)
        _turn(client)
        client.close()

        said = client.stderr_path.read_bytes() + b"".join(client.raw_lines)
        for secret in (ACCESS["AWS_SECRET_ACCESS_KEY"], "session-s3cret", "bedrock-key"):
            assert secret.encode() not in said
