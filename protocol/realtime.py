"""realtime"""

from typing import Annotated, Literal

from protocol.wire import U16, U32, WireModel, by_tag, omitted_if_empty

CodexResponseHandoffMode = Literal["thinking", "commentary", "bemTags"]

ConversationTextRole = Literal["user", "developer", "assistant"]

RealtimeConversationVersion = Literal["v1", "v2", "v3"]

RealtimeOutputModality = Literal["text", "audio"]

RealtimeVoice = Literal[
    "alloy",
    "arbor",
    "ash",
    "aube",
    "ballad",
    "breeze",
    "bubbie",
    "cedar",
    "coral",
    "cove",
    "echo",
    "ember",
    "haetsal",
    "hanul",
    "himari",
    "juniper",
    "leher",
    "maple",
    "marin",
    "miko",
    "neer",
    "porto",
    "rindo",
    "rio",
    "rivage",
    "sage",
    "selva",
    "shimmer",
    "sol",
    "sonna",
    "spruce",
    "tinta",
    "vale",
    "verse",
    "viola",
]


class RealtimeVoicesList(WireModel):
    """RealtimeVoicesList."""

    v1: list[RealtimeVoice]
    v2: list[RealtimeVoice]
    v3: list[RealtimeVoice] = omitted_if_empty()
    default_v1: RealtimeVoice
    default_v2: RealtimeVoice


class ThreadRealtimeAudioChunk(WireModel):
    """ThreadRealtimeAudioChunk."""

    data: str
    sample_rate: U32
    num_channels: U16
    samples_per_channel: U32 | None = None
    item_id: str | None = None


class ThreadRealtimeAppendAudioParams(WireModel):
    """ThreadRealtimeAppendAudioParams."""

    thread_id: str
    audio: ThreadRealtimeAudioChunk


class ThreadRealtimeAppendAudioResponse(WireModel):
    """ThreadRealtimeAppendAudioResponse."""


class ThreadRealtimeAppendTextParams(WireModel):
    """ThreadRealtimeAppendTextParams."""

    thread_id: str
    text: str
    role: ConversationTextRole = "user"


class ThreadRealtimeAppendTextResponse(WireModel):
    """ThreadRealtimeAppendTextResponse."""


class ThreadRealtimeInitialItem(WireModel):
    """ThreadRealtimeInitialItem."""

    role: ConversationTextRole
    text: str


class ThreadRealtimeListVoicesParams(WireModel):
    """ThreadRealtimeListVoicesParams."""


class ThreadRealtimeListVoicesResponse(WireModel):
    """ThreadRealtimeListVoicesResponse."""

    voices: RealtimeVoicesList


class WebsocketThreadRealtimeStartTransport(WireModel):
    """WebsocketThreadRealtimeStartTransport."""

    type: Literal["websocket"] = "websocket"


class WebrtcThreadRealtimeStartTransport(WireModel):
    """WebrtcThreadRealtimeStartTransport."""

    type: Literal["webrtc"] = "webrtc"
    sdp: str


class ExistingCallThreadRealtimeStartTransport(WireModel):
    """ExistingCallThreadRealtimeStartTransport."""

    type: Literal["existingCall"] = "existingCall"
    call_id: str


ThreadRealtimeStartTransport = Annotated[
    WebsocketThreadRealtimeStartTransport
    | WebrtcThreadRealtimeStartTransport
    | ExistingCallThreadRealtimeStartTransport,
    by_tag("type"),
]


class ThreadRealtimeStartParams(WireModel):
    """ThreadRealtimeStartParams."""

    thread_id: str
    client_managed_handoffs: bool | None = None
    delegation_ack_filler: bool | None = None
    flush_transcript_tail_on_session_end: bool | None = None
    codex_responses_as_items: bool | None = None
    codex_response_item_prefix: str | None = None
    codex_response_handoff_mode: CodexResponseHandoffMode | None = None
    backend_reasoning_status: bool = False
    codex_response_handoff_channel_prefixes: dict[str, list[str]] | None = None
    model: str | None = None
    output_modality: RealtimeOutputModality
    include_startup_context: bool | None = None
    initial_items: list[ThreadRealtimeInitialItem] | None = None
    realtime_start_instructions: str | None = None
    realtime_end_instructions: str | None = None
    prompt: str | None = None
    realtime_session_id: str | None = None
    voice_session_id: str | None = None
    transport: ThreadRealtimeStartTransport | None = None
    version: RealtimeConversationVersion | None = None
    voice: RealtimeVoice | None = None


class ThreadRealtimeStartResponse(WireModel):
    """ThreadRealtimeStartResponse."""


class ThreadRealtimeStopParams(WireModel):
    """ThreadRealtimeStopParams."""

    thread_id: str


class ThreadRealtimeStopResponse(WireModel):
    """ThreadRealtimeStopResponse."""
