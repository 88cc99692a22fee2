"""A client that spawns a server command and talks to it line by line, strictly, with a record of everything.

Reading happens in a thread of its own, so a server request is answered at once, whatever the test waits for.
Every wait has a deadline. Lines that are no message of the protocol are kept as complaints.
"""

import contextlib
import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from pydantic import JsonValue

from protocol.methods import CLIENT_REQUESTS
from support import oracle
from support.patience import LONG, patience
from support.servers import OURS, Spawn, kind_of, spawned
from support.transcripts import Transcript

JsonObject = dict[str, JsonValue]


class Silence:
    """What a callback returns to leave a server request without an answer."""


class Unset:
    """A request without a `params` member."""


SILENCE: Final = Silence()
UNSET: Final = Unset()


@dataclass(frozen=True, slots=True)
class Refusal:
    """An error answer, from the server to us or from us to the server."""

    code: int
    message: str
    data: JsonValue = None
    kind: str | None = field(default=None, compare=False)
    """Of ours, where the reference has no data."""

    def to_wire(self) -> JsonObject:
        wire: JsonObject = {"code": self.code, "message": self.message}
        if self.data is not None:
            wire["data"] = self.data
        return wire


Answer = JsonValue | Refusal | Silence
Callback = Callable[[JsonObject], Answer]


class Refused(Exception):
    """A call that should have succeeded was answered with an error."""


class MissingMethod(Exception):
    """The server, one of another version than ours, has not the method of this name."""


class Client:
    """One spawned server and the connection to it; use it in a `with`."""

    def __init__(
        self,
        command: tuple[str, ...],
        home: Path,
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        spawn: Spawn = spawned,
    ) -> None:
        self._changed = threading.Condition()
        self._callbacks: dict[str, Callback] = {}
        self._ended = False
        self._next_id = 0
        self._writing = threading.Lock()
        self.transcript = Transcript(ours=kind_of(command) == OURS)
        self._received: list[JsonObject] = []
        self.raw_lines: list[bytes] = []
        self.complaints: list[str] = []
        self.leaves_turns_open = False  # a test that ends the server in the middle of a turn says so
        self.stderr_path = home / "stderr.log"
        nobody = home.with_name("nobody")
        nobody.mkdir(exist_ok=True)
        # A login shell does what the user's profile says, which may take long, and is not ours to test.
        environment = {**_clean_environment(), "HOME": str(nobody), "CODEX_HOME": str(home), **(env or {})}
        with self.stderr_path.open("ab") as stderr:
            self.process = spawn(command, environment, cwd or home, stderr)
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- what arrives -------------------------------------------------------------------------------

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._arrive(line)
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _arrive(self, line: bytes) -> None:
        message, complaint = oracle.parse(line)
        with self._changed:
            self.raw_lines.append(line)
            if complaint:
                self.complaints.append(complaint)
            if message is not None:
                self.transcript.came(message)
                self._received.append(message)
            self._changed.notify_all()
        if message is not None and "method" in message and "id" in message:
            self._answer(message)

    def _answer(self, message: JsonObject) -> None:
        callback = self._callbacks.get(str(message["method"]))
        params = message.get("params")
        answer = callback(params if isinstance(params, dict) else {}) if callback else SILENCE
        match answer:
            case Silence():
                return
            case Refusal():
                self.send({"id": message["id"], "error": answer.to_wire()})
            case _:
                self.send({"id": message["id"], "result": answer})

    def on(self, method: str, callback: Callback) -> None:
        """Answer this server request with what the callback returns."""
        self._callbacks[method] = callback

    # --- what we send -------------------------------------------------------------------------------

    def send_bytes(self, data: bytes) -> None:
        assert self.process.stdin is not None
        with self._writing:
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def send(self, message: JsonObject) -> None:
        with self._changed:
            self.transcript.sent(message)
        self.send_bytes(json.dumps(message).encode() + b"\n")

    def expect(self, request_id: str | int) -> None:
        """Say that the bytes to come hold a request with this id, so that its answer is no surprise."""
        with self._changed:
            self.transcript.sent({"method": "as bytes", "id": request_id})

    def notify(self, method: str) -> None:
        self.send({"method": method})

    def request(
        self, method: str, params: JsonValue | Unset = UNSET, *, request_id: str | int | None = None
    ) -> str | int:
        """Send a request and return its id at once."""
        if request_id is None:
            self._next_id += 1
            request_id = self._next_id
        message: JsonObject = {"method": method, "id": request_id}
        if not isinstance(params, Unset):
            message["params"] = params
        self.send(message)
        return request_id

    def answer(self, request_id: str | int) -> JsonObject:
        """Wait for the answer to a request: the whole message."""
        return self.wait(lambda message: "method" not in message and _same_id(message.get("id"), request_id))

    def call(self, method: str, params: JsonValue | Unset = UNSET) -> JsonObject:
        """The result of a request. Raises Refused when the answer is an error."""
        return self.result(self.request(method, params))

    def result(self, request_id: str | int) -> JsonObject:
        message = self.answer(request_id)
        _require_method(message)
        if "error" in message:
            raise Refused(json.dumps(message["error"]))
        result = message["result"]
        assert isinstance(result, dict)
        return result

    def refusal(self, method: str, params: JsonValue | Unset = UNSET) -> Refusal:
        """The error of a request that has to be refused."""
        return self.refusal_of(self.request(method, params))

    def refusal_of(self, request_id: str | int) -> Refusal:
        message = self.answer(request_id)
        _require_method(message)
        error = message.get("error")
        assert isinstance(error, dict), f"not refused: {message}"
        code, text = error["code"], error["message"]
        assert isinstance(code, int)
        assert isinstance(text, str)
        match error.get("data"):
            case {"kind": str(kind), **others} if not others:
                return Refusal(code, text, kind=kind)
            case data:
                return Refusal(code, text, data)

    # --- waiting ------------------------------------------------------------------------------------

    @property
    def received(self) -> list[JsonObject]:
        """All messages so far, in order of arrival."""
        with self._changed:
            return list(self._received)

    def mark(self) -> int:
        """The number of messages so far: where to look from later."""
        with self._changed:
            return len(self._received)

    def wait(self, wanted: Callable[[JsonObject], bool], since: int = 0) -> JsonObject:
        """Wait for the first message, from the mark on, that is wanted."""
        with self._changed:
            while True:
                for message in self._received[since:]:
                    since += 1
                    if wanted(message):
                        return message
                if self._ended or not self._changed.wait(patience()):
                    raise AssertionError(f"never came; the last messages were {self._received[-8:]}")

    def wait_for(self, method: str, since: int = 0, **params: JsonValue) -> JsonObject:
        """The params of a notification or server request of this name, once one holds these values."""

        def wanted(message: JsonObject) -> bool:
            found = message.get("params")
            return (
                message.get("method") == method
                and isinstance(found, dict)
                and all(found.get(key) == value for key, value in params.items())
            )

        found = self.wait(wanted, since)["params"]
        assert isinstance(found, dict)
        return found

    def settle(self) -> None:
        """Wait until all that is on its way before now has arrived: a small request goes behind it."""
        self.answer(self.request("thread/loaded/list", {}))

    # --- the handshake and the end ------------------------------------------------------------------

    def initialize(self, capabilities: JsonObject | None = None, *, name: str = "conformance") -> JsonObject:
        """The handshake: request, answer, `initialized`."""
        params: JsonObject = {"clientInfo": {"name": name, "version": "1"}}
        if capabilities is not None:
            params["capabilities"] = capabilities
        result = self.call("initialize", params)
        self.notify("initialized")
        return result

    def end_input(self) -> None:
        """Close the server's stdin."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def wait_exit(self) -> int:
        """Wait until the server is gone and all its output was read: its exit code."""
        code = self.process.wait(patience())
        self._reader.join(LONG)
        return code

    def close(self) -> None:
        """End the input, and if that does not end the server in time, end the server."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(LONG)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            self.complaints.append("the server did not end with its input")
        self._reader.join(LONG)
        self.process.stdout.close()


_UNKNOWN_METHOD = re.compile(r"Invalid request: unknown variant `([^`]+)`, expected one of `initialize`")


def _require_method(answer: JsonObject) -> None:
    """Raises MissingMethod when the answer says that there is no such method, and there is one."""
    error = answer.get("error")
    told = _UNKNOWN_METHOD.match(str(error.get("message"))) if isinstance(error, dict) else None
    if told is not None and told[1] in CLIENT_REQUESTS:
        raise MissingMethod(told[1])


def _same_id(one: JsonValue, other: str | int) -> bool:
    return type(one) is type(other) and one == other


_FOREIGN = ("CODEX_", "OPENAI_", "RUST_LOG", "LOG_FORMAT")


def _clean_environment() -> dict[str, str]:
    """Ours without what would change a server's behaviour, and with no way out of this machine."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_FOREIGN) and "PROXY" not in name.upper()
    }
    nowhere = "http://127.0.0.1:9"
    return {**kept, "HTTP_PROXY": nowhere, "HTTPS_PROXY": nowhere, "NO_PROXY": "127.0.0.1,localhost"}
