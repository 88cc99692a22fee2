"""What a thread is doing, derived from what happened to it (threads-and-turns.md §2.3)."""

from app_server.agent.ports import EventSink
from protocol.thread import (
    ActiveThreadStatus,
    IdleThreadStatus,
    NotLoadedThreadStatus,
    SystemErrorThreadStatus,
    ThreadStatus,
)
from protocol.thread_events import ThreadStatusChangedNotification


class StatusTracker:
    """Owns the status of one loaded thread and announces every change of it, once."""

    def __init__(self, thread_id: str, sink: EventSink) -> None:
        self._thread_id = thread_id
        self._sink = sink
        self._loaded = True
        self._running = False
        self._system_error = False
        self._pending_approvals = 0
        self._pending_user_inputs = 0
        self._announced: ThreadStatus = IdleThreadStatus()

    @property
    def current(self) -> ThreadStatus:
        if not self._loaded:
            return NotLoadedThreadStatus()
        if self._running or self._pending_approvals or self._pending_user_inputs:
            return ActiveThreadStatus(
                active_flags=[
                    *(["waitingOnApproval"] if self._pending_approvals else []),
                    *(["waitingOnUserInput"] if self._pending_user_inputs else []),
                ]
            )
        return SystemErrorThreadStatus() if self._system_error else IdleThreadStatus()

    def announce_loaded(self) -> None:
        """Say `idle` for a thread that came back from disk; a new one says it in `thread/started`."""
        self._sink.emit(ThreadStatusChangedNotification(thread_id=self._thread_id, status=self.current))

    def turn_started(self) -> None:
        self._running = True
        self._system_error = False
        self._announce()

    def turn_ended(self) -> None:
        self._running = False
        self._pending_approvals = self._pending_user_inputs = 0
        self._announce()

    def failed(self) -> None:
        """A fatal error: the thread stays in `systemError` until its next turn."""
        self._system_error = True
        self.turn_ended()

    def approval_asked(self) -> None:
        self._pending_approvals += 1
        self._announce()

    def approval_resolved(self) -> None:
        self._pending_approvals = max(0, self._pending_approvals - 1)
        self._announce()

    def user_input_asked(self) -> None:
        self._pending_user_inputs += 1
        self._announce()

    def user_input_resolved(self) -> None:
        self._pending_user_inputs = max(0, self._pending_user_inputs - 1)
        self._announce()

    def unloaded(self) -> None:
        self._loaded = False
        self._announce()

    def _announce(self) -> None:
        current = self.current
        if current != self._announced:
            self._announced = current
            self._sink.emit(ThreadStatusChangedNotification(thread_id=self._thread_id, status=current))
