"""`…/realtime`: spoken conversations. The call is made over HTTP, what is said comes over a websocket.

A frame of the client takes the next reply of `frames`; `session.update` has a script of its own, so that a
test can say what is heard right after it.
"""

from support.upstream.asked import FRAME, Asked
from support.upstream.endpoint import Endpoint
from support.upstream.replies import Reply, Socket, Status, stream
from support.upstream.upstream import Upstream

CALL = "rtc_call-1"
ANSWER = "v=0 answer\r\n"


class Realtime:
    """Its four endpoints: the call, the websocket's handshake, the session's settings, all other frames."""

    def __init__(self, upstream: Upstream) -> None:
        """From now on `upstream` has them."""
        location = (("location", f"/v1/realtime/calls/{CALL}?x=1"), ("content-type", "application/sdp"))
        self.calls = Endpoint(lambda _: Status(201, ANSWER, location))
        self.handshakes = Endpoint(lambda _: Socket())
        self.updates = Endpoint(
            lambda _: stream({"type": "session.updated", "session": {"id": "sess_1", "instructions": "be"}})
        )
        self.frames = Endpoint(lambda _: stream())
        upstream.add("POST", "/realtime/calls", self.calls)
        upstream.add("", "/realtime", self)

    def answer(self, asked: Asked) -> Reply:
        if asked.method != FRAME:
            return self.handshakes.answer(asked)
        return (self.updates if asked.json["type"] == "session.update" else self.frames).answer(asked)
