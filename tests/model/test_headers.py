"""The headers of a request: which are there, who wins, and what never gets into one."""

import json

from app_server.model.headers import ThreadFacts, TurnMetadata, provider_headers, request_headers
from app_server.model.provider import ModelProvider
from app_server.model.providers import provider_for
from app_server.model.request_credentials import RequestCredentials

FACTS = ThreadFacts("thread-1", "session-1", "inst-1")


class Identity:
    originator = "näme"
    user_agent = "agent/1 (x)\n"


def _headers(
    static: dict[str, bytes] | None = None,
    *,
    facts: ThreadFacts = FACTS,
    turn_state: str | None = None,
    attestation: bytes | None = None,
    credentials: RequestCredentials | None = None,
) -> dict[str, bytes]:
    return request_headers(
        identity=Identity(),
        static=static or {},
        facts=facts,
        window_number=2,
        metadata=TurnMetadata("turn-1", "seccomp", 5),
        turn_state=turn_state,
        attestation=attestation,
        credentials=credentials or RequestCredentials(),
    )


def test_a_plain_request_carries_exactly_these() -> None:
    assert _headers() == {
        "originator": b"n_me",
        "user-agent": b"agent/1 (x)_",
        "session-id": b"session-1",
        "thread-id": b"thread-1",
        "x-client-request-id": b"thread-1",
        "x-codex-window-id": b"thread-1:2",
        "x-codex-turn-metadata": (
            b'{"session_id":"session-1","thread_id":"thread-1","turn_id":"turn-1","sandbox":"seccomp",'
            b'"turn_started_at_unix_ms":5}'
        ),
        "accept": b"text/event-stream",
        "content-type": b"application/json",
    }


def test_what_a_thread_is_goes_along() -> None:
    facts = FACTS._replace(beta_features=("a", "b"), subagent="collab_spawn", parent_thread_id="parent")

    plain = _headers()
    added = {name: value for name, value in _headers(facts=facts).items() if name not in plain}

    assert added == {
        "x-codex-beta-features": b"a,b",
        "x-openai-subagent": b"collab_spawn",
        "x-codex-parent-thread-id": b"parent",
    }


def test_a_provider_replaces_the_identity_but_neither_the_thread_nor_the_credentials() -> None:
    static = {"originator": b"theirs", "thread-id": b"theirs", "authorization": b"theirs", "x-own": b"1"}
    credentials = RequestCredentials((("authorization", b"Bearer ours"),))

    found = _headers(static, credentials=credentials)

    assert [found[name] for name in static] == [b"theirs", b"thread-1", b"Bearer ours", b"1"]


def test_the_attestation_goes_out_byte_by_byte() -> None:
    value = '{"v":1,"s":0,"t":"é☃"}'.encode()

    assert _headers(attestation=value)["x-oai-attestation"] == value
    assert "x-oai-attestation" not in _headers()


def test_the_turns_state_is_sent_back() -> None:
    assert _headers(turn_state="abc")["x-codex-turn-state"] == b"abc"


def test_metadata_is_ascii_and_the_clients_never_overrides_ours() -> None:
    metadata = TurnMetadata(
        "turn-1",
        "none",
        thread_source="subagent",
        workspaces={"/w": {"has_changes": True}},
        client_metadata={"turn_id": "theirs", "turn_started_at_unix_ms": "1", "own": "é\n"},
    )

    header = metadata.to_header(FACTS)

    assert header.isascii()
    assert b"\n" not in header
    assert json.loads(header) == {
        "session_id": "session-1",
        "thread_id": "thread-1",
        "thread_source": "subagent",
        "turn_id": "turn-1",
        "workspaces": {"/w": {"has_changes": True}},
        "sandbox": "none",
        "own": "é\n",
    }


def test_headers_of_a_provider_come_from_its_table_and_the_environment() -> None:
    provider = ModelProvider(
        "m",
        "m",
        http_headers={"X-One": " 1 ", "bad name": "x", "X-Bad": "a\nb", "": "x"},
        env_http_headers={"X-Two": "TWO", "X-Blank": "BLANK", "X-Unset": "UNSET"},
    )

    assert provider_headers(provider, {"TWO": "2", "BLANK": " "}) == {"x-one": b"1", "x-two": b"2"}


def test_openai_is_told_the_version_and_the_organisation() -> None:
    provider = provider_for("openai", {}, env={})

    found = provider_headers(provider, {"OPENAI_ORGANIZATION": "org", "OPENAI_PROJECT": ""})

    assert found == {"version": b"0.169.0", "openai-organization": b"org"}


def test_a_provider_may_name_the_kind_of_a_body() -> None:
    assert _headers(static={"content-type": b"text/json", "accept": b"all"})["content-type"] == b"text/json"
    assert _headers(static={"accept": b"all"})["accept"] == b"text/event-stream"
