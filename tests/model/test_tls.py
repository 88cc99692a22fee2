"""TLS goes by the library, and trusts the bundle that the environment names."""

import ssl
from pathlib import Path

import anyio
import pytest
from anyio.abc import SocketAttribute
from anyio.streams.tls import TLSListener, TLSStream
from support import sse

from app_server.http.client import HttpClient
from app_server.http.proxies import goes_direct
from app_server.model.answer.events import Completed
from app_server.model.errors import ModelError
from app_server.model.provider import ModelProvider

from .conftest import Setup

FOLDER = Path(__file__).parent / "tls"
"""A certificate for `localhost` that signs itself; its key protects nothing."""


async def _serve(listener: TLSListener) -> None:
    async def connection(stream: TLSStream) -> None:
        async with stream:
            await stream.receive()
            await stream.send(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n" + sse.encode(sse.completed()))

    await listener.serve(connection)


@pytest.mark.parametrize("variable", ["CODEX_CA_CERTIFICATE", "SSL_CERT_FILE"])
async def test_a_named_bundle_is_trusted_and_nothing_else_is_known(variable: str, tmp_path: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(FOLDER / "cert.pem", FOLDER / "key.pem")
    tcp = await anyio.create_tcp_listener(local_host="127.0.0.1")
    port = tcp.extra(SocketAttribute.local_port)  # not Django's
    provider = ModelProvider("m", "m", base_url=f"https://localhost:{port}/v1", request_max_retries=0)
    trusting = HttpClient({variable: str(FOLDER / "cert.pem")})
    careful = HttpClient({})

    async with (
        TLSListener(tcp, context, standard_compatible=False) as listener,
        anyio.create_task_group() as tasks,
    ):
        tasks.start_soon(_serve, listener)
        answered = await Setup(trusting, tmp_path, provider).ask()
        with pytest.raises(ModelError, match="error sending request for url"):
            await Setup(careful, tmp_path, provider).ask()
        assert isinstance(answered[-1], Completed)
        tasks.cancel_scope.cancel()
    await trusting.close()
    await careful.close()


async def test_a_bundle_that_cannot_be_read_fails_the_request_and_says_so(tmp_path: Path) -> None:
    provider = ModelProvider("m", "m", base_url="https://localhost:1/v1", request_max_retries=0)
    client = HttpClient({"CODEX_CA_CERTIFICATE": str(tmp_path / "missing.pem")})

    with pytest.raises(ModelError, match="error sending request for url"):
        await Setup(client, tmp_path, provider).ask()


@pytest.mark.parametrize(
    ("url", "env", "direct"),
    [
        ("http://host/v1", {}, True),
        ("https://host/v1", {}, False),
        ("http://host/v1", {"http_proxy": "http://p"}, False),
        ("http://host/v1", {"ALL_PROXY": "http://p"}, False),
        ("http://host/v1", {"HTTPS_PROXY": "http://p", "CODEX_SANDBOX": "seatbelt"}, True),
        ("http://127.0.0.1:1/v1", {"http_proxy": "http://p"}, True),
        ("http://localhost/v1", {"http_proxy": "http://p"}, True),
        ("http://[::1]:1/v1", {"http_proxy": "http://p"}, True),
    ],
)
def test_only_plain_http_without_a_proxy_goes_direct(url: str, env: dict[str, str], direct: bool) -> None:
    assert goes_direct(url, env) is direct
