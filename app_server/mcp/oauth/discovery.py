"""Who gives out logins for a server: RFC 9728, RFC 8414 and OpenID's discovery, in that order."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from app_server.http.client import HttpClient
from app_server.mcp.oauth.requests import OAuthError, challenge, get
from protocol.wire import JsonObject, JsonValue

_RESOURCE: Final = "/.well-known/oauth-protected-resource"
_SERVERS: Final = ("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")
_POINTER: Final = re.compile(r'resource_metadata\s*=\s*"([^"]+)"', re.IGNORECASE)


class Metadata(NamedTuple):
    """What is needed of an authorization server, and for which resource it was named."""

    authorization_endpoint: str
    token_endpoint: str
    registration_endpoint: str | None
    scopes: tuple[str, ...]
    resource: str | None


async def discover(http: HttpClient, server_url: str) -> Metadata | None:
    """The authorization server for an MCP server; None when it has none. Raises OAuthError."""
    resource = await _resource_metadata(http, server_url)
    named = resource.get("authorization_servers")
    issuers = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    scopes = _strings(resource.get("scopes_supported"))
    subject = resource.get("resource")
    about = subject if isinstance(subject, str) and _same_origin(subject, server_url) else None
    for issuer in issuers or [server_url]:
        for url in _server_metadata_urls(issuer):
            answer = await get(http, url)
            if not answer.is_success:
                continue
            if issuers:
                _check_issuer(answer.body, issuer)
            found = _metadata(answer.body, scopes, about)
            if found is not None:
                return found
    return None


async def _resource_metadata(http: HttpClient, server_url: str) -> JsonObject:
    """What the server says of its protection: where its refusal points to, or in the usual places."""
    parts = urlsplit(server_url)
    urls = [_at(parts, f"{_RESOURCE}{path}") for path in dict.fromkeys((parts.path.rstrip("/"), ""))]
    pointer = _POINTER.search(await challenge(http, server_url))
    if pointer is not None and _same_origin(pointer[1], server_url):
        urls.insert(0, pointer[1])
    for url in dict.fromkeys(urls):
        answer = await get(http, url)
        if answer.is_success and answer.body.get("authorization_servers"):
            return answer.body
    return {}


def _check_issuer(body: JsonObject, issuer: str) -> None:
    """A document speaks for the issuer under whose address it lies, and for no other (RFC 8414 §3.3)."""
    says = body.get("issuer")
    if isinstance(says, str) and says.rstrip("/") != issuer.rstrip("/"):
        raise OAuthError(f"Authorization server issuer mismatch: expected {issuer}, received {says}")


def _server_metadata_urls(issuer: str) -> Iterator[str]:
    """Each document before the path, after it, and at the root."""
    parts = urlsplit(issuer)
    path = parts.path.rstrip("/")
    if path:
        for document in _SERVERS:
            yield _at(parts, f"{document}{path}")
        yield _at(parts, f"{path}{_SERVERS[1]}")
    for document in _SERVERS:
        yield _at(parts, document)


def _metadata(body: JsonObject, scopes: tuple[str, ...], resource: str | None) -> Metadata | None:
    authorize, token, register = (
        body.get(f"{name}_endpoint") for name in ("authorization", "token", "registration")
    )
    if not isinstance(authorize, str) or not isinstance(token, str):
        return None
    if not all(urlsplit(url).scheme in ("http", "https") for url in (authorize, token)):
        raise OAuthError("the authorization server names addresses that are none of the web")
    return Metadata(
        authorize,
        token,
        register if isinstance(register, str) else None,
        scopes or _strings(body.get("scopes_supported")),
        resource,
    )


def _at(parts: SplitResult, path: str) -> str:
    return parts._replace(path=path, query="", fragment="").geturl()


def _same_origin(one: str, other: str) -> bool:
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc) == (second.scheme, second.netloc)


def _strings(value: JsonValue) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str) and one) if isinstance(value, list) else ()
