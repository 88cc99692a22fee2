"""A model client on a scripted upstream, over both of its ways to send a request."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import anyio
import pytest
from support.identities import Identities, identity_token
from support.upstream import Upstream

from app_server.http import client as http_module
from app_server.http.client import HttpClient
from app_server.model.access_token import AgentIdentityAuth, parse_access_token
from app_server.model.answer.events import ResponseEvent
from app_server.model.auth import AuthStore
from app_server.model.catalog import lookup
from app_server.model.client import ModelClient
from app_server.model.credentials import ProviderCredentials
from app_server.model.headers import ThreadFacts, TurnMetadata
from app_server.model.login.issuer import Caller
from app_server.model.login.proofs import TokenProofs
from app_server.model.provider import ModelProvider
from app_server.model.request import ResponsesRequest

DEADLINE = 15.0
THREAD = "0190a0b0-0000-7000-8000-000000000001"
FACTS = ThreadFacts(THREAD, THREAD, "11111111-2222-4333-8444-555555555555")
METADATA = TurnMetadata("turn-1", "none")
REQUEST = ResponsesRequest(lookup("gpt-5.5")[0], [{"type": "message", "role": "user", "content": []}])


class Identity:
    originator = "test_client"
    user_agent = "test_client/0.169.0 (Linux; x86_64) xterm (test_client; 1)"


@dataclass
class Setup:
    """What a test may change before it makes its client. Pauses are noted, not waited for."""

    http: HttpClient
    codex_home: Path
    provider: ModelProvider
    env: dict[str, str] = field(default_factory=dict[str, str])
    attest: Callable[[], Awaitable[bytes | None]] | None = None
    pauses: list[float] = field(default_factory=list[float])
    clients: list[ModelClient] = field(default_factory=list[ModelClient])

    def with_provider(self, **changes: object) -> "Setup":
        return replace(self, provider=self.provider._replace(**changes))  # pyright: ignore[reportArgumentType]  # any field

    def client(self) -> ModelClient:
        async def sleep(seconds: float) -> None:
            self.pauses.append(seconds)

        client = ModelClient(
            provider=self.provider,
            credentials=ProviderCredentials(self.provider, AuthStore(self.codex_home), self.env),
            http=self.http,
            identity=Identity(),
            facts=FACTS,
            env=self.env,
            attest=self.attest,
            sleep=sleep,
        )
        self.clients.append(client)
        return client

    async def ask(self) -> list[ResponseEvent]:
        """All events of one answer."""
        return await events_of(self.client())


async def events_of(client: ModelClient) -> list[ResponseEvent]:
    found: list[ResponseEvent] = []
    with anyio.fail_after(DEADLINE):
        async with client.turn(METADATA).stream(REQUEST) as stream:
            async for batch in stream:
                found += batch
    return found


def identity_auth(token: str | None = None) -> AgentIdentityAuth:
    """The identity that a token tells of."""
    found = parse_access_token(token or identity_token())
    assert isinstance(found, AgentIdentityAuth)
    return found


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


def _never(_url: str, _env: Mapping[str, str]) -> bool:
    return False


@pytest.fixture(params=["direct", "library"])
async def http(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HttpClient]:
    """Both routes keep the same promises."""
    if request.param == "library":
        monkeypatch.setattr(http_module, "goes_direct", _never)
    client = HttpClient({})
    await client.prepare("http://127.0.0.1")
    yield client
    await client.close()


@pytest.fixture
async def setup(http: HttpClient, upstream: Upstream, tmp_path: Path) -> AsyncIterator[Setup]:
    provider = ModelProvider("mock", "Mock", base_url=upstream.base_url, stream_idle_timeout_ms=5_000)
    setup = Setup(http, tmp_path, provider)
    yield setup
    for client in setup.clients:
        await client.close()


@pytest.fixture
def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def identities() -> Iterator[Identities]:
    with Upstream() as upstream:
        yield Identities(upstream)


@pytest.fixture
async def proofs(identities: Identities) -> AsyncIterator[TokenProofs]:
    http = HttpClient({})
    root = f"{identities.upstream.root}/backend-api/"
    yield TokenProofs(Caller(http, Identity()), identities.env, root)
    await http.close()
