"""How far users have read their threads: `CODEX_HOME/read_marks/ID.json`."""

from pathlib import Path
from typing import Final, NamedTuple

import orjson

from app_server.platform import replace_private_file
from protocol.wire import JsonValue

_FOLDER: Final = "read_marks"


class ReadMark(NamedTuple):
    """What was said last of what has been seen."""

    through: str | None = None
    """The last turn that has been seen; None: none has."""
    unread: bool = False
    """Marked as not seen, whatever has been."""
    changes: int = 0


class ReadMarks:
    """One file for each thread that somebody has marked. All of it blocks."""

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def load(self, thread_id: str) -> ReadMark:
        try:
            value: JsonValue = orjson.loads((self._folder / f"{thread_id}.json").read_bytes())
        except (OSError, ValueError):
            return ReadMark()
        match value:
            case {"through": str() | None as through, "unread": bool(unread), "changes": int(changes)}:
                return ReadMark(through, unread, changes)
            case _:
                return ReadMark()

    def forget(self, thread_id: str) -> None:
        """Raises OSError."""
        (self._folder / f"{thread_id}.json").unlink(missing_ok=True)

    def save(self, thread_id: str, mark: ReadMark) -> None:
        """Raises OSError."""
        self._folder.mkdir(exist_ok=True)
        replace_private_file(self._folder / f"{thread_id}.json", orjson.dumps(mark._asdict()))
