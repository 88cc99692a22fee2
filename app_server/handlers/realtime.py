"""Spoken conversations: the voices that there are. Holding one is not built yet (model-client.md §8)."""

from typing import Final

from app_server.handlers.base import Call
from protocol.realtime import (
    RealtimeVoicesList,
    ThreadRealtimeListVoicesParams,
    ThreadRealtimeListVoicesResponse,
)

_VOICES: Final = RealtimeVoicesList(
    v1=["juniper", "maple", "spruce", "ember", "vale", "breeze", "arbor", "sol", "cove"],
    v2=["alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", "marin", "cedar"],
    v3=[],
    default_v1="cove",
    default_v2="marin",
)


class RealtimeHandlers:
    """What clients may know before they speak."""

    async def list_voices(
        self, _call: Call, _params: ThreadRealtimeListVoicesParams
    ) -> ThreadRealtimeListVoicesResponse:
        return ThreadRealtimeListVoicesResponse(voices=_VOICES)
