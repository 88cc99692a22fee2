"""A model provider: where requests go, and what they carry (model-client.md §10)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

OPENAI: Final = "openai"
OFFLINE: Final = "offline"
BEDROCK: Final = "amazon-bedrock"
OPEN_WEIGHTS_PORTS: Final = {"ollama": 11434, "lmstudio": 1234}
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


class AwsSettings(NamedTuple):
    """Which of the user's AWS accounts to use, and where; None leaves it to AWS's own settings."""

    profile: str | None = None
    region: str | None = None


class ModelProvider(NamedTuple):
    """Where requests go and what they carry, secrets included: only its id is shown. Times are ms."""

    id: str
    name: str
    base_url: str | None = None
    env_key: str | None = None
    env_key_instructions: str | None = None
    bearer_token: str | None = None
    command_auth: CommandAuth | None = None
    aws: AwsSettings | None = None
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
        """The address of an endpoint; a provider without a base URL has one for each kind of login.

        An empty base URL is no address, and never stands for the vendor's.
        """
        base = self.base_url
        if base is None:
            base = _CHATGPT_BASE_URL if chatgpt_login else _API_BASE_URL
        query = "&".join(f"{key}={value}" for key, value in self.query_params.items())
        return f"{base.rstrip('/')}/{path}" + (f"?{query}" if query else "")

    @property
    def is_local_server(self) -> bool:
        """Whether it is a model server that the user runs on this machine."""
        return self.id in OPEN_WEIGHTS_PORTS

    @property
    def plain_tools_only(self) -> bool:
        """Whether it takes functions alone: no namespaces of them, and no tools of its own."""
        return self.id == BEDROCK

    @property
    def is_azure(self) -> bool:
        """Azure keeps responses and wants the items' ids (model-client.md §1.5)."""
        base = (self.base_url or "").lower()
        return self.name.lower() == "azure" or any(mark in base for mark in _AZURE_MARKS)

    @property
    def compacts(self) -> bool:
        """Whether the provider has an endpoint that compacts histories (model-client.md §7.1)."""
        return self.name == "OpenAI" or self.is_azure
