"""`thread/realtime/*`: spoken conversations of loaded threads (model-client.md §8).

Each request but a refused one is answered at once; what comes of it is told by notifications.
"""

from typing import Final

from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.realtime.instructions import voice_instructions
from app_server.agent.realtime.plan import SpokenRequest
from app_server.agent.realtime.voice import Voice, voice_of
from app_server.agent.session import Session
from app_server.agent.thread import AgentThread
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.model.auth import AuthStore
from app_server.model.realtime.settings import DEFAULT_MODEL, DEFAULT_VOICE, VoiceSettings, said
from protocol.jsonrpc import invalid_request
from protocol.realtime import (
    ExistingCallThreadRealtimeStartTransport,
    RealtimeVoicesList,
    ThreadRealtimeAppendAudioParams,
    ThreadRealtimeAppendAudioResponse,
    ThreadRealtimeAppendTextParams,
    ThreadRealtimeAppendTextResponse,
    ThreadRealtimeListVoicesParams,
    ThreadRealtimeListVoicesResponse,
    ThreadRealtimeStartParams,
    ThreadRealtimeStartResponse,
    ThreadRealtimeStopParams,
    ThreadRealtimeStopResponse,
    WebrtcThreadRealtimeStartTransport,
)
from protocol.realtime_events import ThreadRealtimeErrorNotification

_VOICES: Final = RealtimeVoicesList(
    v1=["juniper", "maple", "spruce", "ember", "vale", "breeze", "arbor", "sol", "cove"],
    v2=["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
    v3=[],
    default_v1="cove",
    default_v2="marin",
)
_VERSION: Final = "v2"
"""The version of the providers' interface that is spoken; there are an older and a newer one."""


class RealtimeHandlers:
    """Starts conversations, adds to them, stops them. Whoever asks hears from then on of the thread."""

    def __init__(self, loaded: LoadedThreads, audience: Audience, auth: AuthStore) -> None:
        self._loaded = loaded
        self._audience = audience
        self._auth = auth

    async def list_voices(
        self, _call: Call, _params: ThreadRealtimeListVoicesParams
    ) -> ThreadRealtimeListVoicesResponse:
        return ThreadRealtimeListVoicesResponse(voices=_VOICES)

    async def start(
        self, call: Call, params: ThreadRealtimeStartParams
    ) -> Reply[ThreadRealtimeStartResponse]:
        thread = self._thread(call, params.thread_id)
        joins = isinstance(params.transport, ExistingCallThreadRealtimeStartTransport)
        if joins and params.prompt is not None:
            raise invalid_request("existingCall transport does not support prompt")
        if params.version not in (None, _VERSION):
            problem = f"realtime {params.version} is not spoken by this server, only {_VERSION}"
            event = ThreadRealtimeErrorNotification(thread_id=thread.id, message=problem)
            return Reply(ThreadRealtimeStartResponse(), lambda: thread.session.sink.emit(event))
        request = self._request(thread.session, params)
        return Reply(ThreadRealtimeStartResponse(), lambda: voice_of(thread).start(request))

    async def append_audio(
        self, call: Call, params: ThreadRealtimeAppendAudioParams
    ) -> Reply[ThreadRealtimeAppendAudioResponse]:
        voice = self._voice(call, params.thread_id)
        return Reply(ThreadRealtimeAppendAudioResponse(), lambda: voice.add_sound(params.audio.data))

    async def append_text(
        self, call: Call, params: ThreadRealtimeAppendTextParams
    ) -> Reply[ThreadRealtimeAppendTextResponse]:
        voice = self._voice(call, params.thread_id)
        return Reply(ThreadRealtimeAppendTextResponse(), lambda: voice.add_text(params.text, params.role))

    async def stop(self, call: Call, params: ThreadRealtimeStopParams) -> Reply[ThreadRealtimeStopResponse]:
        return Reply(ThreadRealtimeStopResponse(), self._voice(call, params.thread_id).stop)

    def _voice(self, call: Call, thread_id: str) -> Voice:
        return voice_of(self._thread(call, thread_id))

    def _thread(self, call: Call, thread_id: str) -> AgentThread:
        """The loaded thread, which from now on has the caller for an audience. Raises RpcError."""
        with refusals():
            thread = self._loaded.require(thread_id_of(thread_id))
        self._audience.subscribe(call.client, thread.id)
        if not thread.session.config.feature("realtime_conversation"):
            raise invalid_request(f"thread {thread.id} does not support realtime conversation")
        return thread

    def _request(self, session: Session, params: ThreadRealtimeStartParams) -> SpokenRequest:
        transport = params.transport
        configured = session.config.values.get("experimental_realtime_ws_model")
        settings = VoiceSettings(
            voice_instructions(
                session,
                params.prompt,
                built_in="prompt" not in params.model_fields_set,
                startup_context=params.include_startup_context is not False,
            ),
            params.model or (configured if isinstance(configured, str) and configured else DEFAULT_MODEL),
            params.voice or DEFAULT_VOICE,
            params.output_modality,
        )
        return SpokenRequest(
            settings=settings,
            session_id=params.realtime_session_id or session.thread_id,
            auth=self._auth.current,
            offer=transport.sdp if isinstance(transport, WebrtcThreadRealtimeStartTransport) else None,
            call_id=transport.call_id
            if isinstance(transport, ExistingCallThreadRealtimeStartTransport)
            else None,
            first_frames=tuple(said(item.text, item.role) for item in params.initial_items or ()),
        )
