"""What Amazon Bedrock is asked with: a key of its own, or AWS credentials that sign (§10.2)."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

import anyio
import anyio.to_thread

from app_server.http.message import HttpRequest
from app_server.model.auth import AuthStore
from app_server.model.bedrock.regions import base_url, is_supported
from app_server.model.bedrock_login import BedrockAccessAuth, BedrockKeyAuth
from app_server.model.errors import fatal
from app_server.model.provider import AwsSettings
from app_server.model.request_credentials import RequestCredentials, bearer

if TYPE_CHECKING:
    from app_server.model.bedrock.aws import AwsAccount, FrozenCredentials

_KEY_VARIABLE: Final = "AWS_BEARER_TOKEN_BEDROCK"
_REGION_VARIABLES: Final = ("AWS_REGION", "AWS_DEFAULT_REGION")


class BedrockCredentials:
    """A login that we keep goes first, then the key of the environment, then what AWS's own tools would use.

    Owns the account that was found. The region goes with it: the login's own, else the configuration's, the
    environment's or the profile's.
    """

    def __init__(self, settings: AwsSettings, auth: AuthStore, env: Mapping[str, str]) -> None:
        self._settings = settings
        self._auth = auth
        self._env = env
        self._account: AwsAccount | None = None
        self._lock = anyio.Lock()

    @property
    def of_account(self) -> bool:
        return False

    async def current(self) -> RequestCredentials:
        match self._auth.current:
            case BedrockKeyAuth(key=key, region=region):
                return _with_key(key, region)
            case BedrockAccessAuth() as auth:
                return await self._signing(auth)
            case _:
                pass
        if key := self._env.get(_KEY_VARIABLE, "").strip():
            region = self._named_region()
            if region is None:
                raise fatal(
                    "Amazon Bedrock bearer token auth requires "
                    "`model_providers.amazon-bedrock.aws.region`, `AWS_REGION`, or `AWS_DEFAULT_REGION`"
                )
            return _with_key(key, region)
        return await self._signing(None)

    async def recover(self, refusals: int) -> bool:  # noqa: ARG002 - a protocol's
        """What was refused would be refused again."""
        return False

    async def _signing(self, auth: BedrockAccessAuth | None) -> RequestCredentials:
        async with self._lock:  # whoever asks at the same time has use for the same answer
            region, credentials = await anyio.to_thread.run_sync(self._resolved, auth)
        return RequestCredentials(base_url=_address(region), sign=partial(_signed, credentials, region))

    def _resolved(self, auth: BedrockAccessAuth | None) -> "tuple[str, FrozenCredentials]":
        """The region, and what to sign with. Reads files, and may ask servers. Raises ModelError."""
        from app_server.model.bedrock.aws import frozen  # and botocore

        region = self._named_region() or self._aws_account().region()
        if region is None:
            raise fatal("failed to resolve Amazon Bedrock auth: AWS SDK config did not resolve a region")
        _address(region)
        return region, self._aws_account().credentials() if auth is None else frozen(auth)

    def _aws_account(self) -> "AwsAccount":
        if self._account is None:
            from app_server.model.bedrock.aws import AwsAccount

            self._account = AwsAccount(self._settings)
        return self._account

    def _named_region(self) -> str | None:
        named = (self._env.get(name, "").strip() for name in _REGION_VARIABLES)
        return self._settings.region or next(filter(None, named), None)


def _with_key(key: str, region: str) -> RequestCredentials:
    return bearer(key)._replace(base_url=_address(region))


def _address(region: str) -> str:
    """Raises ModelError."""
    if not is_supported(region):
        raise fatal(f"Amazon Bedrock Mantle does not support region `{region}`")
    return base_url(region)


def _signed(credentials: "FrozenCredentials", region: str, request: HttpRequest) -> HttpRequest:
    from app_server.model.bedrock.aws import signed

    return signed(request, credentials, region)
