"""The same session makes the reference and us send the same requests (model-client.md §1, §2, §5–§9).

All is compared but ids, times, versions and each server's own sentences: methods, paths, headers and their
values, members of bodies and their values, one request after the other.
"""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from peers import FOLLOWED
from request_peers.by_chance import BY_CHANCE
from request_peers.changes import CHANGES
from request_peers.comparing import Shower, side_by_side
from request_peers.own_models import OWN_MODELS
from request_peers.places import PLACES
from request_peers.sessions import SESSIONS, Session
from request_peers.stage import Stage
from support.bedrock import bedrock
from support.client import Client, JsonObject
from support.requires import reference_server
from support.tables import TABLE
from support.upstream import Asked, Upstream

pytestmark = pytest.mark.peers

OURS = (sys.executable, "-m", "app_server", "app-server")


def requests_of(command: tuple[str, ...], home: Path, session: Session) -> list[JsonObject]:
    """What the session made a server send, as far as both must agree on it; by place and thread."""
    home.mkdir()
    with ExitStack() as stack:
        cloud = None if session.account is None else stack.enter_context(bedrock(_beside(home)))
        upstream = stack.enter_context(Upstream()) if cloud is None else cloud.upstream
        env = {
            **({} if cloud is None else cloud.env),
            **(session.account or {}),
            "CODEX_REFRESH_TOKEN_URL_OVERRIDE": f"{upstream.root}/oauth/token",
            "CODEX_AGENT_IDENTITY_AUTHAPI_BASE_URL": f"{upstream.root}/authapi",
            "OWN_KEY": "own-key",
            "TWO": "2",
        }

        def connect() -> Client:
            return stack.enter_context(Client(command, home, env=env))

        session.run(Stage(home, upstream, connect))
        asked = upstream.everything
    shower = Shower({str(home): "<home>"})
    wanted = [one for place in session.places for one in asked if _place(one) == place]
    threads = list(dict.fromkeys(map(_thread, wanted)))
    wanted.sort(key=lambda one: (session.places.index(_place(one)), threads.index(_thread(one))))
    return [shower.shown(one) for one in wanted]


def _beside(home: Path) -> Path:
    folder = home.parent / f"{home.name}-aws"
    folder.mkdir()
    return folder


def _place(asked: Asked) -> str:
    return asked.place.removeprefix("/v1").removeprefix("/backend-api")


def _thread(asked: Asked) -> bytes:
    """Threads ask when they like, so that each is compared on its own."""
    return asked.headers.get("thread-id", b"")


@pytest.fixture
def reference(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The version whose requests we send."""
    return (str(reference_server(request.config, FOLLOWED)), "app-server")


@pytest.mark.parametrize(
    "session", [*SESSIONS, *CHANGES, *PLACES, *OWN_MODELS, *BY_CHANCE], ids=lambda session: session.name
)
def test_a_session_sends_the_requests_of_the_reference(
    reference: tuple[str, ...],
    peer_home: Path,
    session: Session,
    record_property: Callable[[str, object], None],
) -> None:
    theirs = requests_of(reference, peer_home / "reference", session)
    ours = requests_of(OURS, peer_home / "ours", session)

    rows = side_by_side(ours, theirs)
    same = sum(not differs for _, differs in rows)
    record_property(TABLE, f"{session.name}: {same} of {len(rows)} requests are the same")
    assert rows
    assert [f"{number}. {name}{line}" for number, (name, lines) in enumerate(rows, 1) for line in lines] == []
