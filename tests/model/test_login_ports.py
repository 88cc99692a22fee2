"""The ports that a login by browser comes back to, when others hold them (model-client.md §9.7)."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support.tokens import Issuer, given

from app_server.model.login import browser
from app_server.model.login.errors import NoLoginError

from .logins import asked_of, come_back, friendly_issuer, world


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with friendly_issuer() as issuer:
        yield issuer


class Squatter:
    """Listens on a port; leaves it when it is asked to, if it is polite."""

    def __init__(self, *, polite: bool) -> None:
        self.requests: list[str] = []
        self._polite = polite
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            while True:
                connection, _ = self._socket.accept()
                with connection:
                    self.requests.append(connection.recv(1000).split(b"\r\n")[0].decode())
                    if self._polite:
                        self.close()
                    connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        except OSError:
            return

    def close(self) -> None:
        # Wakes whoever accepts, which closing alone does not.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


@pytest.fixture
def two_ports(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Squatter, Squatter]]:
    """The ports that the issuer knows, both taken; the second one by somebody who leaves."""
    rude, polite = Squatter(polite=False), Squatter(polite=True)
    monkeypatch.setattr(browser, "_PORTS", (rude.port, polite.port))
    monkeypatch.setattr(browser, "_PAUSE_SECONDS", 0.001)
    yield rude, polite
    rude.close()
    polite.close()


async def test_a_login_that_holds_the_port_is_asked_to_leave_once_and_then_the_other_one_is_tried(
    issuer: Issuer, tmp_path: Path, two_ports: tuple[Squatter, Squatter]
) -> None:
    rude, polite = two_ports
    async with world(issuer, tmp_path, port=None) as here:
        _, url = await here.browser()

        assert rude.requests == polite.requests == ["GET /cancel HTTP/1.1"]
        assert asked_of(url)["redirect_uri"] == f"http://localhost:{polite.port}/auth/callback"
        await come_back(url, "code=c-1")
        assert await here.error() is None


async def test_without_a_port_no_login_begins(
    issuer: Issuer, tmp_path: Path, two_ports: tuple[Squatter, Squatter], monkeypatch: pytest.MonkeyPatch
) -> None:
    rude, _ = two_ports
    monkeypatch.setattr(browser, "_PORTS", (rude.port,))
    async with world(issuer, tmp_path, port=None) as here:
        with pytest.raises(NoLoginError, match="ports of the login are in use"):
            await here.browser()
        assert here.ends == []


async def test_a_login_of_another_process_gives_its_port_up(issuer: Issuer, tmp_path: Path) -> None:
    async with world(issuer, tmp_path / "one") as first:
        first_id, url = await first.browser()
        port = urlsplit(asked_of(url)["redirect_uri"]).port
        async with world(issuer, tmp_path / "two", port=port) as second:
            _, other = await second.browser()

            assert await first.error() == "Login server error: Login cancelled"
            assert first.ends[0][0] == first_id
            (tmp_path / "two").mkdir()
            await come_back(other, "code=c-1")
            assert await second.error() is None
            kept = json.loads((tmp_path / "two" / "auth.json").read_text())
            assert kept["tokens"] == {**given("new"), "account_id": "acct-1"}
