"""Drives one server command as a black box: ours, or the one that `--server` names.

`known_differences.toml` says which tests a reference server is known to fail, and why: there they have to
fail, so that a run against it shows what is new. A test that calls a method which the version at hand has not
is skipped. Ours has neither excuse.
"""

import contextlib
import tempfile
import tomllib
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.agents import Cast
from support.client import Client, JsonObject, MissingMethod
from support.connect import Connect
from support.forked import CAN_FORK, Forks
from support.home import write_config
from support.known_differences import reason_of
from support.patience import little_patience
from support.servers import OURS, Server, server_named
from support.upstream import Upstream

HERE = Path(__file__).resolve().parent
HOMES = HERE.parents[1] / "build" / "homes"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    named = config.getoption("--server")
    kind = server_named(named).kind if named else OURS
    if kind == OURS:
        return
    known = tomllib.loads((HERE / "known_differences.toml").read_text(encoding="utf-8"))
    for item in items:
        if HERE in item.path.parents:
            area = known.get(item.path.stem.removeprefix("test_"), {})
            match reason_of(area, item.name, kind):
                case str(reason):
                    item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
                case {"sometimes": str(reason)}:
                    item.add_marker(pytest.mark.xfail(reason=reason, strict=False))
                case _:
                    pass


@pytest.fixture(scope="session")
def server(pytestconfig: pytest.Config) -> Iterator[Server]:
    named = server_named(pytestconfig.getoption("--server"))
    if pytestconfig.getoption("--server") or pytestconfig.getoption("--spawned") or not CAN_FORK:
        yield named
        return
    with Forks() as forks:
        yield replace(named, spawn=forks.spawn)


@pytest.fixture
def upstream(server: Server) -> Iterator[Upstream]:
    with Upstream() as running:
        running.responses.newer_names = server.is_newer
        yield running


@pytest.fixture
def connect(server: Server, peer_home: Path, upstream: Upstream) -> Iterator[Connect]:
    """Servers in a home of the test's own, whose provider is the scripted upstream."""
    write_config(peer_home, upstream.base_url)
    connect = Connect(server, peer_home)
    yield connect
    connect.close()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """The rules of a transcript are part of the test, so that a known difference covers them too."""
    known = any(mark.kwargs.get("strict") for mark in pyfuncitem.iter_markers("xfail"))
    try:
        with little_patience() if known else contextlib.nullcontext():
            result = yield
            connect = pyfuncitem.funcargs.get("connect")
            if isinstance(connect, Connect):
                connect.verify()
    except MissingMethod as missing:
        kind = server_named(pyfuncitem.config.getoption("--server")).kind
        if kind == OURS:
            raise
        pytest.skip(f"{kind} has not the method {missing}")
    return result


def _module_client(server: Server, capabilities: JsonObject | None) -> Iterator[Client]:
    HOMES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(dir=HOMES, ignore_cleanup_errors=True) as folder,
        Upstream() as upstream,
    ):
        home = Path(folder)
        write_config(home, upstream.base_url)
        with Client(server.command, home, spawn=server.spawn) as client:
            client.transcript.lasting = True
            client.initialize(capabilities)
            client.settle()
            yield client
        assert client.complaints == []


@pytest.fixture(scope="module")
def shared(server: Server) -> Iterator[Client]:
    """One greeted server for all tests of a module that ask small questions and change nothing."""
    yield from _module_client(server, {"experimentalApi": True})


@pytest.fixture(scope="module")
def plain(server: Server) -> Iterator[Client]:
    """The same, for a client that named no capability."""
    yield from _module_client(server, None)


@pytest.fixture
def cast(upstream: Upstream) -> Cast:
    """The upstream, as a provider for several agents at once."""
    return Cast(upstream)
