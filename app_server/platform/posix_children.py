"""Children as process groups, for POSIX systems without wardens.

What leaves its group escapes, and nothing ends the children of a server that is killed outright.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from threading import Lock

import anyio.to_thread

from app_server.platform.children import Order
from app_server.platform.popen_children import PopenChild


class GroupedChild(PopenChild):
    """Implements `children.Child`. Create and use it on the loop."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._unburied = Lock()
        """Held while it is buried and while its group is signalled: its number stays its own meanwhile."""
        super().__init__(process)

    def ask_to_end(self) -> None:
        self._signal_group(signal.SIGTERM)

    def kill(self) -> None:
        if sys.platform != "win32":
            self._signal_group(signal.SIGKILL)

    def release(self) -> None:
        self.kill()

    def _signal_group(self, number: signal.Signals) -> None:
        with self._unburied:
            if self._process.returncode is None and sys.platform != "win32":
                try:
                    os.killpg(self._process.pid, number)
                except OSError:
                    return

    def bury(self) -> None:
        if sys.platform != "win32":
            os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        with self._unburied:
            self._process.wait()


async def start_in_group(order: Order) -> GroupedChild:
    """Raises OSError."""
    return GroupedChild(await anyio.to_thread.run_sync(partial(_start, order)))


def _start(order: Order) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603 - what to run is decided above
            list(order.argv),
            cwd=order.cwd,
            env=dict(order.env),
            stdin=order.stdin,
            stdout=order.stdout,
            stderr=order.stderr,
            start_new_session=True,
            preexec_fn=_prepared(order),  # noqa: PLW1509 - a few calls of the system
            close_fds=order.reading is None,
        )
    except ValueError as error:
        raise OSError(22, "nul byte found in provided data") from error


def _prepared(order: Order) -> Callable[[], None] | None:
    """What the new process does before it becomes the command."""
    if not order.terminal and order.reading is None:
        return None

    def prepare() -> None:
        if order.terminal:
            _take_terminal()
        if order.reading is not None:
            os.dup2(order.reading, 3)

    return prepare


def _take_terminal() -> None:
    if sys.platform != "win32":
        import fcntl
        import termios

        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
