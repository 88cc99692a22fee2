"""Server processes of the transport's own."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.pipes import DEADLINE, Process

Spawn = Callable[..., Process]


@pytest.fixture
def spawn(codex_home: Path) -> Iterator[Spawn]:
    """Starts servers that are gone when the test is."""
    started: list[Process] = []

    def start(*arguments: str, stderr: int = subprocess.PIPE, **environ: str) -> Process:
        started.append(Process(codex_home, *arguments, stderr=stderr, **environ))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait(DEADLINE)
        for stream in (one.process.stdin, one.process.stdout, one.process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
