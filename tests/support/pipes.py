"""A server process with handlers of its own (`support.tiny_server`), and a client that holds its pipes."""

import os
import select
import subprocess
import sys
from collections import deque
from pathlib import Path

import orjson

from protocol.wire import JsonObject, JsonValue
from support.transcripts import Transcript

TESTS = Path(__file__).resolve().parent.parent
DEADLINE = 20.0

INITIALIZE: JsonObject = {
    "id": 0,
    "method": "initialize",
    "params": {"clientInfo": {"name": "pipes", "version": "1"}, "capabilities": {"experimentalApi": True}},
}


class Process:
    """`support.tiny_server` behind pipes. Every wait has a deadline."""

    def __init__(self, home: Path, *arguments: str, stderr: int = subprocess.PIPE, **environ: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "support.tiny_server", "app-server", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            cwd=TESTS,
            env={**os.environ, "CODEX_HOME": str(home), **environ},
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.stdin = self.process.stdin
        self.stdout = self.process.stdout
        self.raw = bytearray()
        """Everything that came over stdout."""
        self.transcript = Transcript()
        self._lines: deque[bytes] = deque()
        self._unfinished = bytearray()

    def write(self, data: bytes) -> None:
        self.stdin.write(data)
        self.stdin.flush()

    def send(self, *messages: JsonValue) -> None:
        lines = [orjson.dumps(message) + b"\n" for message in messages]
        for line in lines:
            self.transcript.sent_line(line)
        self.write(b"".join(lines))

    def call(self, request_id: JsonValue, does: str) -> JsonObject:
        """A request that the tiny server understands, such as `echo:x`."""
        return {"id": request_id, "method": "mock/experimentalMethod", "params": {"value": does}}

    def line(self) -> bytes:
        """The next line of stdout; empty at its end."""
        while not self._lines:
            ready, _, _ = select.select([self.stdout], [], [], DEADLINE)
            assert ready, "the server says nothing"
            chunk = os.read(self.stdout.fileno(), 1 << 20)
            if not chunk:
                return b""
            self._take(chunk)
        return self._lines.popleft()

    def _take(self, chunk: bytes) -> None:
        self.raw += chunk
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self._lines.append(bytes(self._unfinished) + line + b"\n")
            self._unfinished.clear()
        self._unfinished += rest

    def message(self) -> JsonObject:
        message = orjson.loads(self.line())
        self.transcript.came(message)
        return message

    def initialize(self) -> JsonObject:
        self.send(INITIALIZE)
        return self.message()

    def end(self) -> tuple[bytes, int]:
        """Close stdin; what was still written, and the exit code."""
        self.stdin.close()
        self._take(self.stdout.read())
        rest = b"".join(self._lines) + self._unfinished
        return rest, self.process.wait(DEADLINE)

    def stderr(self) -> bytes:
        assert self.process.stderr is not None
        return self.process.stderr.read()
