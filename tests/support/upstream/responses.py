"""`…/responses`: over HTTP, and over a websocket where a test switches it on.

A request for a response takes the next reply of one script, whichever way it came, so that a scripted session
can be had both ways. What asks a socket to warm up has a script of its own.
"""

from support import sse
from support.upstream.asked import FRAME, Asked
from support.upstream.endpoint import Endpoint
from support.upstream.names import in_newer_names
from support.upstream.replies import Reply, Socket, Status, stream, text_reply


class Responses:
    """Its three endpoints: the handshake, the warm-up, and the response itself."""

    def __init__(self) -> None:
        self.newer_names = False
        self.handshakes = Endpoint(lambda _: Status(426))
        self.warm_ups = Endpoint(
            lambda _: stream(sse.created("warm-1"), sse.completed("warm-1", usage=False))
        )
        self.requests = Endpoint(lambda _: text_reply())

    def speak_websocket(self) -> None:
        """From now on an upgrade is granted; before, it is answered with 426."""
        self.handshakes.usual = _granted

    def answer(self, asked: Asked) -> Reply:
        if asked.is_upgrade and asked.method != FRAME:
            return self.handshakes.answer(asked)
        reply = (self.warm_ups if asked.is_warm_up else self.requests).answer(asked)
        return in_newer_names(asked, reply) if self.newer_names else reply


def _granted(_: Asked) -> Reply:
    return Socket()
