"""Following a provider, or a gateway before it, to where it sends a request.

Another origin is another party: it gets the question, and nothing of who asks it. Neither credentials nor the
attestation ever leave the provider that they are for (model-client.md §6).
"""

from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from app_server.http.message import HttpError, HttpRequest, HttpResponse

_MOST: Final = 10
_AS_GET: Final = (301, 302, 303)
_UNCHANGED: Final = (307, 308)
_OF_BODIES: Final = frozenset({"content-type", "content-encoding"})
_FOR_ANYBODY: Final = _OF_BODIES | {"accept", "user-agent", "originator", "version"}
_PORTS: Final = {"http": 80, "https": 443}

Send = Callable[[HttpRequest], Awaitable[HttpResponse]]


async def following(send: Send, request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The first answer, after this one, that sends nobody elsewhere.

    Raises HttpError, also when there is no end to it.
    """
    for _ in range(_MOST):
        onward = _onward(request, response)
        if onward is None:
            return response
        await response.close()
        request = onward
        response = await send(request)
    await response.close()
    raise HttpError("too many redirects", answered=True)


def _onward(request: HttpRequest, response: HttpResponse) -> HttpRequest | None:
    """The request that an answer asks for; None when it asks for none that can be made."""
    place = response.headers.get("location")
    if response.status not in (*_AS_GET, *_UNCHANGED) or not place:
        return None
    try:
        url = urljoin(request.url, place)
        before, after = _origin(urlsplit(request.url)), _origin(urlsplit(url))
    except ValueError:
        return None
    if after[0] not in _PORTS or not after[1]:
        return None
    onward = request._replace(url=url)
    if response.status in _AS_GET and request.method not in ("GET", "HEAD"):
        kept = {name: value for name, value in request.headers.items() if name not in _OF_BODIES}
        onward = HttpRequest("GET", url, kept)
    if before != after:
        onward = onward._replace(
            headers={name: value for name, value in onward.headers.items() if name in _FOR_ANYBODY}
        )
    return onward


def _origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    """Raises ValueError for a port that is none."""
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)
