"""A thread's voice: at most one spoken conversation at a time, which ends with the thread at the latest."""

from app_server.agent.identifiers import new_turn_id
from app_server.agent.realtime.plan import SpokenRequest
from app_server.agent.realtime.spoken import SpokenConversation
from app_server.agent.thread import AgentThread
from app_server.model.realtime.settings import said
from protocol.errors import ErrorNotification, TurnError
from protocol.realtime_events import ThreadRealtimeClosedNotification


class Voice:
    """Its methods tell the clients what comes of them by events; only `stop` and `close` take time."""

    def __init__(self, thread: AgentThread) -> None:
        self._thread = thread
        self._spoken: SpokenConversation | None = None

    async def start(self, request: SpokenRequest) -> None:
        """Begin a conversation. One that is still going on makes room for it without a word."""
        await self._end()
        if self._thread.is_closing:
            return
        self._spoken = SpokenConversation(self._thread, request)
        self._thread.run_aside(SpokenConversation.run, self._spoken)

    def add_text(self, text: str, role: str) -> None:
        if (spoken := self._running()) is not None:
            spoken.send(said(text, role))

    def add_sound(self, data: str) -> None:
        if (spoken := self._running()) is not None:
            spoken.hear(data)

    async def stop(self) -> None:
        """End the conversation; clients are told also when there was none."""
        await self._end()
        self._thread.session.sink.emit(
            ThreadRealtimeClosedNotification(thread_id=self._thread.id, reason="requested")
        )

    async def close(self) -> None:
        """The thread is unloaded."""
        if self._spoken is not None and not self._spoken.done.is_set():
            await self.stop()

    async def _end(self) -> None:
        spoken, self._spoken = self._spoken, None
        if spoken is not None:
            await spoken.end()

    def _running(self) -> SpokenConversation | None:
        """The conversation; when there is none, clients are told."""
        spoken = self._spoken
        if spoken is not None and not spoken.done.is_set():
            return spoken
        session = self._thread.session
        if self._thread.active_turn is None:
            session.status.failed()
        session.sink.emit(
            ErrorNotification(
                thread_id=self._thread.id,
                turn_id=new_turn_id(),
                error=TurnError(message="conversation is not running", codex_error_info="badRequest"),
                will_retry=False,
            )
        )
        return None


def voice_of(thread: AgentThread) -> Voice:
    """The thread's voice; made when a client first wants it."""
    voice = thread.voice
    if not isinstance(voice, Voice):
        voice = thread.voice = Voice(thread)
    return voice
