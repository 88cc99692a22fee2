"""`modelProvider/list`: the providers to choose from, and how each of them is set up."""

from collections.abc import Iterator, Mapping
from typing import Final

from app_server.config.config import Config
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.model.provider import BEDROCK, OFFLINE, OPENAI, ModelProvider
from app_server.model.provider_table import aws_settings, parse_provider
from app_server.model.providers import provider_for
from protocol.model import (
    BedrockProviderSettings,
    CustomGatewayProviderSettings,
    EnvironmentVariableGatewayAuth,
    ExternallyConfiguredGatewayAuth,
    GatewayAuth,
    ModelProviderListParams,
    ModelProviderListResponse,
    ModelProviderSummary,
    NoneGatewayAuth,
    OpenaiProviderSettings,
)
from protocol.wire import JsonObject

_BELOW_FLAGS: Final = frozenset({"mdm", "system", "user", "project"})
"""Kinds of layers that do not overrule the user's own file in this: projects may name no provider."""


class ModelProviderHandlers:
    """Reads the configuration anew for each answer. Nothing secret is told."""

    def __init__(self, configs: ConfigLoader, env: Mapping[str, str]) -> None:
        self._configs = configs
        self._env = env

    async def list_all(self, _call: Call, _params: ModelProviderListParams) -> ModelProviderListResponse:
        """OpenAI, the offline provider and those of the configuration, by id."""
        with refusals():
            config = self._configs.load()
            rows = sorted(self._rows(config), key=lambda row: row.id)
        decides_over = [one for one in config.stack.enabled() if one.source.type not in _BELOW_FLAGS]
        return ModelProviderListResponse(
            data=rows,
            default_provider_id=config.model_provider,
            can_change_default=not any("model_provider" in one.values for one in decides_over),
        )

    def _rows(self, config: Config) -> Iterator[ModelProviderSummary]:
        tables = config.provider_tables
        openai = provider_for(OPENAI, {}, env=self._env, openai_base_url=config.openai_base_url)
        yield _row(openai, OpenaiProviderSettings(), can_edit=False)
        if OFFLINE not in tables:
            yield _row(provider_for(OFFLINE, {}, env=self._env), _gateway(NoneGatewayAuth()), can_edit=False)
        for provider_id, table in tables.items():
            if provider_id == BEDROCK:
                yield _bedrock(table)
            else:
                provider = parse_provider(provider_id, table)
                yield _row(provider, _gateway(_auth(provider)), can_edit=True)


def _row(
    provider: ModelProvider,
    settings: OpenaiProviderSettings | CustomGatewayProviderSettings,
    *,
    can_edit: bool,
) -> ModelProviderSummary:
    return ModelProviderSummary(
        id=provider.id,
        name=provider.name,
        can_edit=can_edit,
        base_url=provider.base_url,
        settings=settings,
    )


def _bedrock(table: JsonObject) -> ModelProviderSummary:
    aws = aws_settings(table)
    return ModelProviderSummary(
        id=BEDROCK,
        name="Amazon Bedrock",
        can_edit=True,
        base_url=None,
        settings=BedrockProviderSettings(profile=aws.profile, region=aws.region),
    )


def _gateway(auth: GatewayAuth) -> CustomGatewayProviderSettings:
    return CustomGatewayProviderSettings(auth=auth)


def _auth(provider: ModelProvider) -> GatewayAuth:
    """How the provider knows us: a key in a variable can be asked of a user, all else is set up elsewhere."""
    if provider.env_key is not None:
        return EnvironmentVariableGatewayAuth(env_key=provider.env_key)
    elsewhere = (
        provider.bearer_token,
        provider.command_auth,
        provider.requires_openai_auth,
        provider.query_params,
        provider.http_headers,
        provider.env_http_headers,
    )
    return ExternallyConfiguredGatewayAuth() if any(elsewhere) else NoneGatewayAuth()
