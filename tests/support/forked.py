"""Our commands without the time that a whole process takes to start: the client of `fork_server`."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

SCRIPT = Path(__file__).with_name("fork_server.py")
CAN_FORK = hasattr(os, "fork")
NUMBER = 4
_AT_ONCE = 20.0


class ForkedProcess:
    """A command of ours that runs. What it has in common with `subprocess.Popen` has the same names."""

    def __init__(self, stdin: IO[bytes], stdout: IO[bytes], report: socket.socket) -> None:
        self.stdin = stdin
        self.stdout = stdout
        self._report = report
        self._waiting = threading.Lock()
        self._report.settimeout(_AT_ONCE)
        self.pid = self._told()
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once there is one. Raises subprocess.TimeoutExpired."""
        with self._waiting:
            if self.returncode is None:
                self._report.settimeout(timeout)
                try:
                    self.returncode = self._told()
                except TimeoutError:
                    raise subprocess.TimeoutExpired("a forked command", timeout or 0) from None
                self._report.close()
            return self.returncode

    def _told(self) -> int:
        """The next number of its keeper's."""
        number = self._report.recv(NUMBER)
        if not number:
            raise ChildProcessError("the process that forks, or the keeper, is gone")
        return int.from_bytes(number, "big", signed=True)

    def send_signal(self, number: int) -> None:
        """Nothing when the process is known to be gone."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Forks:
    """The process that forks for each command. A context manager; the commands may outlive it."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair()
        self._asking = threading.Lock()
        self._server = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._requests.close()
        self._server.wait(_AT_ONCE)

    def spawn(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: Path, stderr: IO[bytes]
    ) -> ForkedProcess:
        """A command of ours behind pipes. The program may stand in `argv` as a script or as our module."""
        to_command, stdin = os.pipe()
        stdout, from_command = os.pipe()
        report, reporting = socket.socketpair()
        self._ask(argv, env, cwd, (to_command, from_command, stderr.fileno(), reporting.fileno()))
        reporting.close()
        os.close(to_command)
        os.close(from_command)
        return ForkedProcess(os.fdopen(stdin, "wb"), os.fdopen(stdout, "rb"), report)

    def run(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> tuple[int, bytes, bytes]:
        """The exit code, stdout and stderr of a command of ours that gets no input."""
        with tempfile.TemporaryFile() as error:
            process = self.spawn(argv, env, cwd, error)
            process.stdin.close()
            with process.stdout:
                out = process.stdout.read()
            code = process.wait()
            error.seek(0)
            return code, out, error.read()

    def _ask(
        self, argv: Sequence[str], env: Mapping[str, str], cwd: Path, descriptors: Sequence[int]
    ) -> None:
        program = 3 if tuple(argv[1:3]) == ("-m", "app_server") else 1
        words = [argv[0], *argv[program:]]
        command = json.dumps({"argv": words, "env": dict(env), "cwd": str(cwd)}).encode()
        with self._asking:
            socket.send_fds(self._requests, [len(command).to_bytes(NUMBER, "big")], descriptors)
            self._requests.sendall(command)
