"""Which turns a log holds, without reading more of it than has been added since the last look."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

_HEAD_BYTES: Final = 512
"""The kind of an entry and the id of its turn stand at the beginning of its line."""
_STARTED: Final = (b'"task_started"', b'"turn_started"')
_ROLLED_BACK: Final = b'"thread_rolled_back"'
_TURN_ID: Final = re.compile(rb'"turn_id":\s?"([^"]+)"')


class _Seen(NamedTuple):
    """How far a log was read."""

    path: Path
    offset: int
    ids: tuple[str, ...]


class TurnIds:
    """Remembers the turns of each log that was asked about. Blocks."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}

    def of(self, thread_id: str, path: Path, replayed: Callable[[], Sequence[str]]) -> tuple[str, ...]:
        """Ids in the order of the log. `replayed` tells them where turns were taken back. Raises OSError."""
        seen = self._seen.get(thread_id)
        if seen is None or seen.path != path or path.stat().st_size < seen.offset:
            seen = _Seen(path, 0, ())
        ids, taken_back = list(seen.ids), False
        with path.open("rb") as log:
            log.seek(seen.offset)
            offset = seen.offset
            for line in log:
                if not line.endswith(b"\n"):
                    break  # it is being written at this moment
                offset += len(line)
                head = line[:_HEAD_BYTES]
                taken_back = taken_back or _ROLLED_BACK in head
                if any(kind in head for kind in _STARTED) and (found := _TURN_ID.search(head)) is not None:
                    ids.append(found[1].decode(errors="replace"))
        whole = tuple(replayed()) if taken_back else tuple(ids)
        self._seen[thread_id] = _Seen(path, offset, whole)
        return whole
