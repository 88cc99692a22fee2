"""One request of a browser that comes back to an address on this machine, and the page that it gets."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeVar
from urllib.parse import SplitResult, parse_qs, urlsplit

import anyio
from anyio.abc import SocketStream
from anyio.streams.buffered import BufferedByteReceiveStream

_REQUEST_SECONDS: Final = 10
_MAX_HEAD: Final = 65536

Outcome = TypeVar("Outcome")


async def serve_browser(
    stream: SocketStream, answer: Callable[[str, SplitResult], Awaitable[tuple[bytes, Outcome]]]
) -> Outcome | None:
    """What `answer` made of method and address, once its bytes are sent; None when no request came.

    A browser that leaves before it has read its page changes nothing.
    """
    async with stream:
        asked = await _request(stream)
        if asked is None:
            return None
        page, outcome = await answer(*asked)
        try:
            with anyio.move_on_after(_REQUEST_SECONDS):
                await stream.send(page)
                await stream.send_eof()
        except (anyio.BrokenResourceError, OSError):
            pass
        return outcome


def parameter(url: SplitResult, name: str) -> str:
    """The first value of that name in the query; empty when there is none."""
    return parse_qs(url.query).get(name, [""])[0]


async def _request(stream: SocketStream) -> tuple[str, SplitResult] | None:
    try:
        with anyio.fail_after(_REQUEST_SECONDS):
            head = await BufferedByteReceiveStream(stream).receive_until(b"\r\n\r\n", _MAX_HEAD)
        method, target, *_ = head.split(b"\r\n")[0].decode("latin-1").split(" ")
        return method, urlsplit(target)
    except (
        TimeoutError,
        anyio.BrokenResourceError,
        anyio.ClosedResourceError,
        anyio.DelimiterNotFound,
        anyio.EndOfStream,
        anyio.IncompleteRead,
        ValueError,
    ):
        return None
