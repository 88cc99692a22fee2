"""Model providers: the built-in ones, and those of `[model_providers.<id>]` (model-client.md §10)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from protocol.wire import JsonObject

OPENAI: Final = "openai"
OFFLINE: Final = "offline"
BEDROCK: Final = "amazon-bedrock"
_OPEN_WEIGHTS_PORTS: Final = {"ollama": 11434, "lmstudio": 1234}
_CHATGPT_BASE_URL: Final = "https://chatgpt.com/backend-api/codex"
_API_BASE_URL: Final = "https://api.openai.com/v1"
_AZURE_MARKS: Final = (
    "openai.azure.",
    "cognitiveservices.azure.",
    "aoai.azure.",
    "azure-api.",
    "azurefd.",
    "windows.net/openai",
)
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class ProviderError(Exception):
    """A provider cannot be used as configured; `str()` is the detail of a configuration error."""


class CommandAuth(NamedTuple):
    """A command whose trimmed output is the bearer token. A refresh interval of 0 means: only after a 401."""

    command: str
    args: tuple[str, ...] = ()
    timeout_ms: int = 5000
    refresh_interval_ms: int = 300_000
    cwd: str | None = None


class ModelProvider(NamedTuple):
    """Where requests go and what they carry, secrets included: only its id is shown. Times are ms."""

    id: str
    name: str
    base_url: str | None = None
    env_key: str | None = None
    env_key_instructions: str | None = None
    bearer_token: str | None = None
    command_auth: CommandAuth | None = None
    query_params: Mapping[str, str] = _NOTHING
    http_headers: Mapping[str, str] = _NOTHING
    env_http_headers: Mapping[str, str] = _NOTHING
    request_max_retries: int = 4
    stream_max_retries: int = 5
    stream_idle_timeout_ms: int = 300_000
    websocket_connect_timeout_ms: int = 15_000
    requires_openai_auth: bool = False
    supports_websockets: bool = False

    def __repr__(self) -> str:
        return f"ModelProvider({self.id!r})"

    @property
    def takes_login(self) -> bool:
        """Whether a stored login is for this provider: it asks for one, and has no credentials of its own.

        The reference sends the login, and with it the attestation, to any provider; a custom provider with
        its own key, or with none, has no business with either.
        """
        own = self.env_key is not None or self.bearer_token is not None or self.command_auth is not None
        return self.requires_openai_auth and not own

    def url(self, path: str, *, chatgpt_login: bool) -> str:
        """The address of an endpoint; a provider without a base URL has one for each kind of login."""
        base = self.base_url or (_CHATGPT_BASE_URL if chatgpt_login else _API_BASE_URL)
        query = "&".join(f"{key}={value}" for key, value in self.query_params.items())
        return f"{base.rstrip('/')}/{path}" + (f"?{query}" if query else "")

    @property
    def is_local_server(self) -> bool:
        """Whether it is a model server that the user runs on this machine."""
        return self.id in _OPEN_WEIGHTS_PORTS

    @property
    def is_azure(self) -> bool:
        """Azure keeps responses and wants the items' ids (model-client.md §1.5)."""
        base = (self.base_url or "").lower()
        return self.name.lower() == "azure" or any(mark in base for mark in _AZURE_MARKS)

    @property
    def compacts(self) -> bool:
        """Whether the provider has an endpoint that compacts histories (model-client.md §7.1)."""
        return self.name == "OpenAI" or self.is_azure


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
    if (port := _OPEN_WEIGHTS_PORTS.get(provider_id)) is not None:
        return _open_weights(provider_id, port, env)
    if provider_id == BEDROCK:
        raise ProviderError(f"Model provider `{BEDROCK}` is not supported by this server yet")
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


def _open_weights(provider_id: str, port: int, env: Mapping[str, str]) -> ModelProvider:
    base_url = env.get("CODEX_OSS_BASE_URL", "").strip()
    if not base_url:
        wanted = env.get("CODEX_OSS_PORT", "").strip()
        base_url = f"http://localhost:{wanted if wanted.isdecimal() else port}/v1"
    return ModelProvider(provider_id, "gpt-oss", base_url=base_url)
