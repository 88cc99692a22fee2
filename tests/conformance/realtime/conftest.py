"""A client that may speak, and a provider that hears it."""

import pytest
from support.client import Answer, Client, JsonObject
from support.connect import Connect
from support.home import write_chatgpt_login, write_config
from support.spoken import CONFIG
from support.upstream import Upstream
from support.upstream.realtime import Realtime


@pytest.fixture
def realtime(upstream: Upstream) -> Realtime:
    return Realtime(upstream)


@pytest.fixture
def client(connect: Connect, upstream: Upstream, realtime: Realtime) -> Client:
    """Signed in by ChatGPT; answers `t1`, `t2`… when it is asked for an attestation."""
    assert realtime
    write_config(connect.home, upstream.base_url, chatgpt=True, extra=CONFIG)
    write_chatgpt_login(connect.home)
    client = connect(requestAttestation=True)
    asked: list[JsonObject] = []

    def generate(params: JsonObject) -> Answer:
        asked.append(params)
        return {"token": f"t{len(asked)}"}

    client.on("attestation/generate", generate)
    return client
