"""What is heard and said in a spoken conversation."""

from protocol.realtime import RealtimeConversationVersion, ThreadRealtimeAudioChunk
from protocol.wire import JsonValue, WireModel


class ThreadRealtimeClosedNotification(WireModel):
    """`thread/realtime/closed`."""

    thread_id: str
    reason: str | None = None


class ThreadRealtimeErrorNotification(WireModel):
    """`thread/realtime/error`."""

    thread_id: str
    message: str


class ThreadRealtimeItemAddedNotification(WireModel):
    """`thread/realtime/itemAdded`: an item of the provider, unchanged."""

    thread_id: str
    item: JsonValue


class ThreadRealtimeOutputAudioDeltaNotification(WireModel):
    """`thread/realtime/outputAudio/delta`: sound of the model."""

    thread_id: str
    audio: ThreadRealtimeAudioChunk


class ThreadRealtimeSdpNotification(WireModel):
    """`thread/realtime/sdp`: the provider's answer to the client's offer."""

    thread_id: str
    sdp: str


class ThreadRealtimeStartedNotification(WireModel):
    """`thread/realtime/started`."""

    thread_id: str
    realtime_session_id: str | None = None
    version: RealtimeConversationVersion


class ThreadRealtimeTranscriptDeltaNotification(WireModel):
    """`thread/realtime/transcript/delta`: more of what is being said."""

    thread_id: str
    role: str
    delta: str


class ThreadRealtimeTranscriptDoneNotification(WireModel):
    """`thread/realtime/transcript/done`: what was said."""

    thread_id: str
    role: str
    text: str
