"""Ollama and LM Studio: a whole server with a model server on this machine (model-client.md §10.2)."""

import socket
from pathlib import Path

import pytest
from support.client import Client
from support.conversation import Turn, as_object, run_turn, start_thread
from support.home import write_chatgpt_login
from support.upstream import Status, Upstream

MODELS = {"ollama": "gpt-oss:20b", "lmstudio": "openai/gpt-oss-20b"}
pytestmark = pytest.mark.parametrize("provider", MODELS)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run(command: tuple[str, ...], home: Path, provider: str, base_url: str) -> list[Turn]:
    """Two turns of a server that was started for the provider."""
    arguments = ("--oss", "--local-provider", provider, "app-server")
    with Client((*command, *arguments), home, env={"CODEX_OSS_BASE_URL": base_url}) as client:
        client.on("attestation/generate", lambda _: {"token": "t"})
        client.initialize({"experimentalApi": True, "requestAttestation": True})
        assert client.call("account/read", {})["requiresOpenaiAuth"] is False
        thread_id = start_thread(client)
        return [run_turn(client, thread_id, text) for text in ("one", "two")]


def test_it_is_asked_for_its_model_and_gets_no_login(
    our_server: tuple[str, ...], peer_home: Path, provider: str
) -> None:
    write_chatgpt_login(peer_home)
    with Upstream() as upstream:
        turns = run(our_server, peer_home, provider, upstream.base_url)

    assert [turn.end["status"] for turn in turns] == ["completed", "completed"]
    assert [(one.method, one.path) for one in upstream.everything] == [("POST", "/v1/responses")] * 2
    for one in upstream.asked:
        assert one.json["model"] == MODELS[provider]
        assert not one.headers.keys() & {"authorization", "chatgpt-account-id", "x-oai-attestation"}


def test_one_that_does_not_run_is_told_at_once(
    our_server: tuple[str, ...], peer_home: Path, provider: str
) -> None:
    base_url = f"http://127.0.0.1:{free_port()}/v1"

    turns = run(our_server, peer_home, provider, base_url)

    for turn in turns:
        error = as_object(turn.end["error"])
        assert turn.end["status"] == "failed"
        assert f"does not answer at {base_url}. Start it (`" in str(error["message"])
        assert error["codexErrorInfo"] == {"httpConnectionFailed": {"httpStatusCode": None}}
        assert [one["willRetry"] for one in turn.params("error")] == [False]


def test_a_model_that_it_has_not_got_is_told_at_once(
    our_server: tuple[str, ...], peer_home: Path, provider: str
) -> None:
    with Upstream() as upstream:
        upstream.script(Status(404, {"error": {"message": "model not found, try pulling it first"}}))
        failed, healed = run(our_server, peer_home, provider, upstream.base_url)

    message = str(as_object(failed.end["error"])["message"])
    assert f"has no model `{MODELS[provider]}`. Fetch it (`" in message
    assert "model not found, try pulling it first" in message
    assert (failed.end["status"], healed.end["status"]) == ("failed", "completed")
    assert len(upstream.asked) == 2
