"""What the store refuses or fails at. `str(error)` is the sentence that a client sees.

`StoreRequestError` is the caller's fault (−32600 on the wire), `StoreInternalError` the machine's (−32603).
"""

from pathlib import Path

from protocol.jsonrpc import ErrorKind


class StoreError(Exception):
    """Base of all errors of the store."""

    kind: ErrorKind | None = None


class StoreRequestError(StoreError):
    """What was asked for cannot be: unknown thread, wrong folder, blank name (persistence.md §5, §6, §9)."""


class StoreInternalError(StoreError):
    """A file could not be read or written."""


class NoRolloutError(StoreRequestError):
    """No file of that thread where it was looked for."""

    kind = "thread_not_found"

    def __init__(self, thread_id: str, *, archived: bool = False) -> None:
        kind = "archived rollout" if archived else "rollout"
        super().__init__(f"no {kind} found for thread id {thread_id}")
        self.thread_id = thread_id


class UnknownThreadError(StoreRequestError):
    """Neither a file nor anything live has that id."""

    kind = "thread_not_found"

    def __init__(self, thread_id: str) -> None:
        super().__init__(f"thread not found: {thread_id}")


class BadCursorError(StoreRequestError):
    """A cursor that no page of ours ended with."""

    kind = "invalid_cursor"

    def __init__(self, cursor: str) -> None:
        super().__init__(f"invalid cursor: {cursor}")


class LiveWriterError(StoreRequestError):
    """Two writers for one thread would interleave their lines."""

    kind = "thread_busy"

    def __init__(self, thread_id: str) -> None:
        super().__init__(f"thread {thread_id} already has a live local writer")


class UnreadableRolloutError(StoreInternalError):
    """The file is there, but it is not the log of a thread (persistence.md §4)."""

    kind = "thread_unreadable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"failed to read thread: thread-store internal error: failed to read thread {path}: {reason}"
        )
        self.path = path


class RolloutWriteError(StoreInternalError):
    """Lines could not be written; they stay queued and are tried again at the next flush."""

    kind = "thread_unwritable"

    def __init__(self, path: Path, cause: OSError) -> None:
        super().__init__(f"failed to record rollout items to {path}: {cause.strerror or cause}")
        self.path = path
        self.cause = cause
