"""The headers of a request to a model (model-client.md §2). Names are lower case, as on the wire."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from app_server.http.message import Headers, printable
from app_server.model.client_identity import ClientIdentity, identity_headers
from app_server.model.lenient_json import dumps
from app_server.model.provider import ModelProvider
from app_server.model.request_credentials import RequestCredentials
from protocol.wire import JsonObject

ATTESTATION: Final = "x-oai-attestation"
TURN_STATE: Final = "x-codex-turn-state"
_NAME_CHARACTERS: Final = frozenset("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz")


def _ascii_json(value: JsonObject) -> bytes:
    import json  # orjson cannot escape what is not ASCII

    return json.dumps(value, separators=(",", ":")).encode("ascii")


class ThreadFacts(NamedTuple):
    """What a thread's requests say about it. `session_id` is the root thread's, also for sub-agents."""

    thread_id: str
    session_id: str
    installation_id: str
    beta_features: tuple[str, ...] = ()
    subagent: str | None = None
    parent_thread_id: str | None = None


class TurnMetadata(NamedTuple):
    """What a turn's requests say about it. `client_metadata` is the client's, and never overrides ours."""

    turn_id: str
    sandbox: str
    started_at_unix_ms: int | None = None
    thread_source: str | None = None
    workspaces: JsonObject | None = None
    client_metadata: Mapping[str, str] | None = None
    trigger: str | None = None
    """What made a client start the turn."""

    def to_header(self, facts: ThreadFacts) -> bytes:
        """One line of ASCII JSON (model-client.md §2.3)."""
        value: JsonObject = {"session_id": facts.session_id, "thread_id": facts.thread_id}
        source = self.thread_source or (None if facts.subagent is None else "subagent")
        if source is not None:
            value["thread_source"] = source
        value["turn_id"] = self.turn_id
        if self.trigger is not None:
            value["turn_trigger"] = self.trigger
        if self.workspaces:
            value["workspaces"] = self.workspaces
        value["sandbox"] = self.sandbox
        if self.started_at_unix_ms is not None:
            value["turn_started_at_unix_ms"] = self.started_at_unix_ms
        for key, text in (self.client_metadata or {}).items():
            if key != "turn_started_at_unix_ms":
                value.setdefault(key, text)
        header = dumps(value)
        return header if header.isascii() else _ascii_json(value)


def provider_headers(provider: ModelProvider, env: Mapping[str, str]) -> Headers:
    """A provider's static headers, without those that HTTP cannot carry or whose variable is blank."""
    headers: Headers = {}
    for name, text in provider.http_headers.items():
        _put(headers, name, text)
    for name, variable in provider.env_http_headers.items():
        if (text := env.get(variable, "")).strip():
            _put(headers, name, text)
    return headers


def thread_headers(facts: ThreadFacts, window_number: int) -> Headers:
    """What every request of a thread carries. The window's number counts the thread's compactions."""
    headers: Headers = {
        "session-id": facts.session_id.encode(),
        "thread-id": facts.thread_id.encode(),
        "x-client-request-id": facts.thread_id.encode(),
        "x-codex-window-id": f"{facts.thread_id}:{window_number}".encode(),
    }
    if facts.beta_features:
        headers["x-codex-beta-features"] = printable(",".join(facts.beta_features))
    if facts.subagent is not None:
        headers["x-openai-subagent"] = printable(facts.subagent)
    if facts.parent_thread_id is not None:
        headers["x-codex-parent-thread-id"] = facts.parent_thread_id.encode()
    return headers


def request_headers(
    *,
    identity: ClientIdentity,
    static: Headers,
    facts: ThreadFacts,
    window_number: int,
    metadata: TurnMetadata,
    turn_state: str | None,
    attestation: bytes | None,
    credentials: RequestCredentials,
) -> Headers:
    """All headers of one streaming request; later ones win: identity, provider, request, credentials."""
    headers = identity_headers(identity)
    headers.update(static)
    headers.update(thread_headers(facts, window_number))
    headers["x-codex-turn-metadata"] = metadata.to_header(facts)
    if turn_state is not None:
        headers[TURN_STATE] = turn_state.encode("latin-1", "replace")
    if attestation is not None:
        headers[ATTESTATION] = attestation
    headers["accept"] = b"text/event-stream"
    headers.setdefault("content-type", b"application/json")
    headers.update(credentials.headers)
    return headers


def _put(headers: Headers, name: str, text: str) -> None:
    value = text.strip().encode("utf-8", "surrogateescape")
    lower = name.lower()
    if (
        lower
        and _NAME_CHARACTERS.issuperset(lower)
        and not any(byte < 0x20 or byte == 0x7F for byte in value)
    ):
        headers[lower] = value
