"""Proxies and certificates of one's own, between a whole server and its provider (model-client.md §11)."""

import base64
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support import sse
from support.client import Client
from support.conversation import Turn, as_object, run_turn, start_thread
from support.home import write_config
from support.proxy import Proxy
from support.upstream import Upstream, stream

TLS = Path(__file__).parents[1] / "model" / "tls"
BUNDLE = {"CODEX_CA_CERTIFICATE": str(TLS / "cert.pem")}
HOST = "upstream.test"
"""A name that only the proxy knows."""
CASES = [
    pytest.param(secure, sockets, id=f"{'https' if secure else 'http'}{' and websocket' if sockets else ''}")
    for secure in (False, True)
    for sockets in (False, True)
]


def certified() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "cert.pem", TLS / "key.pem")
    return context


class World:
    """A provider behind a proxy, and servers that know the proxy by their environment."""

    def __init__(self, home: Path, command: tuple[str, ...]) -> None:
        self._home = home
        self._command = command
        self.stack = ExitStack()

    def upstream(self, *, secure: bool, sockets: bool, host: str = HOST) -> Upstream:
        upstream = self.stack.enter_context(Upstream(certified() if secure else None))
        if sockets:
            upstream.responses.speak_websocket()
        url = f"{'https' if secure else 'http'}://{host}:{upstream.port}/v1"
        provider = "supports_websockets = true" if sockets else ""
        write_config(self._home, url, provider=provider)
        return upstream

    def turn(self, env: dict[str, str]) -> Turn:
        """A turn of a server with this environment."""
        self.client = self.stack.enter_context(Client(self._command, self._home, env=env))
        self.client.initialize({"experimentalApi": True})
        return run_turn(self.client, start_thread(self.client))


@pytest.fixture
def world(our_server: tuple[str, ...], peer_home: Path) -> Iterator[World]:
    world = World(peer_home, (*our_server, "app-server"))
    with world.stack:
        yield world


def message(turn: Turn) -> str:
    return str(as_object(turn.end["error"])["message"])


@pytest.mark.parametrize(("secure", "sockets"), CASES)
def test_a_turn_goes_through_the_proxy(world: World, secure: bool, sockets: bool) -> None:
    upstream = world.upstream(secure=secure, sockets=sockets)
    proxy = world.stack.enter_context(Proxy(upstream.port))

    turn = world.turn({"HTTPS_PROXY" if secure else "HTTP_PROXY": proxy.url, **BUNDLE})

    assert turn.end["status"] == "completed"
    assert [one.method for one in upstream.asked] == ["FRAME" if sockets else "POST"]
    tunnel = f"CONNECT {HOST}:{upstream.port}"
    plain = f"POST http://{HOST}:{upstream.port}/v1/responses"
    assert set(proxy.requests) == {tunnel if secure or sockets else plain}
    assert upstream.asked[0].headers["host"] == f"{HOST}:{upstream.port}".encode()


@pytest.mark.parametrize(("secure", "sockets"), CASES)
def test_a_proxy_may_speak_tls_itself_and_want_a_password(world: World, secure: bool, sockets: bool) -> None:
    upstream = world.upstream(secure=secure, sockets=sockets)
    proxy = world.stack.enter_context(Proxy(upstream.port, tls=certified()))
    url = f"https://me:s%40cret@localhost:{proxy.port}"

    turn = world.turn({"ALL_PROXY": url, "HTTP_PROXY": "", "HTTPS_PROXY": "", "RUST_LOG": "trace", **BUNDLE})

    assert turn.end["status"] == "completed"
    expected = f"Basic {base64.b64encode(b'me:s@cret').decode()}"
    assert {one.headers.get("proxy-authorization") for one in proxy.asked} == {expected}
    assert "proxy-authorization" not in upstream.asked[0].headers or not (secure or sockets)
    world.client.close()
    said = world.client.stderr_path.read_text("utf-8")
    assert "s%40cret" not in said
    assert "s@cret" not in said


@pytest.mark.parametrize("sockets", [False, True], ids=["https", "websocket"])
def test_a_proxy_that_refuses_fails_the_turn(world: World, sockets: bool) -> None:
    upstream = world.upstream(secure=True, sockets=sockets)
    proxy = world.stack.enter_context(Proxy(upstream.port, refusal=407))

    turn = world.turn({"HTTPS_PROXY": proxy.url.replace("//", "//me:secret@"), **BUNDLE})

    assert turn.end["status"] == "failed"
    assert message(turn).startswith("stream disconnected before completion: error sending request for url")
    assert "secret" not in str(turn.messages)
    assert upstream.everything == []


def test_what_needs_no_proxy_goes_without_one(world: World) -> None:
    upstream = world.upstream(secure=False, sockets=False)
    nowhere = "http://127.0.0.1:9"

    turn = world.turn({"HTTP_PROXY": nowhere, "NO_PROXY": f"other.example, .{HOST.partition('.')[2]}"})

    # Nobody knows the host, so that nobody can be asked; but that was tried without the proxy, which is none.
    assert turn.end["status"] == "failed"
    assert upstream.everything == []


@pytest.mark.parametrize("sockets", [False, True], ids=["https", "websocket"])
@pytest.mark.parametrize("variable", ["CODEX_CA_CERTIFICATE", "SSL_CERT_FILE", "none"])
def test_only_certificates_that_are_known_are_trusted(world: World, variable: str, sockets: bool) -> None:
    """The bundle holds a list of revoked ones, too, and the certificate in its other form."""
    upstream = world.upstream(secure=True, sockets=sockets)
    proxy = world.stack.enter_context(Proxy(upstream.port))
    bundle = {"CODEX_CA_CERTIFICATE": "", "SSL_CERT_FILE": "", variable: str(TLS / "bundle.pem")}

    turn = world.turn({"HTTPS_PROXY": proxy.url, **bundle})

    assert turn.end["status"] == ("failed" if variable == "none" else "completed")
    assert len(upstream.asked) == (0 if variable == "none" else 1)


@pytest.mark.parametrize("host", ["chatgpt.com", HOST])
def test_only_chatgpt_gets_the_cookies_of_its_network_back(world: World, host: str) -> None:
    upstream = world.upstream(secure=True, sockets=False, host=host)
    proxy = world.stack.enter_context(Proxy(upstream.port))
    cookies = (("set-cookie", "__cf_bm=a; path=/; Secure"), ("set-cookie", "session=b"))
    upstream.script(stream(*sse.message(), sse.completed(), headers=cookies))

    world.turn({"HTTPS_PROXY": proxy.url, **BUNDLE})
    run_turn(world.client, start_thread(world.client))

    sent = [one.headers.get("cookie") for one in upstream.asked]
    assert sent == [None, b"__cf_bm=a" if host == "chatgpt.com" else None]
