"""A Responses API upstream that costs next to nothing: every answer is bytes made beforehand."""

import json
import socketserver
import threading
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from protocol.wire import JsonObject, JsonValue

from .frames import read_message, text_frame, upgraded

_TEXT = "abc "
_NUMBERS = count()


def text_events(deltas: int) -> list[JsonObject]:
    """The events of an answer: one message in so many deltas."""
    message: JsonObject = {"type": "message", "id": "msg_1", "role": "assistant"}
    whole: JsonObject = {"content": [{"type": "output_text", "text": _TEXT * deltas}]}
    usage: JsonObject = {
        "input_tokens": 10,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": deltas,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": 10 + deltas,
    }
    delta: JsonObject = {
        "type": "response.output_text.delta",
        "item_id": "msg_1",
        "output_index": 0,
        "content_index": 0,
    }
    return [
        {"type": "response.created", "response": {"id": "resp_1"}},
        {"type": "response.output_item.added", "output_index": 0, "item": {**message, "content": []}},
        *({**delta, "delta": _TEXT, "sequence_number": number} for number in range(deltas)),
        {"type": "response.output_item.done", "output_index": 0, "item": {**message, **whole}},
        {"type": "response.completed", "response": {"id": "resp_1", "usage": usage}},
    ]


def streamed_text(deltas: int) -> bytes:
    """A whole HTTP answer: an event stream of one message in so many deltas."""
    return _streamed(text_events(deltas))


def streamed_command(script: str, **more: JsonValue) -> bytes:
    """The same of a model that wants a command run; `more` are further arguments of the call."""
    arguments = json.dumps({"cmd": script, "login": False, **more})
    return _streamed_call({"type": "function_call", "name": "exec_command", "arguments": arguments})


def streamed_patch(patch: str) -> bytes:
    """The same of a model that wants files changed."""
    return _streamed_call({"type": "custom_tool_call", "name": "apply_patch", "input": patch})


def _streamed_call(call: JsonObject) -> bytes:
    opened, *_, completed = text_events(0)
    item: JsonObject = {**call, "call_id": f"call_{next(_NUMBERS)}"}
    return _streamed(
        [opened, {"type": "response.output_item.done", "output_index": 0, "item": item}, completed]
    )


def _streamed(events: Iterable[JsonObject]) -> bytes:
    body = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in events).encode()
    return _answer("200 OK", "text/event-stream", body)


def _answer(status: str, kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _framed(events: Iterable[JsonObject]) -> bytes:
    return b"".join(text_frame(json.dumps(event).encode()) for event in events)


_SOCKET_ANSWER = _framed(text_events(3))
_WARM = _framed(
    [{"type": f"response.{what}", "response": {"id": "warm_1"}} for what in ("created", "completed")]
)
_NO_MODELS = _answer("200 OK", "application/json", b'{"models":[]}')
_NOT_FOUND = _answer("404 Not Found", "text/plain", b"")


@dataclass
class Upstream:
    """A running upstream; `answer` is what the next POST gets; a websocket always gets three deltas."""

    base_url: str = ""
    answer: bytes = field(default=b"", repr=False)
    before: deque[bytes] = field(default_factory=deque[bytes], repr=False)
    """What the next POSTs get before that, one each."""


@contextmanager
def instant_upstream() -> Generator[Upstream]:
    """Run one in a thread of this process."""
    upstream = Upstream()

    class Handler(socketserver.StreamRequestHandler):
        disable_nagle_algorithm = True

        def handle(self) -> None:
            while request := self.rfile.readline():
                length, key = 0, b""
                while (line := self.rfile.readline().strip()) != b"":
                    name, _, value = line.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                    elif name.lower() == b"sec-websocket-key":
                        key = value.strip()
                self.rfile.read(length)
                if key:
                    self._talk(key)
                    return
                if request.startswith(b"POST"):
                    self.wfile.write(upstream.before.popleft() if upstream.before else upstream.answer)
                else:
                    self.wfile.write(_NO_MODELS if b"/models" in request else _NOT_FOUND)

        def _talk(self, key: bytes) -> None:
            self.wfile.write(upgraded(key))
            while message := read_message(self.rfile):
                self.wfile.write(_WARM if b'"generate":false' in message else _SOCKET_ANSWER)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        # A server that was killed mid-answer resets its connection: no news here.
        handle_error = staticmethod(lambda *_: None)  # pyright: ignore[reportAssignmentType]  # same arguments, ignored

    with Server(("127.0.0.1", 0), Handler) as server:
        upstream.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield upstream
        finally:
            server.shutdown()
