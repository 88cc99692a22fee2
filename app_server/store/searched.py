"""A search through logs: which of them hold a term, and where first. Blocks."""

from app_server.store.errors import StoreError
from app_server.store.finding import Occurrence, may_hold, occurrences
from app_server.store.replay_history import Contextual
from app_server.store.thread_files import ThreadFiles
from app_server.store.thread_record import ThreadRecord


class Searched:
    """One search; `places` fills up as threads are asked about."""

    def __init__(self, files: ThreadFiles, term: str, contextual: Contextual) -> None:
        self._files = files
        self._term = term
        self._contextual = contextual
        self.places: dict[str, Occurrence] = {}

    def holds(self, record: ThreadRecord) -> bool:
        """Whether the term was said in the thread. One that cannot be read holds nothing."""
        try:
            if not may_hold(record.path.read_bytes(), self._term):
                return False
            _, turns = self._files.load(record.path).replay(self._contextual, None)
        except (OSError, StoreError):
            return False
        first = next(occurrences(turns, self._term), None)
        if first is None:
            return False
        self.places[record.id] = first
        return True
