"""What a client asks of a spoken conversation, and its way to the provider (model-client.md §8)."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from app_server.agent.session import Session
from app_server.http.websocket import WebSocket
from app_server.model.auth import Auth
from app_server.model.realtime.address import socket_url
from app_server.model.realtime.call import RealtimeCall, create_call
from app_server.model.realtime.connecting import call_headers, connect, key_headers
from app_server.model.realtime.settings import VoiceSettings
from protocol.wire import JsonObject


@dataclass(frozen=True, slots=True)
class SpokenRequest:
    """One start. Without an offer and without a call the sound goes over the websocket."""

    settings: VoiceSettings
    session_id: str
    auth: Auth | None
    offer: str | None = None
    call_id: str | None = None
    first_frames: tuple[JsonObject, ...] = ()
    """What is said right after the settings."""

    @property
    def kind(self) -> Literal["call", "joined", "plain"]:
        if self.offer is not None:
            return "call"
        return "plain" if self.call_id is None else "joined"


class Opened(NamedTuple):
    """How far the way to the provider has been gone before the websocket is opened."""

    url: str
    headers: dict[str, bytes]
    retries: int
    call: RealtimeCall | None = None


async def open_way(session: Session, request: SpokenRequest) -> Opened:
    """Make the call, if there is to be one. Raises ModelError."""
    client, model = session.client, request.settings.model
    configured = session.config.values.get("experimental_realtime_ws_base_url")
    base = configured if isinstance(configured, str) and configured else client.provider.base_url
    query = client.provider.query_params
    retries = client.provider.request_max_retries
    if request.offer is not None:
        call = await create_call(
            client, request.offer, request.settings.to_call(), session_id=request.session_id
        )
        return Opened(socket_url(base, {**query, "call_id": call.id}), call.headers, retries, call)
    if request.call_id is not None:
        headers = await call_headers(client, request.session_id)
        return Opened(socket_url(base, {**query, "call_id": request.call_id}), headers, retries)
    headers = await key_headers(client, request.auth, request.session_id)
    return Opened(socket_url(base, {**query, "model": model}), headers, 0)


async def open_socket(session: Session, opened: Opened) -> WebSocket:
    """Raises ModelError."""
    return await connect(session.client, opened.url, opened.headers, retries=opened.retries)
