"""What threads work towards, one small file each: the reference keeps it in a database that is not ours."""

import os
from pathlib import Path
from typing import Final

import orjson

from app_server.store.errors import StoreInternalError
from protocol.wire import JsonObject, JsonValue

_FOLDER: Final = "thread_goals"


class GoalFiles:
    """The goals of one home. Blocks."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def read(self, thread_id: str) -> JsonObject | None:
        """None when the thread has no goal, or none that can be read."""
        try:
            value: JsonValue = orjson.loads(self._path(thread_id).read_bytes())
        except (OSError, orjson.JSONDecodeError):
            return None
        return value if isinstance(value, dict) else None

    def write(self, thread_id: str, goal: JsonObject | None) -> None:
        """Keep it in the place of the one before; None: there is none any more. Raises StoreInternalError."""
        path = self._path(thread_id)
        try:
            if goal is None:
                path.unlink(missing_ok=True)
                return
            self._folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(f".{os.getpid()}.tmp")
            fresh.write_bytes(orjson.dumps(goal))
            fresh.replace(path)
        except OSError as error:
            raise StoreInternalError(f"failed to keep the goal: {error.strerror or error}") from error

    def _path(self, thread_id: str) -> Path:
        return self._folder / f"{thread_id}.json"
