"""The names that users gave their threads: a journal of its own, the last line for a thread counts.

`session_index.jsonl` is shared with the reference, which keeps names alive by it (persistence.md §9).
"""

import time
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

import orjson

from app_server.store.errors import RolloutWriteError, StoreRequestError
from app_server.store.log_file import ends_inside_a_line, open_log, write_whole
from app_server.store.rollout_reader import parse_object
from app_server.store.timestamps import utc_ns


def checked_name(name: str) -> str:
    """The name as it is kept: trimmed. Raises StoreRequestError for a blank one."""
    trimmed = name.strip()
    if not trimmed:
        raise StoreRequestError("thread name must not be empty")
    return trimmed


class ThreadNames:
    """Reads again only what was appended since. Blocking: for worker threads."""

    def __init__(self, home: Path) -> None:
        self._path = home / "session_index.jsonl"
        self._read = 0
        self._names: dict[str, str] = {}
        self._lock = Lock()

    def all(self) -> Mapping[str, str]:
        """Name by thread id, as the file has it now; empty when there is none."""
        try:
            size = self._path.stat().st_size
        except OSError:
            return {}
        with self._lock:
            if size < self._read:  # replaced by a shorter one
                self._read, self._names = 0, {}
            if size > self._read:
                self._take_up()
            return dict(self._names)

    def _take_up(self) -> None:
        try:
            with self._path.open("rb") as file:
                file.seek(self._read)
                text = file.read()
        except OSError:
            return
        whole = text.rfind(b"\n") + 1
        for raw in text[:whole].split(b"\n"):
            entry = parse_object(raw) or {}
            thread_id, name = entry.get("id"), entry.get("thread_name")
            if isinstance(thread_id, str) and isinstance(name, str):
                self._names[thread_id] = name
        self._read += whole

    def set(self, thread_id: str, name: str) -> None:
        """Raises RolloutWriteError."""
        entry = {"id": thread_id, "thread_name": name, "updated_at": utc_ns(time.time_ns())}
        try:
            file = open_log(self._path)
            try:
                heal = b"\n" if ends_inside_a_line(file) else b""
                _, error = write_whole(file, heal + orjson.dumps(entry) + b"\n")
            finally:
                file.close()
            if error is not None:
                raise error
        except OSError as error:
            raise RolloutWriteError(self._path, error) from error
