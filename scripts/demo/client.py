"""The smallest useful client: spawns a server, writes and reads JSON lines, answers what the server asks."""

import json
import queue
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from protocol.wire import JsonObject

Answerer = Callable[[JsonObject], JsonObject]


class ServerError(Exception):
    """The server refused a request, fell silent, or went away; the message tells which."""


class StdioClient:
    """One connection to one spawned server. A context manager: leaving it ends the server."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: Path,
        log: Path,
        answers: Mapping[str, Answerer],
    ) -> None:
        """`answers`: by method, what to answer to the server's own requests; `log` gets its stderr."""
        self._answers = answers
        self._log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env=dict(environment),
                cwd=folder,
            )
        self._writing = threading.Lock()
        self._arrived: queue.SimpleQueue[JsonObject | None] = queue.SimpleQueue()
        self._passed_over: list[JsonObject] = []
        self._next_id = 0
        # A thread of its own reads and answers: `attestation/generate` waits for 100 ms and no longer.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def request(self, method: str, params: JsonObject, patience: float = 20.0) -> JsonObject:
        """Ask and wait for the result; notifications that arrive before it are kept for `events`."""
        number = self._next_id
        self._next_id += 1
        self._send({"id": number, "method": method, "params": params})
        deadline = time.monotonic() + patience
        while (message := self._next(deadline, method)).get("id") != number or "method" in message:
            self._passed_over.append(message)
        if "result" not in message:
            raise ServerError(f"{method} was refused: {json.dumps(message.get('error'))}")
        result = message["result"]
        return result if isinstance(result, dict) else {}

    def notify(self, method: str) -> None:
        """Send a notification without params."""
        self._send({"method": method})

    def events(self, patience: float = 30.0) -> Iterator[JsonObject]:
        """Notifications in their order of arrival; `patience` in seconds, for all of them together."""
        deadline = time.monotonic() + patience
        while True:
            yield self._passed_over.pop(0) if self._passed_over else self._next(deadline, "an event")

    def close(self) -> int:
        """Close its stdin and wait for its end; answer its exit code."""
        if self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
        try:
            return self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _send(self, message: JsonObject) -> None:
        assert self._process.stdin
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"
        try:
            with self._writing:
                self._process.stdin.write(line.encode())
                self._process.stdin.flush()
        except OSError as error:
            raise ServerError("the server went away") from error

    def _next(self, deadline: float, awaited: str) -> JsonObject:
        try:
            message = self._arrived.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise ServerError(f"the server fell silent while {awaited} was awaited") from None
        if message is None:
            self._arrived.put(None)
            raise ServerError(f"the server went away while {awaited} was awaited; {self._last_words()}")
        return message

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").split("\n")
        return next((line for line in reversed(lines) if line.strip()), "it said nothing on stderr")

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            message: JsonObject = json.loads(line)
            if "method" in message and "id" in message:
                self._answer(message)
            else:
                self._arrived.put(message)
        self._arrived.put(None)

    def _answer(self, request: JsonObject) -> None:
        answerer = self._answers.get(str(request["method"]))
        if answerer is None:
            refusal: JsonObject = {"code": -32601, "message": f"unsupported: {request['method']}"}
            self._send({"error": refusal, "id": request["id"]})
            return
        params = request.get("params")
        self._send({"id": request["id"], "result": answerer(params if isinstance(params, dict) else {})})
