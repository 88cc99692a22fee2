"""Providers: the built-in ones, and what a table may and may not say."""

import pytest

from app_server.model.provider import ModelProvider, ProviderError
from app_server.model.provider_table import parse_provider
from app_server.model.providers import provider_for
from protocol.wire import JsonObject


def test_a_table_gives_a_provider() -> None:
    table: JsonObject = {
        "name": "Mine",
        "base_url": "http://x/v1/",
        "env_key": "KEY",
        "env_key_instructions": "Ask.",
        "query_params": {"api-version": "1"},
        "http_headers": {"X-A": "1"},
        "env_http_headers": {"X-B": "B"},
        "request_max_retries": 1000,
        "stream_max_retries": 0,
        "stream_idle_timeout_ms": 5,
        "requires_openai_auth": True,
        "unknown": 1,
    }

    provider = provider_for("mine", {"mine": table}, env={})

    assert provider == ModelProvider(
        id="mine",
        name="Mine",
        base_url="http://x/v1/",
        env_key="KEY",
        env_key_instructions="Ask.",
        query_params={"api-version": "1"},
        http_headers={"X-A": "1"},
        env_http_headers={"X-B": "B"},
        request_max_retries=100,
        stream_max_retries=0,
        stream_idle_timeout_ms=5,
        requires_openai_auth=True,
    )
    assert provider.url("responses", chatgpt_login=False) == "http://x/v1/responses?api-version=1"


@pytest.mark.parametrize(
    ("table", "text"),
    [
        ({}, "model_providers.m: provider name must not be empty"),
        ({"name": " "}, "model_providers.m: provider name must not be empty"),
        ({"name": "m", "aws": {}}, "model_providers.m: provider aws is only supported for `amazon-bedrock`"),
        (
            {"name": "m", "auth": {"command": ""}},
            "model_providers.m: provider auth.command must not be empty",
        ),
        (
            {"name": "m", "env_key": "K", "requires_openai_auth": True, "auth": {"command": "x"}},
            "model_providers.m: provider auth cannot be combined with env_key, requires_openai_auth",
        ),
    ],
)
def test_a_table_that_contradicts_itself_is_refused(table: JsonObject, text: str) -> None:
    with pytest.raises(ProviderError) as caught:
        parse_provider("m", table)

    assert str(caught.value) == text


def test_an_unknown_provider_is_refused() -> None:
    with pytest.raises(ProviderError, match=r"^Model provider `zz` not found$"):
        provider_for("zz", {}, env={})


def test_openai_has_an_address_for_each_kind_of_login() -> None:
    provider = provider_for("openai", {}, env={"OPENAI_BASE_URL": "http://ignored"})

    assert provider.url("responses", chatgpt_login=True) == "https://chatgpt.com/backend-api/codex/responses"
    assert provider.url("responses", chatgpt_login=False) == "https://api.openai.com/v1/responses"
    moved = provider_for("openai", {}, env={}, openai_base_url="http://gate/v1")
    assert moved.url("responses", chatgpt_login=True) == "http://gate/v1/responses"


def test_an_empty_address_never_stands_for_the_vendors() -> None:
    provider = ModelProvider("m", "m", base_url="")

    assert provider.url("responses", chatgpt_login=False) == "/responses"


@pytest.mark.parametrize(
    ("provider", "env", "url"),
    [
        ("ollama", {}, "http://localhost:11434/v1"),
        ("lmstudio", {}, "http://localhost:1234/v1"),
        ("ollama", {"CODEX_OSS_PORT": "9"}, "http://localhost:9/v1"),
        ("ollama", {"CODEX_OSS_BASE_URL": "http://big/v1", "CODEX_OSS_PORT": "9"}, "http://big/v1"),
    ],
)
def test_servers_of_open_weights_are_found_on_this_machine(
    provider: str, env: dict[str, str], url: str
) -> None:
    assert provider_for(provider, {}, env=env).base_url == url


@pytest.mark.parametrize(
    "base_url",
    ["https://a.openai.azure.com/x", "https://A.COGNITIVESERVICES.AZURE.com", "https://w.windows.net/openai"],
)
def test_azure_is_known_by_its_address_or_name(base_url: str) -> None:
    assert ModelProvider("m", "m", base_url=base_url).is_azure
    assert ModelProvider("m", "Azure").is_azure
    assert not ModelProvider("m", "m", base_url="https://example.com").is_azure


def test_a_provider_never_shows_its_secrets() -> None:
    provider = ModelProvider("m", "m", bearer_token="s3cret", http_headers={"x-key": "s3cret"})

    assert "s3cret" not in repr(provider) + str(provider) + f"{provider}"
