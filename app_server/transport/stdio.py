"""The protocol over stdin and stdout of this process, which nothing else may touch afterwards (W10).

`StdioChannel.claim` moves both streams to descriptors of their own, which children do not inherit, and
leaves the null device at 0 and stderr at 1: a stray print, a write from C or a child cannot reach the wire.
It imports no event loop, so the first line can be read and answered while the server is still being loaded;
`attach` then joins the channel to the loop.
"""

import os
from collections.abc import Callable
from threading import Thread

from app_server.platform import duplicate_high, parent_process, tell_stderr
from app_server.transport.framing import DEFAULT_LINE_CAP, LineSplitter, LineTooLongError
from app_server.transport.inbox import Inbox

TYPE_CHECKING = False  # The typing module costs milliseconds that the first answer would wait for.
if TYPE_CHECKING:
    from app_server.transport.line_source import LineSource
    from app_server.transport.pipe_writer import PipeWriter

_CHUNK = 64 * 1024


class StdioChannel:
    """The claimed streams: lines in, bytes out. One for the process."""

    def __init__(self, reading: int, writing: int, line_cap: int = DEFAULT_LINE_CAP) -> None:
        self._reading = reading
        self.writing_fd = writing
        self.parent = parent_process()
        """Whoever started us: asked for now, because it may be gone before the server is loaded."""
        self._splitter = LineSplitter(line_cap)
        self.inbox = Inbox()

    @classmethod
    def claim(cls, line_cap: int = DEFAULT_LINE_CAP) -> "StdioChannel":
        """Take stdin and stdout away from everything else in the process, and begin to read."""
        # Also takes the place of a stream that was closed when we were started, before anything else does.
        null = [os.open(os.devnull, os.O_RDWR) for _ in range(4)]
        channel = cls(duplicate_high(0), duplicate_high(1), line_cap)
        os.dup2(null[-1], 0, inheritable=True)
        os.dup2(2, 1, inheritable=True)
        for fd in null:
            if fd > 2:
                os.close(fd)
        channel.start()
        return channel

    def start(self) -> None:
        """Begin to read."""
        Thread(target=self._read, name="reader", daemon=True).start()

    def write_now(self, data: bytes) -> None:
        """Write in this thread, before `attach`. A reader that has gone is noticed later."""
        rest = memoryview(data)
        while rest:
            try:
                rest = rest[os.write(self.writing_fd, rest) :]
            except OSError:
                return

    def attach(self, on_gone: Callable[[], None]) -> "tuple[LineSource, PipeWriter]":
        """Join the running event loop. `on_gone` is called when nobody reads our output any more."""
        # Both need the event loop's module, which must not be loaded before the first answer.
        from app_server.transport.line_source import LineSource
        from app_server.transport.pipe_writer import PipeWriter

        return LineSource(self.inbox), PipeWriter(self.writing_fd, on_gone)

    def _read(self) -> None:
        try:
            while chunk := os.read(self._reading, _CHUNK):
                lines = self._splitter.feed(chunk)
                if lines:
                    self.inbox.put(lines)
            self.inbox.put(self._splitter.finish())
        except LineTooLongError as error:
            tell_stderr(f"Error: {error}; the connection ends")
        except OSError as error:
            # A terminal that has hung up reads as an error; it is the end all the same.
            tell_stderr(f"Error: cannot read from stdin: {error.strerror}")
        finally:
            self.inbox.end()
