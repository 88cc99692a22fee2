"""Logins of one process, an issuer that gives them, and a browser that comes back."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import anyio
from support.tokens import Issuer, given

from app_server.http.client import HttpClient
from app_server.model.auth import AuthStore
from app_server.model.login.issuer import Caller, issuer_of
from app_server.model.login.logins import Logins
from protocol.wire import JsonObject

from .conftest import DEADLINE, Identity

USERCODE = "/api/accounts/deviceauth/usercode"
TYPED = "/api/accounts/deviceauth/token"
CODE: JsonObject = {"device_auth_id": "d-1", "user_code": "ABCD", "interval": "0"}
GRANT: JsonObject = {"authorization_code": "c-2", "code_challenge": "x", "code_verifier": "v-2"}


@contextmanager
def friendly_issuer() -> Generator[Issuer]:
    """One that lets everybody in."""
    with Issuer() as issuer:
        issuer.says("/oauth/token", (200, given("new")))
        issuer.says(USERCODE, (200, CODE))
        issuer.says(TYPED, (200, GRANT))
        yield issuer


class World:
    """Logins of one process, and what was told of their ends."""

    def __init__(self, logins: Logins, auth: AuthStore) -> None:
        self.logins = logins
        self.auth = auth
        self.ends: list[tuple[str, str | None]] = []
        self._changed = anyio.Event()

    def ended(self, login_id: str, error: str | None) -> None:
        self.ends.append((login_id, error))
        self._changed.set()

    async def browser(self, *workspaces: str) -> tuple[str, str]:
        return await self.logins.begin_browser(workspaces, self.ended)

    async def device(self, *workspaces: str) -> tuple[str, str, str]:
        return await self.logins.begin_device(workspaces, self.ended)

    async def error(self) -> str | None:
        """Why the one login failed, once it has ended."""
        with anyio.fail_after(DEADLINE):
            while not self.ends:
                await self._changed.wait()
        ((_, error),) = self.ends
        return error


@asynccontextmanager
async def world(issuer: Issuer, home: Path, *, port: int | None = 0) -> AsyncGenerator[World]:
    http, auth = HttpClient({}), AuthStore(home)
    async with anyio.create_task_group() as tasks:
        caller, addresses = Caller(http, Identity()), issuer_of(issuer.env)
        logins = Logins(auth, caller, addresses, tasks, originator=lambda: "test", port=port)
        yield World(logins, auth)
        await logins.cancel_all()
        tasks.cancel_scope.cancel()
    await http.close()


def asked_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


async def visit(url: str, path: str, query: str = "") -> str:
    """A browser that comes to the login's own server: the status line."""
    port = urlsplit(asked_of(url)["redirect_uri"]).port
    assert port
    with anyio.fail_after(DEADLINE):
        async with await anyio.connect_tcp("127.0.0.1", port) as stream:
            await stream.send(f"GET {path}?{query} HTTP/1.1\r\nhost: localhost\r\n\r\n".encode())
            return (await stream.receive()).split(b"\r\n")[0].decode()


async def come_back(url: str, query: str, *, stays: bool = True) -> str:
    """To where the issuer sends it, and, if it `stays`, from there to the last page."""
    status = await visit(url, "/auth/callback", f"{query}&state={asked_of(url)['state']}")
    if stays and status.startswith("HTTP/1.1 302"):
        await visit(url, "/success")
    return status
