"""The region, the credentials and the signatures of AWS, by botocore, which is an extra of this package.

All of it reads files, and some of it asks servers: call it from worker threads.
"""

import logging
from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final, Protocol, cast

from app_server.http.message import HttpRequest
from app_server.model.bedrock_login import BedrockAccessAuth
from app_server.model.errors import ModelError, fatal
from app_server.model.provider import AwsSettings

# Its notes tell whole requests, session tokens included.
logging.getLogger("botocore").setLevel(logging.WARNING)

_SERVICE: Final = "bedrock-mantle"
_UNSIGNED: Final = ("originator", "user-agent")


class AwsAccount:
    """Who asks, as AWS's own tools find it out: by a profile that is named, the environment, or the machine.

    Owns the credentials that were found, which renew themselves.
    """

    def __init__(self, settings: AwsSettings) -> None:
        """Raises ModelError when botocore is missing, or there is no such profile."""
        self._session = _session(settings.profile)
        self._credentials: _Credentials | None = None

    def region(self) -> str | None:
        """The region of the profile."""
        try:
            found = self._session.get_config_variable("region")
        except _errors() as error:
            raise fatal(f"failed to resolve Amazon Bedrock auth: {error}") from error
        return found if isinstance(found, str) and found else None

    def credentials(self) -> "FrozenCredentials":
        """Those that hold now. Raises ModelError."""
        try:
            if self._credentials is None:
                self._credentials = self._session.get_credentials()
            if self._credentials is not None:
                return self._credentials.get_frozen_credentials()
        except _errors() as error:
            # Botocore's words name files, profiles and addresses, and never a key.
            raise ModelError(f"failed to load AWS credentials: {error}") from error
        raise ModelError(
            "failed to load AWS credentials: none are in the environment, the profile or the machine's role"
        )


def frozen(auth: BedrockAccessAuth) -> "FrozenCredentials":
    """Access keys that were given to us. Raises ModelError when botocore is missing."""
    made = _botocore("credentials").Credentials(auth.key_id, auth.secret, auth.session_token)
    return cast("_Credentials", made).get_frozen_credentials()


def signed(request: HttpRequest, credentials: "FrozenCredentials", region: str) -> HttpRequest:
    """The request with a signature that is good for some minutes. No header with `_` in its name goes out."""
    headers = {name: value for name, value in request.headers.items() if "_" not in name}
    to_sign = _botocore("awsrequest").AWSRequest(
        method=request.method,
        url=request.url,
        data=request.body,
        headers={
            name: value.decode("utf-8", "surrogateescape")
            for name, value in headers.items()
            if name not in _UNSIGNED
        },
    )
    _botocore("auth").SigV4Auth(credentials, _SERVICE, region).add_auth(to_sign)
    made = cast("Mapping[str, str]", to_sign.headers)
    added = {name.lower(): value.encode("utf-8", "surrogateescape") for name, value in made.items()}
    return request._replace(headers={**headers, **added})


class FrozenCredentials(Protocol):
    """What botocore signs with."""

    access_key: str


class _Credentials(Protocol):
    def get_frozen_credentials(self) -> FrozenCredentials: ...


class _Session(Protocol):
    def get_config_variable(self, name: str) -> object: ...

    def get_credentials(self) -> _Credentials | None: ...


def _session(profile: str | None) -> _Session:
    session = _botocore("session").Session(profile=profile)
    if profile is not None:
        try:
            session.get_scoped_config()
        except _errors() as error:
            raise fatal(f"failed to resolve Amazon Bedrock auth: {error}") from error
    return cast("_Session", session)


def _errors() -> type[Exception]:
    return cast("type[Exception]", _botocore("exceptions").BotoCoreError)


def _botocore(module: str) -> Any:  # noqa: ANN401 - the library has no types
    try:
        return import_module(f"botocore.{module}")
    except ImportError:
        raise ModelError(
            "Amazon Bedrock with AWS credentials needs the package botocore: "
            "pip install 'codex-app-server[bedrock]'. A Bedrock API key needs nothing."
        ) from None
