"""One table of `[model_providers]` → ModelProvider (model-client.md §10.1)."""

from collections.abc import Mapping
from typing import Final

from app_server.config.providers import problem_of
from app_server.model.provider import BEDROCK, AwsSettings, CommandAuth, ModelProvider, ProviderError
from protocol.wire import JsonObject, JsonValue

_MAX_RETRIES: Final = 100


def parse_provider(provider_id: str, table: JsonObject) -> ModelProvider:
    """The provider that a table describes. Unknown keys are ignored. Raises ProviderError."""
    check_table(provider_id, table)
    command = table.get("auth")
    return ModelProvider(
        id=provider_id,
        name=_text(table, "name") or "",
        base_url=_text(table, "base_url"),
        env_key=_text(table, "env_key"),
        env_key_instructions=_text(table, "env_key_instructions"),
        bearer_token=_text(table, "experimental_bearer_token"),
        command_auth=_command(command) if isinstance(command, dict) else None,
        query_params=_texts(table, "query_params"),
        http_headers=_texts(table, "http_headers"),
        env_http_headers=_texts(table, "env_http_headers"),
        request_max_retries=min(_number(table, "request_max_retries", 4), _MAX_RETRIES),
        stream_max_retries=min(_number(table, "stream_max_retries", 5), _MAX_RETRIES),
        stream_idle_timeout_ms=_number(table, "stream_idle_timeout_ms", 300_000),
        websocket_connect_timeout_ms=_number(table, "websocket_connect_timeout_ms", 15_000),
        requires_openai_auth=table.get("requires_openai_auth") is True,
        supports_websockets=table.get("supports_websockets") is True,
    )


def check_table(provider_id: str, table: JsonObject) -> None:
    """Raises ProviderError for the first thing in the table that contradicts itself."""
    problem = None if provider_id == BEDROCK else problem_of(table)
    if problem is not None:
        raise ProviderError(f"model_providers.{provider_id}: {problem}")


def aws_settings(table: JsonObject) -> AwsSettings:
    """What a provider's table says of AWS."""
    aws = table.get("aws")
    given = aws if isinstance(aws, dict) else {}
    return AwsSettings(_text(given, "profile") or None, _text(given, "region") or None)


def _command(table: JsonObject) -> CommandAuth:
    args = table.get("args")
    return CommandAuth(
        command=_text(table, "command") or "",
        args=tuple(arg for arg in args if isinstance(arg, str)) if isinstance(args, list) else (),
        timeout_ms=_number(table, "timeout_ms", 5000),
        refresh_interval_ms=_number(table, "refresh_interval_ms", 300_000),
        cwd=_text(table, "cwd"),
    )


def _text(table: JsonObject, key: str) -> str | None:
    return value if isinstance(value := table.get(key), str) else None


def _texts(table: JsonObject, key: str) -> Mapping[str, str]:
    value: JsonValue = table.get(key)
    if not isinstance(value, dict):
        return {}
    return {name: text for name, text in value.items() if isinstance(text, str)}


def _number(table: JsonObject, key: str, default: int) -> int:
    value = table.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default
