"""`fuzzyFileSearch` and its sessions (services.md §5)."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import anyio
import anyio.to_thread
from anyio.abc import TaskGroup

from app_server.handlers.base import Audience, Call, Reply
from app_server.search.best import Found, best_matches
from app_server.search.query import terms_of
from app_server.search.walk import Candidate, walk
from protocol.jsonrpc import internal_error, invalid_request
from protocol.search import (
    FuzzyFileSearchParams,
    FuzzyFileSearchResponse,
    FuzzyFileSearchResult,
    FuzzyFileSearchSessionCompletedNotification,
    FuzzyFileSearchSessionStartParams,
    FuzzyFileSearchSessionStartResponse,
    FuzzyFileSearchSessionStopParams,
    FuzzyFileSearchSessionStopResponse,
    FuzzyFileSearchSessionUpdatedNotification,
    FuzzyFileSearchSessionUpdateParams,
    FuzzyFileSearchSessionUpdateResponse,
)

Result = TypeVar("Result")

_threads = anyio.CapacityLimiter(4)
# Searches take the processor, not the disk: more at once would only slow the rest of the server down.


@dataclass(eq=False, slots=True)
class _Session:
    """One search while the user types; its files are listed once."""

    id: str
    ended: threading.Event = field(default_factory=threading.Event)
    outdated: threading.Event = field(default_factory=threading.Event)
    """Set when the query that is being searched is no longer the newest."""
    query: str = ""
    asked: anyio.Event = field(default_factory=anyio.Event)
    files: list[Candidate] | None = None


class FileSearchHandlers:
    """Owns the sessions, which belong to the process and not to the connection that began them."""

    def __init__(self, audience: Audience, tasks: TaskGroup) -> None:
        self._audience = audience
        self._tasks = tasks
        self._sessions: dict[str, _Session] = {}
        self._running: dict[str, threading.Event] = {}

    async def search(self, _call: Call, params: FuzzyFileSearchParams) -> FuzzyFileSearchResponse:
        """A later search with the same token ends this one, which then answers what it has found."""
        if not params.query or not params.roots:
            return FuzzyFileSearchResponse(files=[])
        stop, token = threading.Event(), params.cancellation_token
        if token is not None:
            if (earlier := self._running.get(token)) is not None:
                earlier.set()
            self._running[token] = stop
        try:
            found = await _in_thread(partial(_search, params.roots, params.query, stop), stop)
        finally:
            if token is not None and self._running.get(token) is stop:
                del self._running[token]
        return FuzzyFileSearchResponse(files=[_on_wire(one) for one in found])

    async def start(
        self, _call: Call, params: FuzzyFileSearchSessionStartParams
    ) -> Reply[FuzzyFileSearchSessionStartResponse]:
        """A live session of the same id is replaced."""
        if not params.session_id:
            raise invalid_request("sessionId must not be empty")
        if not params.roots:
            raise internal_error(
                "failed to start fuzzy file search session: at least one search directory is required"
            )
        self._end(params.session_id)
        session = self._sessions[params.session_id] = _Session(params.session_id)
        session.asked.set()

        def begin() -> None:
            self._tasks.start_soon(self._serve, session, tuple(params.roots))

        return Reply(FuzzyFileSearchSessionStartResponse(), begin)

    async def update(
        self, _call: Call, params: FuzzyFileSearchSessionUpdateParams
    ) -> Reply[FuzzyFileSearchSessionUpdateResponse]:
        session = self._sessions.get(params.session_id)
        if session is None:
            raise invalid_request(f"fuzzy file search session not found: {params.session_id}")

        def ask() -> None:
            session.query = params.query
            session.outdated.set()
            session.asked.set()

        return Reply(FuzzyFileSearchSessionUpdateResponse(), ask)

    async def stop(
        self, _call: Call, params: FuzzyFileSearchSessionStopParams
    ) -> FuzzyFileSearchSessionStopResponse:
        """One that is not known is fine."""
        self._end(params.session_id)
        return FuzzyFileSearchSessionStopResponse()

    def _end(self, session_id: str) -> None:
        session = self._sessions.pop(session_id, None)
        if session is not None:
            session.ended.set()
            session.outdated.set()
            session.asked.set()

    async def _serve(self, session: _Session, roots: tuple[str, ...]) -> None:
        """Search what was asked last, again and again, until the session or the server ends."""
        while True:
            await session.asked.wait()
            if session.ended.is_set():
                return
            session.asked = anyio.Event()
            session.outdated.clear()
            query, found = session.query, list[Found]()
            if query:
                if session.files is None:
                    listing = partial(_listed, roots, session.ended)
                    session.files = await _in_thread(listing, session.ended)
                ranking = partial(best_matches, session.files, terms_of(query), session.outdated.is_set)
                found = await _in_thread(ranking, session.outdated)
            if not session.outdated.is_set():
                self._tell(session, query, found)

    def _tell(self, session: _Session, query: str, found: list[Found]) -> None:
        files = [_on_wire(one) for one in found]
        self._audience.emit(
            FuzzyFileSearchSessionUpdatedNotification(session_id=session.id, query=query, files=files)
        )
        self._audience.emit(FuzzyFileSearchSessionCompletedNotification(session_id=session.id))


def _search(roots: list[str], query: str, stop: threading.Event) -> list[Found]:
    return best_matches(walk(roots, stop.is_set), terms_of(query), stop.is_set)


def _listed(roots: tuple[str, ...], stop: threading.Event) -> list[Candidate]:
    return list(walk(roots, stop.is_set))


async def _in_thread(work: Callable[[], Result], stop: threading.Event) -> Result:
    """Do it in a worker thread, which ends soon when nobody waits for it any more."""
    try:
        return await anyio.to_thread.run_sync(work, abandon_on_cancel=True, limiter=_threads)
    except anyio.get_cancelled_exc_class():
        stop.set()
        raise


def _on_wire(found: Found) -> FuzzyFileSearchResult:
    return FuzzyFileSearchResult(
        root=found.root,
        path=found.path,
        match_type=found.kind,
        file_name=found.name,
        score=found.score,
        indices=list(found.places),
    )
