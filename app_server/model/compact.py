"""`POST {base}/responses/compact`: the provider shortens a history (model-client.md §7.2)."""

from typing import Final

from app_server.http.message import Headers
from app_server.model.answer.items import is_valid_item
from app_server.model.client_identity import ClientIdentity, identity_headers
from app_server.model.errors import disconnected
from app_server.model.headers import (
    ATTESTATION,
    ThreadFacts,
    thread_headers,
)
from app_server.model.lenient_json import loads
from app_server.model.request import ResponsesRequest, as_json, request_fields
from app_server.model.request_credentials import RequestCredentials
from protocol.wire import JsonObject

_KEYS: Final = (
    *("model", "instructions", "input", "tools", "parallel_tool_calls", "reasoning", "service_tier"),
    *("prompt_cache_key", "text"),
)
_ALSO_VALID: Final = frozenset({"function_call_output", "custom_tool_call_output", "compaction_summary"})


def compact_body(request: ResponsesRequest, *, thread_id: str, with_tier: bool) -> bytes:
    """The request as JSON text: what a turn would ask, without all that concerns a stream.

    A login by key has no tiers here. Raises ModelError for an input that no JSON can hold.
    """
    if not with_tier:
        request = request._replace(service_tier=None)
    whole = request_fields(request, thread_id=thread_id, installation_id="")
    return as_json({key: whole[key] for key in _KEYS if whole.get(key) is not None})


def compact_headers(
    *,
    identity: ClientIdentity,
    static: Headers,
    facts: ThreadFacts,
    window_number: int,
    attestation: bytes | None,
    credentials: RequestCredentials,
) -> Headers:
    """All headers of the request; later ones win, as in a turn's."""
    headers = identity_headers(identity)
    headers.update(static)
    headers.update(thread_headers(facts, window_number))
    del headers["x-client-request-id"]
    headers["x-codex-installation-id"] = facts.installation_id.encode()
    if attestation is not None:
        headers[ATTESTATION] = attestation
    headers["accept"] = b"*/*"
    headers["content-type"] = b"application/json"
    headers.update(credentials.headers)
    return headers


def compacted_items(answer: bytes) -> list[JsonObject]:
    """The items of the provider's answer; those of a kind that we do not know are left out.

    Raises ModelError when it is no such answer.
    """
    value = loads(answer)
    if value is None:
        raise disconnected("the answer is no JSON")
    output = value.get("output") if isinstance(value, dict) else None
    if not isinstance(output, list):
        raise disconnected("the answer has no `output`")
    items = [item for item in output if isinstance(item, dict)]
    return [item for item in items if is_valid_item(item) or item.get("type") in _ALSO_VALID]
