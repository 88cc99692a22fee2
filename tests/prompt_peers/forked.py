"""Our command without the seconds that a whole process takes to start: the client of `fork_server`."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

SCRIPT = Path(__file__).with_name("fork_server.py")


class Forked:
    """A process that forks for each command. A context manager."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate(timeout=20)

    def run(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> tuple[int, bytes, bytes]:
        """The exit code, stdout and stderr of a command of ours. The test's own deadline ends a long one."""
        pipes = self._server.stdin, self._server.stdout
        assert pipes[0] is not None
        assert pipes[1] is not None
        with tempfile.TemporaryDirectory() as folder:
            out, error = Path(folder, "out"), Path(folder, "error")
            command = {
                "argv": list(argv),
                "env": dict(env),
                "cwd": str(cwd),
                "out": str(out),
                "error": str(error),
            }
            pipes[0].write(json.dumps(command).encode() + b"\n")
            pipes[0].flush()
            code = int(pipes[1].readline())
            return code, out.read_bytes(), error.read_bytes()
