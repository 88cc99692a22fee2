"""Which providers there are: the built-in ones, and those of the configuration (model-client.md §10)."""

from collections.abc import Mapping

from app_server.model.provider import (
    BEDROCK,
    OFFLINE,
    OPEN_WEIGHTS_PORTS,
    OPENAI,
    ModelProvider,
    ProviderError,
)
from protocol.wire import JsonObject


def provider_for(
    provider_id: str,
    tables: Mapping[str, JsonObject],
    *,
    env: Mapping[str, str],
    openai_base_url: str | None = None,
) -> ModelProvider:
    """The provider of that id; `tables` is the `model_providers` of the configuration, its types checked.

    The offline provider's address is known only once its server runs (`with_base_url`). Raises ProviderError.
    """
    if provider_id == OPENAI:
        return _openai(openai_base_url)
    if (port := OPEN_WEIGHTS_PORTS.get(provider_id)) is not None:
        return _open_weights(provider_id, port, env)
    if provider_id == BEDROCK:
        return _bedrock(tables.get(provider_id, {}))
    if (table := tables.get(provider_id)) is not None:
        from app_server.model.provider_table import parse_provider  # the built-in ones do not need it

        return parse_provider(provider_id, table)
    if provider_id == OFFLINE:
        return ModelProvider(OFFLINE, "Offline")
    raise ProviderError(f"Model provider `{provider_id}` not found")


def with_base_url(provider: ModelProvider, base_url: str) -> ModelProvider:
    """The same provider at another address."""
    return provider._replace(base_url=base_url)


def _openai(base_url: str | None) -> ModelProvider:
    from app_server.version import WIRE_VERSION

    return ModelProvider(
        OPENAI,
        "OpenAI",
        base_url=base_url or None,
        http_headers={"version": WIRE_VERSION},
        env_http_headers={
            "openai-organization": "OPENAI_ORGANIZATION",
            "openai-project": "OPENAI_PROJECT",
        },
        requires_openai_auth=True,
        supports_websockets=True,
    )


def _bedrock(table: JsonObject) -> ModelProvider:
    """The address here is a stand-in: the real one goes with the credentials, whose region it is of."""
    from app_server.model.bedrock.regions import base_url  # few use it
    from app_server.model.provider_table import aws_settings

    return ModelProvider(
        BEDROCK,
        "Amazon Bedrock",
        base_url=base_url("us-east-1"),
        aws=aws_settings(table),
        http_headers={"x-amzn-mantle-client-agent": "codex"},
    )


def _open_weights(provider_id: str, port: int, env: Mapping[str, str]) -> ModelProvider:
    base_url = env.get("CODEX_OSS_BASE_URL", "").strip()
    if not base_url:
        wanted = env.get("CODEX_OSS_PORT", "").strip()
        base_url = f"http://localhost:{wanted if wanted.isdecimal() else port}/v1"
    return ModelProvider(provider_id, "gpt-oss", base_url=base_url)
