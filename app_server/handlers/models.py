"""`model/list`: the models to choose from (services.md §6)."""

from app_server.agent.opening import Upstream, provider_of
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.pages import page
from app_server.model import catalog
from app_server.model.auth import ApiKeyAuth, ChatGptAuth
from app_server.model.catalog_source import CatalogSource
from app_server.model.credentials import ProviderCredentials
from app_server.model.login.issuer import Caller
from app_server.model.model_info import ModelInfo
from protocol.model import (
    Model,
    ModelListParams,
    ModelListResponse,
    ModelProviderCapabilitiesReadParams,
    ModelProviderCapabilitiesReadResponse,
)


class ModelHandlers:
    """The catalogue, as clients show it."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader) -> None:
        self._upstream = upstream
        self._configs = configs
        self._source = CatalogSource(configs.codex_home, Caller(upstream.http, upstream.identity))

    async def list_page(self, _call: Call, params: ModelListParams) -> ModelListResponse:
        await self._refresh()
        with_key = isinstance(self._upstream.auth.current, ApiKeyAuth)
        rows = [
            model
            for model in catalog.models()
            if (params.include_hidden or not model.hidden) and (model.supported_in_api or not with_key)
        ]
        chosen, next_cursor = page(rows, params.cursor, params.limit, "models")
        return ModelListResponse(data=[_row(model) for model in chosen], next_cursor=next_cursor)

    async def _refresh(self) -> None:
        """A provider is asked for its models where a ChatGPT login, or a command's token, goes there."""
        upstream = self._upstream
        with refusals():
            provider = provider_of(self._configs.startup().config, upstream.env)
        has_login = provider.takes_login and isinstance(upstream.auth.current, ChatGptAuth)
        if has_login or provider.command_auth is not None:
            credentials = ProviderCredentials(
                provider, upstream.auth, upstream.env, self._configs.codex_home, renewal=upstream.renewal
            )
            await self._source.refresh(provider, credentials)

    async def capabilities(
        self, _call: Call, _params: ModelProviderCapabilitiesReadParams
    ) -> ModelProviderCapabilitiesReadResponse:
        return ModelProviderCapabilitiesReadResponse(
            image_generation=True, web_search=True, namespace_tools=True
        )


def _row(model: ModelInfo) -> Model:
    upgrade = None if model.upgrade is None else {"model": model.upgrade}
    return Model.model_validate(
        {
            "id": model.slug,
            "model": model.slug,
            "upgrade": model.upgrade,
            "upgradeInfo": upgrade,
            "displayName": model.display_name,
            "description": model.description,
            "hidden": model.hidden,
            "supportedReasoningEfforts": [
                {"reasoningEffort": option.effort, "description": option.description}
                for option in model.efforts
            ],
            "defaultReasoningEffort": model.default_effort or "none",
            "inputModalities": list(model.input_modalities),
            "supportsPersonality": model.supports_personality,
            "additionalSpeedTiers": list(model.speed_tiers),
            "serviceTiers": [
                {"id": tier.id, "name": tier.name, "description": tier.description}
                for tier in model.service_tiers
            ],
            "isDefault": model.slug == catalog.default_model().slug,
        }
    )
