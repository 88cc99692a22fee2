"""Child processes, the same on every system: started with all they start, and ended with it.

A child is more than a process: on Linux all that descends from it, wherever it went; on other POSIX systems
its process group; on Windows its job. Nothing is ever signalled by a bare process id.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol


class Order(NamedTuple):
    """What to start. The descriptors stay the caller's, who closes them afterwards."""

    argv: Sequence[str]
    cwd: str
    env: Mapping[str, str]
    stdin: int
    stdout: int
    stderr: int
    terminal: bool = False
    """Whether the three are a terminal that the process is to control."""
    reading: int | None = None
    """One more, which the process has as number 3. Not on Windows."""


class Child(Protocol):
    """A process that was started, with its tree."""

    @property
    def pid(self) -> int: ...

    @property
    def exit_status(self) -> int | None:
        """The exit code, or the number of the signal that ended it, negative; None while it runs."""
        ...

    async def wait(self) -> int:
        """Wait for the end of the process itself; its exit status."""
        ...

    async def wait_gone(self) -> None:
        """Wait until nothing of the tree is left, as far as this system can tell."""
        ...

    def ask_to_end(self) -> None:
        """Send SIGTERM to the tree; nothing where there is no such thing."""
        ...

    def kill(self) -> None:
        """End the tree. It is gone soon after."""
        ...

    def release(self) -> None:
        """Let go of what is held for the child; what is left of the tree ends, where that can be told."""
        ...
