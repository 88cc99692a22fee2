"""Credentials of Amazon Bedrock that are kept as a login, as 0.169.0 keeps them."""

from typing import Final, NamedTuple

from app_server.model.token_claims import as_object, text
from protocol.wire import JsonObject

KEY_MODE: Final = "bedrockApiKey"
ACCESS_MODE: Final = "bedrockAccessKeys"


class BedrockKeyAuth(NamedTuple):
    """A key of Bedrock's own, which is good in one region."""

    key: str
    region: str

    @property
    def mode(self) -> str:
        return KEY_MODE

    def __repr__(self) -> str:
        return f"BedrockKeyAuth({self.region!r})"


class BedrockAccessAuth(NamedTuple):
    """Access keys of an AWS account; the region is the configuration's."""

    key_id: str
    secret: str
    session_token: str | None = None

    @property
    def mode(self) -> str:
        return ACCESS_MODE

    def __repr__(self) -> str:
        return "BedrockAccessAuth()"


BedrockAuth = BedrockKeyAuth | BedrockAccessAuth


def parse_key(file: JsonObject) -> BedrockKeyAuth | None:
    """The key of an `auth.json`."""
    kept = as_object(file.get("bedrock_api_key"))
    key, region = text(kept.get("api_key")), text(kept.get("region"))
    return None if key is None or region is None else BedrockKeyAuth(key, region)


def parse_access(file: JsonObject) -> BedrockAccessAuth | None:
    """The access keys of an `auth.json`."""
    kept = as_object(file.get("bedrock_access_keys"))
    key_id, secret = text(kept.get("access_key_id")), text(kept.get("secret_access_key"))
    if key_id is None or secret is None:
        return None
    return BedrockAccessAuth(key_id, secret, text(kept.get("session_token")))


def as_file(auth: BedrockAuth) -> JsonObject:
    """The `auth.json` that keeps it."""
    if isinstance(auth, BedrockKeyAuth):
        kept: JsonObject = {"api_key": auth.key, "region": auth.region}
        return {"auth_mode": KEY_MODE, "OPENAI_API_KEY": None, "bedrock_api_key": kept}
    kept = {"access_key_id": auth.key_id, "secret_access_key": auth.secret}
    if auth.session_token is not None:
        kept["session_token"] = auth.session_token
    return {"auth_mode": ACCESS_MODE, "OPENAI_API_KEY": None, "bedrock_access_keys": kept}
