"""`model/list`: the models to choose from (services.md §6)."""

from app_server.handlers.base import Call
from app_server.handlers.pages import page
from app_server.model import catalog
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

    async def list_page(self, _call: Call, params: ModelListParams) -> ModelListResponse:
        rows = [model for model in catalog.models() if params.include_hidden or not model.hidden]
        chosen, next_cursor = page(rows, params.cursor, params.limit, "models")
        return ModelListResponse(data=[_row(model) for model in chosen], next_cursor=next_cursor)

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
