"""What a client changes about a turn that runs already: its next requests go to the model so."""

from dataclasses import dataclass, replace

from app_server.agent.errors import AgentError
from app_server.agent.settings import ThreadSettings, model_of
from app_server.config.config import Config
from app_server.model import catalog
from app_server.model.model_info import ModelInfo
from app_server.model.request import ReasoningSummary, ResponsesRequest
from app_server.prompt.context import TurnContext


@dataclass(frozen=True, slots=True)
class TurnChanges:
    """None: as before. Nothing of it holds for later turns."""

    model: ModelInfo | None = None
    effort: str | None = None
    summary: ReasoningSummary | None = None
    tier: tuple[str | None] | None = None
    """The service tier, which may be none."""

    def over(self, other: "TurnChanges | None") -> "TurnChanges":
        """Both, these last."""
        if other is None:
            return self
        return TurnChanges(
            self.model or other.model,
            self.effort or other.effort,
            self.summary or other.summary,
            self.tier or other.tier,
        )

    def context(self, context: TurnContext) -> TurnContext:
        """The turn's context with another model."""
        return context if self.model is None else replace(context, model=self.model)

    def request(self, request: ResponsesRequest) -> ResponsesRequest:
        """The request with the rest."""
        return request._replace(
            effort=self.effort or request.effort,
            summary=self.summary or request.summary,
            service_tier=request.service_tier if self.tier is None else self.tier[0],
        )


def other_model(settings: ThreadSettings, config: Config, name: str) -> ModelInfo:
    """The facts of a model that a turn shall go on with. Raises AgentError when nobody knows it."""
    if not any(model.slug == name for model in catalog.models(config.model_provider)):
        raise AgentError("the destination model has only fallback metadata")
    return model_of(replace(settings, model=name), config)
