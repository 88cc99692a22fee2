"""The headers of a request that say who asks (model-client.md §10.1)."""

from collections.abc import Callable
from typing import NamedTuple

from app_server.http.message import HttpRequest
from app_server.model.errors import ModelError
from app_server.model.provider import ModelProvider


class RequestCredentials(NamedTuple):
    """The headers that say who asks. Never shown: neither `repr` nor an error holds their values."""

    headers: tuple[tuple[str, bytes], ...] = ()
    chatgpt_login: bool = False
    key_login: bool = False
    """Whether the login that they are of is a key."""
    base_url: str | None = None
    """Where to go with them, if that is not the provider's usual place."""
    sign: Callable[[HttpRequest], HttpRequest] | None = None
    """Has to be applied to the whole request, each time that it is sent; takes a moment."""

    def url(self, provider: ModelProvider, path: str) -> str:
        """The address of one of the provider's endpoints."""
        there = provider if self.base_url is None else provider._replace(base_url=self.base_url)
        return there.url(path, chatgpt_login=self.chatgpt_login)

    def __repr__(self) -> str:
        return f"RequestCredentials({', '.join(name for name, _ in self.headers)})"


def bearer(token: str) -> RequestCredentials:
    """A key or token. Raises ModelError for one that no header can carry."""
    return RequestCredentials((("authorization", _header_value(f"Bearer {token}")),))


def of_account(authorization: str, account_id: str | None, *, is_fedramp: bool) -> RequestCredentials:
    """Those of a login at the vendor, which go with its account. Raises ModelError as `bearer` does."""
    headers = [("authorization", _header_value(authorization))]
    if account_id:
        headers.append(("chatgpt-account-id", _header_value(account_id)))
    if is_fedramp:
        headers.append(("x-openai-fedramp", b"true"))
    return RequestCredentials(tuple(headers), chatgpt_login=True)


def _header_value(text: str) -> bytes:
    value = text.encode("utf-8", "surrogateescape")
    if any(byte < 0x20 or byte == 0x7F for byte in value):
        # Not a word of the value itself: it is a secret.
        raise ModelError("The credentials of the model provider contain characters that no header can carry.")
    return value
