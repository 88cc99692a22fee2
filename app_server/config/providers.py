"""The rules that provider tables must keep, whether or not they are used (model-client.md §10.1)."""

from app_server.config.errors import ConfigError, UnresolvedNameError
from app_server.config.schema import RESERVED_PROVIDERS
from protocol.wire import JsonObject, JsonValue

BEDROCK = "amazon-bedrock"
BUILT_IN_PROVIDERS = (*RESERVED_PROVIDERS, BEDROCK, "offline")
DEFAULT_PROVIDER = "openai"
_RIVALS = ("env_key", "experimental_bearer_token", "requires_openai_auth")
"""Keys that say otherwise than `auth` who asks."""
_BEDROCK: JsonObject = {
    "name": "Amazon Bedrock",
    "wire_api": "responses",
    "requires_openai_auth": False,
    "supports_websockets": False,
}
"""What may be said of it beside its account, for it is so already."""


def check_providers(tables: JsonValue) -> tuple[tuple[str, ...], str] | None:
    """Where and what the first broken rule is. The values have the right types already."""
    if not isinstance(tables, dict):
        return None
    taken = [f"`{name}`" for name in sorted(tables) if name in RESERVED_PROVIDERS]
    if taken:
        return ("model_providers",), (
            f"model_providers contains reserved built-in provider IDs: {', '.join(taken)}. "
            "Built-in providers cannot be overridden. Rename your custom provider "
            "(for example, `openai-custom`)."
        )
    for name, table in tables.items():
        problem = problem_of(table) if isinstance(table, dict) and name != BEDROCK else None
        if problem:
            return ("model_providers",), f"model_providers.{name}: {problem}"
    return None


def problem_of(table: JsonObject) -> str | None:
    """What contradicts itself in a provider's table, if anything does."""
    name = table.get("name")
    if not isinstance(name, str) or not name.strip():
        return "provider name must not be empty"
    if table.get("aws") is not None:
        return f"provider aws is only supported for `{BEDROCK}`"
    auth = table.get("auth")
    if not isinstance(auth, dict):
        return None
    if not str(auth.get("command", "")).strip():
        return "provider auth.command must not be empty"
    rivals = [key for key in _RIVALS if table.get(key) not in (None, False)]
    return f"provider auth cannot be combined with {', '.join(rivals)}" if rivals else None


def resolve_provider(name: JsonValue, tables: JsonValue) -> str:
    """The id of the provider to use.

    Raises UnresolvedNameError for one that nobody defined, ConfigError for a table that redefines Bedrock.
    """
    _check_bedrock(tables)
    wanted = name if isinstance(name, str) else DEFAULT_PROVIDER
    if wanted == "ollama-chat":
        raise UnresolvedNameError(
            "`ollama-chat` is no longer supported.\nHow to fix: replace `ollama-chat` with `ollama` in "
            "`model_provider`, `oss_provider`, or `--local-provider`.\n"
            "More info: https://github.com/openai/codex/discussions/7782"
        )
    if wanted not in BUILT_IN_PROVIDERS and not (isinstance(tables, dict) and wanted in tables):
        raise UnresolvedNameError(f"Model provider `{wanted}` not found")
    return wanted


def _check_bedrock(tables: JsonValue) -> None:
    table = tables.get(BEDROCK) if isinstance(tables, dict) else None
    if not isinstance(table, dict):
        return
    beyond = {key: value for key, value in table.items() if key != "aws"}
    if not beyond.items() <= _BEDROCK.items():
        raise ConfigError(
            "model_providers.amazon-bedrock only supports changing `aws.profile` and `aws.region`; "
            "other non-default provider fields are not supported"
        )


def check_removed_keys(values: JsonObject) -> None:
    """Raises ConfigError for a key whose service is gone."""
    if values.get("experimental_thread_store_endpoint") is not None:
        raise ConfigError(
            "`experimental_thread_store_endpoint` is no longer supported; remove it from config.toml"
        )
