"""Small requests to authorization servers, with their whole answers."""

from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlencode

import anyio
import orjson

from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest
from app_server.mcp.errors import McpError
from app_server.model.lenient_json import loads
from protocol.wire import JsonObject

_SECONDS: Final = 30.0
_MAX_BODY: Final = 1 << 20


class OAuthError(McpError):
    """A login cannot begin, be completed or be renewed. The text holds nothing secret."""


class Answer(NamedTuple):
    """A status, and the body's object; empty when it holds none."""

    status: int
    body: JsonObject

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def problem(self) -> str:
        """What an error answer says (RFC 6749 §5.2)."""
        texts = [
            text for key in ("error", "error_description") if isinstance(text := self.body.get(key), str)
        ]
        return ": ".join(texts) or f"status {self.status}"


async def get(http: HttpClient, url: str) -> Answer:
    """Raises OAuthError when nobody answers."""
    return await _send(http, HttpRequest("GET", url, {"accept": b"application/json"}))


async def post_json(http: HttpClient, url: str, body: JsonObject) -> Answer:
    """Raises OAuthError when nobody answers."""
    headers = {"accept": b"application/json", "content-type": b"application/json"}
    return await _send(http, HttpRequest("POST", url, headers, orjson.dumps(body)))


async def post_form(http: HttpClient, url: str, form: Mapping[str, str]) -> Answer:
    """Raises OAuthError when nobody answers."""
    headers = {"accept": b"application/json", "content-type": b"application/x-www-form-urlencoded"}
    return await _send(http, HttpRequest("POST", url, headers, urlencode(form).encode()))


async def challenge(http: HttpClient, url: str) -> str:
    """What a resource says of logins when it is asked without one; its body is not waited for."""
    try:
        with anyio.fail_after(_SECONDS):
            response = await http.send(HttpRequest("GET", url, {"accept": b"text/event-stream"}))
            await response.close()
    except TimeoutError:
        raise OAuthError("the server takes too long") from None
    except HttpError as error:
        raise OAuthError(f"the server could not be reached: {error}") from error
    return response.headers.get("www-authenticate", "")


async def _send(http: HttpClient, request: HttpRequest) -> Answer:
    read = bytearray()
    try:
        with anyio.fail_after(_SECONDS):
            response = await http.send(request)
            try:
                while len(read) < _MAX_BODY and (chunk := await response.read()):
                    read += chunk
            finally:
                await response.close()
    except TimeoutError:
        raise OAuthError("the authorization server takes too long") from None
    except HttpError as error:
        raise OAuthError(f"the authorization server could not be reached: {error}") from error
    value = loads(bytes(read))
    return Answer(response.status, value if isinstance(value, dict) else {})
