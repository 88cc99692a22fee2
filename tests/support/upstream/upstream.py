"""The upstream as a test sees it: its addresses, its endpoints, and all that it was asked."""

import ssl
import threading
from collections.abc import Callable
from typing import Protocol, Self

from support.patience import LONG
from support.upstream.accounts import accounts
from support.upstream.asked import Asked
from support.upstream.compact import compact
from support.upstream.models import models
from support.upstream.replies import Reply, Status
from support.upstream.responses import Responses
from support.upstream.server import Server


class Answers(Protocol):
    """An endpoint, or a group of them."""

    def answer(self, asked: Asked) -> Reply: ...


class Upstream:
    """The server; use it in a `with`. With a TLS context it speaks https and wss."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.responses = Responses()
        self.compact = compact()
        self.models = models()
        self._endpoints: dict[tuple[str, str], Callable[[Asked], Reply]] = {}
        self._asked: list[Asked] = []
        self._changed = threading.Condition()
        self._scheme = "http" if tls is None else "https"
        self._server = Server(self._answer, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self.add("", "/responses", self.responses)
        self.add("POST", "/responses/compact", self.compact)
        self.add("GET", "/models", self.models)
        self.add("GET", "/wham/accounts/check", accounts())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.end_connections()
        self._server.server_close()
        self._thread.join(LONG)

    def add(self, method: str, place: str, endpoint: Answers) -> None:
        """Have an endpoint at all paths that end in `place`, for one method or (`""`) for all."""
        self._endpoints[method, place] = endpoint.answer

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def root(self) -> str:
        """The address without a path."""
        return f"{self._scheme}://{'127.0.0.1' if self._scheme == 'http' else 'localhost'}:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.root}/v1"

    def script(self, *replies: Reply) -> None:
        """Add replies for the requests for a response to come, over HTTP or a websocket."""
        self.responses.requests.script(*replies)

    @property
    def asked(self) -> list[Asked]:
        """The requests for a response so far, in order of arrival."""
        return self.responses.requests.asked

    def wait_asked(self, count: int) -> list[Asked]:
        """Wait until there were so many requests for a response."""
        return self.responses.requests.wait_asked(count)

    @property
    def everything(self) -> list[Asked]:
        """Every request of any kind, in order of arrival."""
        with self._changed:
            return list(self._asked)

    def _answer(self, asked: Asked) -> Reply:
        with self._changed:
            self._asked.append(asked)
        places = [
            key for key in self._endpoints if key[0] in ("", asked.method) and asked.place.endswith(key[1])
        ]
        if not places:
            return Status(426 if asked.is_upgrade else 404, {"error": {"message": "not here"}})
        return self._endpoints[max(places, key=lambda key: len(key[1]))](asked)
