"""What an HTTP request and its answer are, whichever way they go."""

from collections.abc import Mapping
from typing import Final, NamedTuple, Protocol
from urllib.parse import urlsplit

READ_BYTES: Final = 65536
"""How much is read off a connection at once."""

_PHRASES: Final = {
    413: "Payload Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    418: "I'm a teapot",
}
"""Where the reference's words differ from those of Python's library, in some version of it."""


Headers = dict[str, bytes]
"""Those of a request; names in lower case."""


class HttpError(Exception):
    """An exchange failed below HTTP. `answered` tells whether the head of an answer had come."""

    def __init__(self, detail: str, *, answered: bool) -> None:
        super().__init__(detail)
        self.answered = answered


class HttpRequest(NamedTuple):
    """Header names are lower case; `host` and `content-length` are added on the way. Never shown in full."""

    method: str
    url: str
    headers: Mapping[str, bytes]
    body: bytes = b""

    def __repr__(self) -> str:
        return f"HttpRequest({self.method} {shown_url(self.url)})"


class HttpResponse(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Names in lower case; the values of a repeated header are joined by commas."""
        ...

    async def read(self) -> bytes:
        """The next bytes of the body, `b""` at its end. Raises HttpError when the connection breaks first."""
        ...

    async def close(self) -> None:
        """Let go of the connection; it is used again only if the body was read to its end. Never raises."""
        ...


def wire_headers(request: HttpRequest) -> list[tuple[bytes, bytes]]:
    """All headers of a request, with the two that HTTP/1.1 itself wants.

    A user and password within the URL are the credentials of a request that has no others.
    """
    user, at, host = urlsplit(request.url).netloc.rpartition("@")
    headers = [
        (b"host", escaped(host)),
        *((name.encode("ascii"), value) for name, value in request.headers.items()),
    ]
    if at and "authorization" not in request.headers:
        headers.append((b"authorization", _basic(user)))
    if request.body or request.method != "GET":
        headers.append((b"content-length", b"%d" % len(request.body)))
    return headers


def _basic(user: str) -> bytes:
    from base64 import b64encode  # few URLs hold a password
    from urllib.parse import unquote_to_bytes

    name, _, password = user.partition(":")
    return b"Basic " + b64encode(unquote_to_bytes(name) + b":" + unquote_to_bytes(password))


def escaped(text: str) -> bytes:
    """A part of a URL with all escaped that a request line cannot hold; URLs come from configuration."""
    data = text.encode("utf-8", "surrogateescape")
    return "".join(chr(byte) if 0x21 <= byte <= 0x7E else f"%{byte:02X}" for byte in data).encode("ascii")


def printable(text: str) -> bytes:
    """The text as a header can carry it: what is not printable ASCII becomes `_`."""
    return "".join(char if " " <= char <= "~" else "_" for char in text).encode("ascii")


def without_user(url: str) -> str:
    """The URL without user and password. Raises ValueError for what is no URL."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def shown_url(url: str) -> str:
    """The URL as errors may show it: without user, password and query, which may be secrets."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "<not a URL>"
    return parts._replace(netloc=parts.netloc.rpartition("@")[2], query="", fragment="").geturl()


def status_line(status: int) -> str:
    """A status with its phrase: `403 Forbidden`."""
    from http import HTTPStatus  # only a failure is shown

    try:
        phrase = _PHRASES.get(status) or HTTPStatus(status).phrase
    except ValueError:
        phrase = "<unknown status code>"
    return f"{status} {phrase}"
