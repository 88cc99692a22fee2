"""Logging in to Amazon Bedrock: credentials to keep, and settings that use them, as with 0.169.0."""

from collections.abc import Sequence
from typing import Final

from app_server.config.edit import Edit
from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.config.write import WriteError
from app_server.model.bedrock.regions import is_supported
from app_server.model.bedrock_login import BedrockAccessAuth, BedrockAuth, BedrockKeyAuth
from app_server.model.provider import BEDROCK
from protocol.jsonrpc import internal_error, invalid_request
from protocol.login import AmazonBedrockAccessKeysLoginAccountParams, AmazonBedrockLoginAccountParams

_TABLE: Final = ("model_providers", BEDROCK)
BedrockParams = AmazonBedrockLoginAccountParams | AmazonBedrockAccessKeysLoginAccountParams


def auth_of(params: BedrockParams) -> BedrockAuth:
    """The credentials that were given. Raises RpcError for such as cannot be any."""
    region = params.region.strip()
    if isinstance(params, AmazonBedrockLoginAccountParams):
        auth: BedrockAuth = BedrockKeyAuth(params.api_key.strip(), region)
        if not auth.key:
            raise invalid_request("Amazon Bedrock API key must not be empty.")
    else:
        token = (params.session_token or "").strip()
        auth = BedrockAccessAuth(
            params.access_key_id.strip(), params.secret_access_key.strip(), token or None
        )
        if not auth.key_id or not auth.secret:
            raise invalid_request("AWS access key ID and secret access key must not be empty.")
    if not is_supported(region):
        raise invalid_request(f"Amazon Bedrock does not support region `{region}`")
    return auth


def choose(configs: ConfigLoader, params: BedrockParams) -> None:
    """Have the user's configuration use the credentials. A profile would name others. Raises RpcError."""
    edits = [Edit(("model_provider",), BEDROCK)]
    if isinstance(configs.without_projects().provider_tables.get(BEDROCK, {}).get("aws"), dict):
        edits.append(Edit((*_TABLE, "aws", "profile"), None))
    if isinstance(params, AmazonBedrockAccessKeysLoginAccountParams):
        edits.append(Edit((*_TABLE, "aws", "region"), params.region.strip()))
    _write(configs, edits)


def forget(configs: ConfigLoader) -> None:
    """Have it use nothing of Bedrock any more, nor a model that may be Bedrock's alone. Raises RpcError."""
    if configs.without_projects().model_provider == BEDROCK:
        _write(configs, [Edit(("model_provider",), None), Edit(("model",), None), Edit(_TABLE, None)])


def _write(configs: ConfigLoader, edits: Sequence[Edit]) -> None:
    try:
        # On the loop, so that whatever is asked after it finds the new file.
        configs.write(edits)
    except (WriteError, ConfigError) as error:
        raise internal_error(f"failed to update configuration for Amazon Bedrock: {error}") from error
