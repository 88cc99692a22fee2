"""A server process on a leash: spawned, spoken to over stdio, weighed and timed."""

import os
import select
import subprocess
import threading
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson
import psutil

Message = dict[str, Any]
"""One message of the wire, unread but for what a measurement looks at."""


class ServerGoneError(Exception):
    """The server closed its stdout while something was awaited."""


class ServerSilentError(Exception):
    """The server said nothing for longer than anyone should wait."""


class ServerProcess:
    """One run of a server command."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        """Spawn it; the clock of `age_ms` starts here."""
        environment = {
            name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")
        }
        environment["CODEX_HOME"] = str(home)
        self._born = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env=environment,
            bufsize=0,
        )
        assert self._process.stdin
        assert self._process.stdout
        self._in = self._process.stdin
        self._out = self._process.stdout
        self.weight = psutil.Process(self._process.pid)
        self._lines: deque[bytes] = deque()
        self._begun: list[bytes] = []
        self._last_id = -1

    def age_ms(self) -> float:
        """Milliseconds since the spawn."""
        return (time.perf_counter() - self._born) * 1e3

    def resident_mib(self) -> float:
        """Resident memory of the process itself."""
        return self.weight.memory_info().rss / 2**20

    def cpu_us(self) -> float:
        """Processor time that it used so far, in microseconds (the system counts in ticks of 10 ms)."""
        times = self.weight.cpu_times()
        return (times.user + times.system) * 1e6

    def encode(self, method: str, params: Message) -> tuple[int, bytes]:
        """A request with the next id, as a line."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": params}
        return self._last_id, orjson.dumps(message) + b"\n"

    def write(self, data: bytes) -> None:
        """Send bytes as they are."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._in.write(rest) or 0 :]

    def request(self, method: str, params: Message) -> Message:
        """Send a request, pass over everything else, answer its result; a refusal ends the measurement."""
        number, line = self.encode(method, params)
        self.write(line)
        while (message := self.message()).get("id") != number:
            pass
        return message["result"]

    def run_turn(self, thread_id: str, patience: float = 30.0) -> None:
        """Start a turn and wait for its end; `patience` in seconds is for each thing that is said."""
        given = [{"type": "text", "text": "hello"}]
        self.write(self.encode("turn/start", {"threadId": thread_id, "input": given})[1])
        # Looked at as bytes: parsing thousands of deltas here would measure this script.
        while b'"turn/completed"' not in self.line(patience):
            pass

    def message(self, patience: float = 30.0) -> Message:
        """The next thing that the server says."""
        return orjson.loads(self.line(patience))

    def line(self, patience: float = 30.0) -> bytes:
        """The same as bytes; `patience` in seconds. Raises `ServerSilentError` and `ServerGoneError`."""
        while not self._lines:
            # Windows cannot wait for a pipe this way; there a silent server has to be stopped by hand.
            if os.name != "nt" and not select.select([self._out], [], [], patience)[0]:
                raise ServerSilentError
            chunk = os.read(self._out.fileno(), 1 << 18)
            if not chunk:
                raise ServerGoneError
            self._take(chunk)
        return self._lines.popleft()

    def _take(self, chunk: bytes) -> None:
        # A line of megabytes comes in many chunks: to put it together anew with each of them would take this
        # script longer than the server had for all of it.
        *lines, begun = chunk.split(b"\n")
        if lines:
            lines[0] = b"".join((*self._begun, lines[0]))
            self._begun.clear()
            self._lines.extend(lines)
        self._begun.append(begun)

    def end(self, deadline: float = 20.0) -> float:
        """Close its stdin; the milliseconds until it was gone."""
        started = time.perf_counter()
        self._in.close()
        # A wait with a limit of its own looks ever more rarely, at last 16 ms apart.
        limit = threading.Timer(deadline, self._process.kill)
        limit.start()
        self._process.wait()
        taken = (time.perf_counter() - started) * 1e3
        limit.cancel()
        self.kill()
        return taken

    def kill(self) -> None:
        """End it at once if it is still there, and let go of its pipes."""
        self._process.kill()
        self._process.wait()
        self._in.close()
        self._out.close()
