"""A provider on loopback that does what a test has scripted, and remembers what it was asked.

`Upstream` is the server: HTTP, server-sent events and, where a test switches it on, the Responses websocket.
Each endpoint takes the next reply of its own script, or its usual one when the script is at its end. A reply
may hold a `Gate`: the stream waits there until the test opens it, so nothing depends on time. `faults` has
what goes wrong with real providers.
"""

from support.upstream.asked import Asked
from support.upstream.endpoint import Endpoint
from support.upstream.replies import (
    Close,
    Cut,
    Frame,
    Gate,
    HalfClose,
    Part,
    Raw,
    Reply,
    Reset,
    Slow,
    Socket,
    Status,
    Stream,
    gated_text,
    stream,
    text_reply,
)
from support.upstream.upstream import Upstream

__all__ = [
    "Asked",
    "Close",
    "Cut",
    "Endpoint",
    "Frame",
    "Gate",
    "HalfClose",
    "Part",
    "Raw",
    "Reply",
    "Reset",
    "Slow",
    "Socket",
    "Status",
    "Stream",
    "Upstream",
    "gated_text",
    "stream",
    "text_reply",
]
