"""Opening the websocket of a spoken conversation: beside a call, or as the only way (model-client.md §8)."""

import logging
from typing import Final

import anyio

from app_server.http.message import Headers, HttpError, HttpRequest, printable, status_line
from app_server.http.websocket import Handshake, WebSocket
from app_server.model.auth import ApiKeyAuth, Auth
from app_server.model.errors import ModelError, disconnected
from app_server.model.provider import OPENAI
from app_server.model.realtime.call import SESSION
from app_server.model.request_credentials import bearer
from app_server.model.retry import backoff
from app_server.model.thread_requests import ThreadRequests

_log: Final = logging.getLogger("app_server.model")
_NOT_CONNECTED: Final = "failed to connect realtime websocket: "


async def call_headers(client: ThreadRequests, session_id: str) -> Headers:
    """Those of a websocket beside a call that somebody else has made: nothing is asked for it."""
    headers = client.own_headers()
    headers[SESSION] = printable(session_id)
    headers.update((await client.credentials.current()).headers)
    return headers


async def key_headers(client: ThreadRequests, auth: Auth | None, session_id: str) -> Headers:
    """Those of a websocket without a call, which takes a key and never an attestation. Raises ModelError."""
    headers = client.own_headers()
    headers[SESSION] = printable(session_id)
    provider = client.provider
    if provider.env_key is not None or provider.bearer_token is not None or provider.command_auth is not None:
        headers.update((await client.credentials.current()).headers)
        return headers
    key = auth.key if isinstance(auth, ApiKeyAuth) else ""
    if not key and provider.id == OPENAI:
        key = client.env.get("OPENAI_API_KEY", "").strip()
    if not key:
        raise ModelError("realtime conversation requires API key auth")
    headers.update(bearer(key).headers)
    return headers


async def connect(client: ThreadRequests, url: str, headers: Headers, *, retries: int = 0) -> WebSocket:
    """The open websocket. Every attempt sends the same headers. Raises ModelError."""
    problem = ""
    for attempt in range(1, retries + 2):
        try:
            with anyio.fail_after(client.provider.websocket_connect_timeout_ms / 1000):
                return await _attempt(client, url, headers)
        except TimeoutError:
            problem = "timed out"
        except HttpError as error:
            problem = str(error)
        _log.debug("thread %s: realtime websocket, attempt %d: %s", client.facts.thread_id, attempt, problem)
        if attempt <= retries:
            await anyio.sleep(backoff(attempt))
    raise disconnected(_NOT_CONNECTED + problem)


async def _attempt(client: ThreadRequests, url: str, headers: Headers) -> WebSocket:
    handshake = Handshake()
    asked = {**headers, **handshake.headers}
    del asked["sec-websocket-extensions"]  # what sound is left to compress is not worth the time
    response = await client.http.upgrade(HttpRequest("GET", url, asked))
    try:
        if response.status == 101:
            return handshake.accepted(response)
    except HttpError:
        await response.close()
        raise
    await response.close()
    raise HttpError(f"HTTP error: {status_line(response.status)}", answered=True)
