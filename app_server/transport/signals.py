"""The signals that ask this process to end: SIGTERM, SIGINT and SIGHUP are one and the same (P6).

Until the server listens, one of them ends the process at once. After that the first asks it to stop, and the
second ends it at once.
"""

import os
import signal
from collections.abc import Callable


class StopSignals:
    """The process's handlers of these signals. Plain handlers, because they work before there is a loop."""

    def __init__(self) -> None:
        self._on_stop: Callable[[], None] | None = None
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._received)

    def listen(self, on_stop: Callable[[], None]) -> None:
        """Call this at the first signal. It runs between two steps of the main thread, so keep it tiny."""
        self._on_stop = on_stop

    def _received(self, *_: object) -> None:
        on_stop, self._on_stop = self._on_stop, None
        if on_stop is None:
            os._exit(0)  # pyright: ignore[reportPrivateUsage]  # the documented name of the immediate exit
        on_stop()
