"""Spoken conversations in a thread."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import U16, U32, Dated, WireModel, omitted_if_empty

CodexResponseHandoffMode = Literal["thinking", "commentary", "bemTags"]
"""How the agent's answers reach the voice."""

ConversationTextRole = Literal["user", "developer", "assistant"]
"""In whose name a text is added."""

RealtimeConversationVersion = Annotated[Literal["v1", "v2", "v3"], Dated(new=("v3",), instead="v2")]
"""The version of the provider's interface."""

RealtimeOutputModality = Literal["text", "audio"]
"""How the model answers."""

RealtimeVoice = Annotated[
    Literal[
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
    ],
    Dated(
        new=(
            "aube",
            "bubbie",
            "haetsal",
            "hanul",
            "himari",
            "leher",
            "miko",
            "neer",
            "porto",
            "rindo",
            "rio",
            "rivage",
            "selva",
            "sonna",
            "tinta",
            "viola",
        )
    ),
]
"""A voice of the provider."""


class RealtimeVoicesList(WireModel):
    """The voices by version."""

    v1: list[RealtimeVoice]
    v2: list[RealtimeVoice]
    v3: list[RealtimeVoice] = omitted_if_empty()
    default_v1: RealtimeVoice
    default_v2: RealtimeVoice


class ThreadRealtimeAudioChunk(WireModel):
    """Some sound."""

    data: str
    """Base64 of 16-bit PCM."""
    sample_rate: U32
    """In hertz."""
    num_channels: U16
    samples_per_channel: U32 | None = None
    item_id: str | None = None


class ThreadRealtimeAppendAudioParams(WireModel):
    """`thread/realtime/appendAudio`."""

    thread_id: str
    audio: ThreadRealtimeAudioChunk


class ThreadRealtimeAppendAudioResponse(WireModel):
    """Empty."""


class ThreadRealtimeAppendTextParams(WireModel):
    """`thread/realtime/appendText`."""

    thread_id: str
    text: str
    role: ConversationTextRole = "user"


class ThreadRealtimeAppendTextResponse(WireModel):
    """Empty."""


class ThreadRealtimeInitialItem(WireModel):
    """What was said before."""

    role: ConversationTextRole
    text: str


class ThreadRealtimeListVoicesParams(WireModel):
    """`thread/realtime/listVoices`."""


class ThreadRealtimeListVoicesResponse(WireModel):
    """The voices."""

    voices: RealtimeVoicesList


class WebsocketThreadRealtimeStartTransport(WireModel):
    """The server carries the sound."""

    type: Literal["websocket"] = "websocket"


class WebrtcThreadRealtimeStartTransport(WireModel):
    """The client talks to the provider itself."""

    type: Literal["webrtc"] = "webrtc"
    sdp: str
    """The client's offer."""


class ExistingCallThreadRealtimeStartTransport(WireModel):
    """A call that exists already."""

    type: Literal["existingCall"] = "existingCall"
    call_id: str


ThreadRealtimeStartTransport = Annotated[
    WebsocketThreadRealtimeStartTransport
    | WebrtcThreadRealtimeStartTransport
    | ExistingCallThreadRealtimeStartTransport,
    Field(discriminator="type"),
]
"""Which way the sound goes."""


class ThreadRealtimeStartParams(WireModel):
    """`thread/realtime/start`."""

    thread_id: str
    client_managed_handoffs: bool | None = None
    """True: the client decides when the agent is asked."""
    delegation_ack_filler: bool | None = None
    flush_transcript_tail_on_session_end: bool | None = None
    codex_responses_as_items: bool | None = None
    """True: the agent's answers become items of the conversation."""
    codex_response_item_prefix: str | None = None
    codex_response_handoff_mode: CodexResponseHandoffMode | None = None
    backend_reasoning_status: bool = False
    codex_response_handoff_channel_prefixes: dict[str, list[str]] | None = None
    model: str | None = None
    output_modality: RealtimeOutputModality
    include_startup_context: bool | None = None
    """False: the voice is not told of the thread so far."""
    initial_items: list[ThreadRealtimeInitialItem] | None = None
    realtime_start_instructions: str | None = None
    realtime_end_instructions: str | None = None
    prompt: str | None = None
    """Absent: the built-in one. Null: none."""
    realtime_session_id: str | None = None
    voice_session_id: str | None = None
    transport: ThreadRealtimeStartTransport | None = None
    version: RealtimeConversationVersion | None = None
    voice: RealtimeVoice | None = None


class ThreadRealtimeStartResponse(WireModel):
    """Empty."""


class ThreadRealtimeStopParams(WireModel):
    """`thread/realtime/stop`."""

    thread_id: str


class ThreadRealtimeStopResponse(WireModel):
    """Empty."""
