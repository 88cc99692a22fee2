"""`model/list`: the models to choose from, and what their provider can do (services.md §6)."""

from functools import lru_cache

from app_server.agent.model_listing import ModelListing
from app_server.agent.opening import Upstream, provider_of
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.handlers.pages import page
from app_server.model import catalog
from app_server.model.auth import ApiKeyAuth
from app_server.model.model_info import ModelInfo, ModelUpgrade
from app_server.model.provider import BEDROCK
from protocol.model import (
    Model,
    ModelListParams,
    ModelListResponse,
    ModelProviderCapabilitiesReadParams,
    ModelProviderCapabilitiesReadResponse,
)
from protocol.wire import JsonObject


class ModelHandlers:
    """The catalogue, as clients show it."""

    def __init__(self, upstream: Upstream, configs: ConfigLoader, listing: ModelListing) -> None:
        self._upstream = upstream
        self._configs = configs
        self._listing = listing

    async def list_page(self, _call: Call, params: ModelListParams) -> ModelListResponse:
        with refusals():
            config = self._configs.without_projects()
            provider_of(config, self._upstream.env)
        await self._listing.refresh(config)
        with_key = isinstance(self._upstream.auth.current, ApiKeyAuth)
        rows = [
            model
            for model in catalog.models(config.model_provider)
            if (params.include_hidden or not model.hidden) and (model.supported_in_api or not with_key)
        ]
        chosen, next_cursor = page(rows, params.cursor, params.limit, "models")
        default = catalog.default_model(config.model_provider).slug
        return ModelListResponse(
            data=[_row(model, is_default=model.slug == default) for model in chosen], next_cursor=next_cursor
        )

    async def capabilities(
        self, _call: Call, _params: ModelProviderCapabilitiesReadParams
    ) -> ModelProviderCapabilitiesReadResponse:
        """What the provider in use can do beyond answering; all of it, but for Amazon's."""
        with refusals():
            able = self._configs.without_projects().model_provider != BEDROCK
        return ModelProviderCapabilitiesReadResponse(
            image_generation=able, web_search=able, namespace_tools=able
        )


@lru_cache(maxsize=512)
def _row(model: ModelInfo, *, is_default: bool) -> Model:
    upgrade, nux = model.upgrade, model.announcement
    return Model.model_validate(
        {
            "id": model.slug,
            "model": model.slug,
            "upgrade": None if upgrade is None else upgrade.model,
            "upgradeInfo": None if upgrade is None else _upgrade(upgrade),
            "availabilityNux": None if nux is None else {"message": nux},
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
            "isDefault": is_default,
        }
    )


def _upgrade(upgrade: ModelUpgrade) -> JsonObject:
    return {"model": upgrade.model, "migrationMarkdown": upgrade.migration_markdown}
