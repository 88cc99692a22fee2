"""One spoken conversation, from its start to its end (model-client.md §8).

The provider's websocket is read here; the clients hear of what matters to them. Its end, whoever wants it,
never touches a turn: work that the voice gave to the agent goes on.
"""

import logging
from collections import deque
from typing import Final

import anyio

from app_server.agent.realtime.delegated import Delegations
from app_server.agent.realtime.plan import SpokenRequest, open_socket, open_way
from app_server.agent.session import Session
from app_server.agent.thread import AgentThread
from app_server.http.message import HttpError
from app_server.http.websocket import WebSocket, WebSocketClosedError
from app_server.model.errors import ModelError, disconnected
from app_server.model.lenient_json import dumps
from app_server.model.realtime.heard import (
    Delegated,
    Failed,
    Heard,
    Item,
    Responding,
    Sound,
    StaysSilent,
    TooEarly,
    Words,
    heard_in,
)
from app_server.model.realtime.settings import session_update, sound, speak_up, tool_output
from protocol.realtime import ThreadRealtimeAudioChunk
from protocol.realtime_events import (
    ThreadRealtimeClosedNotification,
    ThreadRealtimeErrorNotification,
    ThreadRealtimeItemAddedNotification,
    ThreadRealtimeOutputAudioDeltaNotification,
    ThreadRealtimeSdpNotification,
    ThreadRealtimeStartedNotification,
    ThreadRealtimeTranscriptDeltaNotification,
    ThreadRealtimeTranscriptDoneNotification,
)
from protocol.wire import JsonObject, WireModel

logger = logging.getLogger("app_server.agent")

_SOUNDS_WAITING: Final = 256
"""So much sound may wait for a slow provider; what comes then is lost, as on a bad line."""


class SpokenConversation:
    """Runs as one task. What the clients add waits until the provider is there."""

    def __init__(self, thread: AgentThread, request: SpokenRequest) -> None:
        self.done = anyio.Event()
        self._session: Session = thread.session
        self._request = request
        self._delegations = Delegations(thread, self.send, self.speak)
        self._waiting: deque[JsonObject] = deque()
        self._more = anyio.Event()
        self._responding = self._speak_next = False
        self._scope = anyio.CancelScope()

    def send(self, *frames: JsonObject) -> None:
        """Send after what is waiting already."""
        self._waiting.extend(frames)
        self._more.set()

    def hear(self, data: str) -> None:
        """Send sound of the user."""
        if len(self._waiting) < _SOUNDS_WAITING:
            self.send(sound(data))
        else:
            logger.debug("thread %s: sound is lost, the provider is slow", self._session.thread_id)

    def speak(self) -> None:
        """Have the voice say something, when it has said what it is saying."""
        self._speak_next = self._responding
        if not self._responding:
            self.send(speak_up())

    async def end(self) -> None:
        """Stop, and wait until that is done. Nothing is told."""
        self._scope.cancel()
        await self.done.wait()

    async def run(self) -> None:
        """Until the provider has had enough, or `end`. Tells how it ends unless that was asked for."""
        started = False
        try:
            with self._scope:
                opened = await open_way(self._session, self._request)
                if opened.call is None:
                    socket = await open_socket(self._session, opened)
                    started = self._started()
                else:
                    # The call stands, and the sound flows, whatever comes of the websocket beside it.
                    started = self._started()
                    self._emit(
                        ThreadRealtimeSdpNotification(
                            thread_id=self._session.thread_id, sdp=opened.call.answer
                        )
                    )
                    socket = await open_socket(self._session, opened)
                try:
                    await self._converse(socket)
                finally:
                    await socket.close()
        except ModelError as error:
            self._fail(error.message, closed=started)
        except Exception:  # the boundary of a conversation: a defect ends it, never the thread
            logger.exception("thread %s: a spoken conversation failed", self._session.thread_id)
            self._fail("the conversation ended by a fault of the server", closed=started)
        finally:
            self._session.realtime_active = False
            self.done.set()

    def _started(self) -> bool:
        self._session.realtime_active = True
        self._emit(
            ThreadRealtimeStartedNotification(
                thread_id=self._session.thread_id,
                realtime_session_id=self._request.session_id,
                version="v2",
            )
        )
        return True

    async def _converse(self, socket: WebSocket) -> None:
        """Raises ModelError when the connection breaks."""
        if self._request.kind != "joined":
            first = (session_update(self._request.settings.to_session()), *self._request.first_frames)
            self._waiting.extendleft(reversed(first))
        broken: list[HttpError] = []
        async with anyio.create_task_group() as tasks:

            async def write() -> None:
                try:
                    await self._write(socket)
                except HttpError as error:
                    broken.append(error)
                    tasks.cancel_scope.cancel()

            tasks.start_soon(write, name="realtime writer")
            tasks.start_soon(self._delegations.run, name="realtime delegations")
            try:
                await self._read(socket)
            except HttpError as error:
                broken.append(error)
            tasks.cancel_scope.cancel()
        if broken:
            raise disconnected(f"failed to read websocket message: {broken[0]}") from None

    async def _write(self, socket: WebSocket) -> None:
        while True:
            while self._waiting:
                await socket.send(dumps(self._waiting.popleft()))
            self._more = anyio.Event()
            await self._more.wait()

    async def _read(self, socket: WebSocket) -> None:
        while True:
            try:
                messages = await socket.receive()
            except WebSocketClosedError:
                self._closed("transport_closed")
                return
            for message in messages:
                heard = heard_in(message)
                if isinstance(heard, Failed):
                    self._fail(heard.message, closed=True)
                    return
                if heard is not None:
                    self._tell(heard)
            await self._session.sink.drain()

    def _tell(self, heard: Heard) -> None:
        thread_id = self._session.thread_id
        match heard:
            case Item(item):
                self._emit(ThreadRealtimeItemAddedNotification(thread_id=thread_id, item=item))
            case Words(role, text, True):
                self._delegations.note(role, text)
                self._emit(
                    ThreadRealtimeTranscriptDoneNotification(thread_id=thread_id, role=role, text=text)
                )
            case Words(role, text, _):
                self._emit(
                    ThreadRealtimeTranscriptDeltaNotification(thread_id=thread_id, role=role, delta=text)
                )
            case Sound(data, rate, channels, samples, item_id):
                chunk = ThreadRealtimeAudioChunk(
                    data=data,
                    sample_rate=rate,
                    num_channels=channels,
                    samples_per_channel=samples,
                    item_id=item_id,
                )
                self._emit(ThreadRealtimeOutputAudioDeltaNotification(thread_id=thread_id, audio=chunk))
            case Responding(active):
                self._responding = active
                if not active and self._speak_next:
                    self.speak()
            case TooEarly():
                self._responding = self._speak_next = True
            case StaysSilent(call_id):
                self.send(tool_output(call_id, ""))
            case Delegated():
                item = self._delegations.take(heard)
                self._emit(ThreadRealtimeItemAddedNotification(thread_id=thread_id, item=item))
            case Failed():
                raise AssertionError("a failure ends the reading")

    def _fail(self, message: str, *, closed: bool) -> None:
        self._emit(ThreadRealtimeErrorNotification(thread_id=self._session.thread_id, message=message))
        if closed:
            self._closed("error")

    def _closed(self, reason: str) -> None:
        self._emit(ThreadRealtimeClosedNotification(thread_id=self._session.thread_id, reason=reason))

    def _emit(self, event: WireModel) -> None:
        self._session.sink.emit(event)
