"""Logs on stderr, as lines that never hold the server up (W12).

A line goes into a bounded queue, and a thread of its own writes it; when nobody reads stderr, the queue
fills, and what comes then is dropped and counted. `RUST_LOG` and `LOG_FORMAT` mean what they mean to the
reference (connection.md §13); unset, only errors are logged.
"""

import logging
import os
import time
from collections.abc import Mapping
from queue import Full, Queue
from threading import Thread

_WAITING_LINES = 1000
_LEVELS = {
    "off": logging.CRITICAL + 1,
    "error": logging.ERROR,
    "warn": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
    "trace": logging.DEBUG,
}
_NAMES = {"WARNING": "WARN", "CRITICAL": "ERROR"}
_OURS = ("app_server", "codex_app_server")


def log_to_stderr(environ: Mapping[str, str]) -> "StderrLog":
    """Send all logging of the process to stderr from now on."""
    log = StderrLog(as_json=environ.get("LOG_FORMAT", "").strip().lower() == "json")
    everyone, ours = _levels(environ.get("RUST_LOG", ""))
    logging.root.handlers[:] = [log]
    logging.root.setLevel(everyone)
    logging.getLogger("app_server").setLevel(ours)
    return log


def _levels(filters: str) -> tuple[int, int]:
    """The level of everything, and that of our own, from `level` and `target=level` parted by commas."""
    everyone = logging.ERROR
    ours: int | None = None
    for part in filters.split(","):
        target, equals, level = part.strip().rpartition("=")
        wanted = _LEVELS.get(level.strip().lower())
        if wanted is not None and not equals:
            everyone = wanted
        elif wanted is not None and target.partition("::")[0] in _OURS:
            ours = wanted
    return everyone, everyone if ours is None else ours


class StderrLog(logging.Handler):
    """Formats in the logging thread, writes in its own."""

    def __init__(self, *, as_json: bool, fd: int = 2, waiting: int = _WAITING_LINES) -> None:
        super().__init__()
        self._as_json = as_json
        self._fd = fd
        self._lines: Queue[bytes | None] = Queue(waiting)
        self._dropped = 0
        self._thread = Thread(target=self._write, name="log", daemon=True)
        self._thread.start()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._lines.put_nowait(self._line(record))
        except Full:
            self._dropped += 1
        except Exception:  # noqa: BLE001 - a record that cannot be formatted must not reach its logger
            self._dropped += 1

    def finish(self, seconds: float) -> None:
        """Write what waits, but no longer than this."""
        try:
            self._lines.put_nowait(None)
        except Full:
            return
        self._thread.join(seconds)

    def _line(self, record: logging.LogRecord) -> bytes:
        level = _NAMES.get(record.levelname, record.levelname)
        fraction = f"{record.created % 1:.6f}"[1:]
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + fraction + "Z"
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            message += "\n" + logging.Formatter().formatException(record.exc_info)
        if not self._as_json:
            return f"{moment} {level} {record.name}: {message}\n".encode("utf-8", "replace")
        from json import dumps  # text is what most people read

        fields = {"message": message}
        line = {"timestamp": moment, "level": level, "fields": fields, "target": record.name}
        return dumps(line).encode() + b"\n"

    def _write(self) -> None:
        told = 0
        while (line := self._lines.get()) is not None:
            if self._dropped > told:
                missing, told = self._dropped - told, self._dropped
                line = b"%d log lines were dropped: nobody read them\n" % missing + line
            try:
                _write_all(self._fd, line)
            except OSError:
                # Nobody will ever read stderr again.
                self._discard()
                return

    def _discard(self) -> None:
        while self._lines.get() is not None:
            continue


def _write_all(fd: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]
