"""A client that finds the server by `CODEX_CLI_PATH`: its token reaches the provider, by either way."""

import json
import os
from pathlib import Path

import pytest
from support.client import Client
from support.conversation import run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.upstream import Asked, Socket, Status, Upstream

HEADER = "x-oai-attestation"
PATIENCE = "[attestation]\ntimeout_ms = 1000"


def token(asked: Asked) -> str:
    value = json.loads(asked.headers[HEADER])
    assert (value["v"], value["s"]) == (1, 0)
    return value["t"]


@pytest.mark.requirement("A4")
@pytest.mark.parametrize("answer", [Status(426), Socket()], ids=["http", "websocket"])
def test_the_upstream_sees_the_token_that_the_client_made(
    our_server: tuple[str, ...], peer_home: Path, monkeypatch: pytest.MonkeyPatch, answer: Status | Socket
) -> None:
    monkeypatch.setenv("CODEX_CLI_PATH", our_server[0])
    tokens: list[str] = []
    with Upstream() as upstream:
        upstream.responses.handshakes.script(answer)
        write_config(
            peer_home, upstream.base_url, chatgpt=True, provider="supports_websockets = true", extra=PATIENCE
        )
        write_chatgpt_login(peer_home)
        with Client((os.environ["CODEX_CLI_PATH"], "app-server"), peer_home) as client:

            def generate(_: object) -> dict[str, str]:
                tokens.append(f"opaque-{len(tokens) + 1}")
                return {"token": tokens[-1]}

            client.on("attestation/generate", lambda params: dict(generate(params)))
            client.initialize({"experimentalApi": True, "requestAttestation": True})
            turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "completed"
    (handshake,) = upstream.responses.handshakes.asked
    assert (handshake.method, handshake.path, handshake.headers["upgrade"]) == (
        "GET", "/v1/responses", b"websocket",
    )  # fmt: skip
    posts = [one for one in upstream.asked if one.method == "POST"]
    assert len(posts) == (1 if isinstance(answer, Status) else 0)
    assert [token(one) for one in (handshake, *posts)] == tokens
    carriers = [one for one in upstream.everything if HEADER in one.headers and one.method != "FRAME"]
    assert carriers == [handshake, *posts]
