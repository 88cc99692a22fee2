"""Model servers on this machine, Ollama and LM Studio: what their user can do about a failure.

They do not heal by themselves: one that does not run has to be started, a model that is not there has to be
fetched. So the turn says that at once, where the reference goes on asking for minutes.
"""

from typing import Final, NamedTuple

from app_server.http.message import shown_url
from app_server.model.errors import ModelError
from app_server.model.provider import ModelProvider


class _Server(NamedTuple):
    name: str
    start: str
    fetch: str


_SERVERS: Final = {
    "ollama": _Server("Ollama", "ollama serve", "ollama pull {model}"),
    "lmstudio": _Server("LM Studio", "lms server start", "lms get {model}"),
}


def not_running(provider: ModelProvider) -> ModelError:
    """Nobody listens where the server should."""
    server = _SERVERS[provider.id]
    return ModelError(
        f"{server.name} does not answer at {shown_url(provider.base_url or '')}. "
        f"Start it (`{server.start}`) and try again, or choose another model provider.",
        {"httpConnectionFailed": {"httpStatusCode": None}},
    )


def no_such_model(provider: ModelProvider, model: str, said: ModelError) -> ModelError:
    """The server runs, and knows no such model; what it said itself stays to be read."""
    server = _SERVERS[provider.id]
    return ModelError(
        f"{server.name} has no model `{model}`. Fetch it (`{server.fetch.format(model=model)}`) or choose "
        f"another one. {said.message}",
        http_status=404,
    )
