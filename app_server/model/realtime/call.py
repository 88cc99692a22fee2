"""`POST {base}/realtime/calls`: the client's offer goes to the provider, whose answer comes back (§8)."""

from typing import Final, NamedTuple

from app_server.http.message import Headers, HttpRequest, printable
from app_server.model.errors import disconnected
from app_server.model.headers import ATTESTATION
from app_server.model.lenient_json import dumps
from app_server.model.realtime.address import call_id_of
from app_server.model.thread_requests import ThreadRequests
from protocol.wire import JsonObject

SESSION: Final = "x-session-id"
_BOUNDARY: Final = "codex-realtime-call-boundary"
_BACKEND: Final = "/backend-api"


class RealtimeCall(NamedTuple):
    """A call that the provider has taken."""

    id: str
    answer: str
    """The provider's session description."""
    headers: Headers
    """What the websocket beside the call says of itself: the call's own values, attestation included."""


async def create_call(
    client: ThreadRequests, offer: str, session: JsonObject, *, session_id: str
) -> RealtimeCall:
    """Make the call. The attestation is asked for once, here. Raises ModelError."""
    credentials = await client.credentials.current()
    headers = client.own_headers()
    headers[SESSION] = printable(session_id)
    if (attestation := await client.attestation()) is not None:
        headers[ATTESTATION] = attestation
    headers.update(credentials.headers)
    url = credentials.url(client.provider, "realtime/calls")
    kind, body = _body(offer, session, as_json=_BACKEND in url)
    sent = {"accept": b"*/*", "content-type": kind, **headers}
    answer, answered = await client.exchange(HttpRequest("POST", url, sent, body))
    location = answered.get("location")
    if location is None:
        raise disconnected("realtime call response missing Location")
    call_id = call_id_of(location)
    if call_id is None:
        raise disconnected(f"realtime call Location does not contain a call id: {location}")
    try:
        return RealtimeCall(call_id, answer.decode(), headers)
    except UnicodeDecodeError:
        raise disconnected("failed to decode realtime call SDP response: invalid utf-8") from None


def _body(offer: str, session: JsonObject, *, as_json: bool) -> tuple[bytes, bytes]:
    """The body and its type: the ChatGPT backend takes JSON, the API a form."""
    if as_json:
        return b"application/json", dumps({"sdp": offer, "session": session})
    parts = (
        ("sdp", "application/sdp", offer.encode("utf-8", "replace")),
        ("session", "application/json", dumps(session)),
    )
    form = b"".join(
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, kind, content in parts
    )
    return f"multipart/form-data; boundary={_BOUNDARY}".encode(), form + f"--{_BOUNDARY}--\r\n".encode()
