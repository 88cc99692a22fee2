"""realtime_events"""

from protocol.realtime import RealtimeConversationVersion, ThreadRealtimeAudioChunk
from protocol.wire import JsonValue, WireModel


class ThreadRealtimeClosedNotification(WireModel):
    """ThreadRealtimeClosedNotification."""

    thread_id: str
    reason: str | None = None


class ThreadRealtimeErrorNotification(WireModel):
    """ThreadRealtimeErrorNotification."""

    thread_id: str
    message: str


class ThreadRealtimeItemAddedNotification(WireModel):
    """ThreadRealtimeItemAddedNotification."""

    thread_id: str
    item: JsonValue


class ThreadRealtimeOutputAudioDeltaNotification(WireModel):
    """ThreadRealtimeOutputAudioDeltaNotification."""

    thread_id: str
    audio: ThreadRealtimeAudioChunk


class ThreadRealtimeSdpNotification(WireModel):
    """ThreadRealtimeSdpNotification."""

    thread_id: str
    sdp: str


class ThreadRealtimeStartedNotification(WireModel):
    """ThreadRealtimeStartedNotification."""

    thread_id: str
    realtime_session_id: str | None = None
    version: RealtimeConversationVersion


class ThreadRealtimeTranscriptDeltaNotification(WireModel):
    """ThreadRealtimeTranscriptDeltaNotification."""

    thread_id: str
    role: str
    delta: str


class ThreadRealtimeTranscriptDoneNotification(WireModel):
    """ThreadRealtimeTranscriptDoneNotification."""

    thread_id: str
    role: str
    text: str
