"""Input that waits for its turn, kept for threads that are not loaded: `CODEX_HOME/thread_queues/ID.json`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from app_server.platform import replace_private_file
from protocol.decode import DecodeError, decode
from protocol.queue import QueuedSubmission
from protocol.wire import JsonValue

_FOLDER: Final = "thread_queues"


class QueueFiles:
    """One file for each thread that has input waiting. All of it blocks."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def load(self, thread_id: str) -> tuple[QueuedSubmission, ...]:
        """What waits, the next one first; nothing when the file is missing or makes no sense."""
        try:
            value: JsonValue = orjson.loads(self._file(thread_id).read_bytes())
            rows = value if isinstance(value, list) else []
            return tuple(decode(QueuedSubmission, row) for row in rows if isinstance(row, dict))
        except (OSError, ValueError, DecodeError):
            return ()

    def save(self, thread_id: str, entries: Sequence[QueuedSubmission]) -> None:
        """Raises OSError."""
        file = self._file(thread_id)
        if not entries:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(exist_ok=True)
        replace_private_file(file, orjson.dumps([entry.to_wire() for entry in entries]))

    def _file(self, thread_id: str) -> Path:
        return self._folder / f"{thread_id}.json"
