"""What the upstream was asked."""

import json
import sys
from dataclasses import dataclass

from pydantic import JsonValue

JsonObject = dict[str, JsonValue]
FRAME = "FRAME"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came in. Header names are lower case, values the exact bytes.

    A message on a websocket is one too: its method is `FRAME`, its path and headers are the handshake's.
    """

    method: str
    path: str
    headers: dict[str, bytes]
    body: bytes
    connection: int = 0
    """Which connection it came on, counted from 1."""

    @property
    def json(self) -> JsonObject:
        packed = self.headers.get("content-encoding") == b"zstd" and self.method != FRAME
        return json.loads(_unpacked(self.body) if packed else self.body)

    @property
    def instructions(self) -> str:
        """What the model is told to be: newer servers say it as the first message."""
        told = self.json
        if "instructions" in told:
            return str(told["instructions"])
        items = told["input"]
        assert isinstance(items, list)
        first = next(item for item in items if isinstance(item, dict) and item.get("type") == "message")
        content = first["content"]
        assert isinstance(content, list)
        return "".join(str(part["text"]) for part in content if isinstance(part, dict))

    @property
    def place(self) -> str:
        """The path without its query."""
        return self.path.partition("?")[0]

    @property
    def is_upgrade(self) -> bool:
        return b"upgrade" in self.headers.get("connection", b"").lower()

    @property
    def is_warm_up(self) -> bool:
        """Whether it asks a websocket to get ready, and for no answer."""
        return self.method == FRAME and self.json.get("generate") is False

    @property
    def wants_response(self) -> bool:
        """Whether it asks a model for an answer, over HTTP or over a websocket."""
        return self.place.endswith("/responses") and (
            self.method == "POST" or (self.method == FRAME and not self.is_warm_up)
        )

    @property
    def input_texts(self) -> list[str]:
        """The texts of the user's messages in the prompt, in order, without what the server put there."""
        found: list[str] = []
        items = self.json["input"]
        assert isinstance(items, list)
        for item in items:
            if isinstance(item, dict) and item.get("role") == "user":
                parts = item["content"]
                assert isinstance(parts, list)
                found += [str(part["text"]) for part in parts if isinstance(part, dict) and "text" in part]
        return [text for text in found if not text.lstrip().startswith(("<", "# AGENTS"))]


def _unpacked(body: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.decompress(body)
