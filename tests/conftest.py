"""What every area's tests share: the event loop, a home folder, and where the peers are."""

import compileall
import importlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from blockbuster import BlockBuster
from hypothesis import HealthCheck, settings

# Before anything imports it: its assertions are read by people too.
pytest.register_assert_rewrite("support")

from peers import FOLLOWED, SPOKEN, find_reference  # noqa: E402 - as above
from support import tables, transcripts  # noqa: E402 - as above
from support.schema import Schemas  # noqa: E402 - as above

# A busy machine is slow, and that is no finding: only what comes out counts.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parent.parent
WAITING = ("time.sleep", "socket.", "ssl.")


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("app-server")
    group.addoption("--peers", action="store_true", help="a missing peer is a failure, not a skipped test")
    group.addoption(
        "--server", default=None, help="the server command that tests/conformance drives; default: ours"
    )
    group.addoption(
        "--spawned",
        action="store_true",
        help="tests/conformance spawns each server of ours, and forks none that has imported everything",
    )


def pytest_configure(config: pytest.Config) -> None:
    # A server's sandbox may leave folders like .git in the system's folder for temporary files, and each test
    # below it would then lie in a repository.
    persistent = Path("/var/tmp")
    if persistent.is_dir():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(persistent))
    if not hasattr(config, "workerinput"):
        # Hundreds of servers are spawned, and each would compile what has changed for itself alone.
        for package in ("app_server", "protocol"):
            compileall.compile_dir(ROOT / package, quiet=2)
    missing = [name for name in ("mcp", "openai_codex") if importlib.util.find_spec(name) is None]
    if config.getoption("--peers") and missing:
        raise pytest.UsageError(f"--peers: {' and '.join(missing)} not here: pip install .[peers]")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests that compare two servers have counted, a line each."""
    if lines := tables.lines(terminalreporter.stats):
        terminalreporter.section("comparisons")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session", autouse=True)
def no_waiting_on_the_loop() -> Iterator[None]:
    """Any call of ours that would wait inside the event loop's thread raises (C1).

    Files and locks are left alone: small file calls and short critical sections are allowed by design.
    """
    guard = BlockBuster("app_server")
    guard.functions = {name: one for name, one in guard.functions.items() if name.startswith(WAITING)}
    guard.activate()
    yield
    guard.deactivate()


@pytest.fixture(scope="session")
def schemas_of_the_reference(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Schemas, ...]:
    """With `--peers`: those that the two versions of the reference write whose clients we serve."""
    if not pytestconfig.getoption("--peers"):
        return ()
    bundled = _reference_of_the_sdk()
    servers = {find_reference(version) or bundled: version for version in (SPOKEN, FOLLOWED)}
    folder = tmp_path_factory.mktemp("schemas")
    found: list[Schemas] = []
    for server, version in servers.items():
        if server is None:
            pytest.fail(f"the reference server {version} is not here: python3 scripts/peers.py {version}")
        out = folder / version
        command = [str(server), "app-server", "generate-json-schema", "--experimental", "--out", str(out)]
        subprocess.run(command, env={**os.environ, "CODEX_HOME": str(folder)}, check=True, timeout=50)
        found.append(Schemas(out, version=version.removesuffix(".0")))
    return tuple(found)


@pytest.fixture(scope="session")
def both_schemas(schemas_of_the_reference: tuple[Schemas, ...]) -> tuple[Schemas, ...]:
    """The same for a test that compares with them, and has nothing to say without."""
    if not schemas_of_the_reference:
        pytest.skip("the schemas of the reference are written with --peers only")
    return schemas_of_the_reference


@pytest.fixture(autouse=True)
def every_message_is_in_the_schemas(schemas_of_the_reference: tuple[Schemas, ...]) -> Iterator[None]:
    """Whatever our server says in a test, and whatever it takes, is what the checked-in schemas allow."""
    yield
    if problems := transcripts.mismatches(*schemas_of_the_reference):
        pytest.fail("\n".join(problems))


@pytest.fixture
def codex_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty CODEX_HOME of the test's own, set in the environment."""
    home = tmp_path / "codex-home"
    home.mkdir()
    monkeypatch.setenv("CODEX_HOME", str(home))
    return home


@pytest.fixture
def peer_home() -> Iterator[Path]:
    """An empty CODEX_HOME; not in the system's folder for temporary files, which the reference refuses."""
    base = ROOT / "build" / "homes"
    base.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=base, ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


@pytest.fixture(scope="session")
def our_server() -> tuple[str, ...]:
    """The command that a client spawns, without `app-server` and what follows it."""
    name = "codex-app-server" + (".exe" if os.name == "nt" else "")
    return (str(Path(sys.executable).with_name(name)),)


@pytest.fixture(scope="session")
def reference_server(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The same for the reference server that scripts/peers.py fetched, or else the one the SDK came with."""
    name = "codex.exe" if os.name == "nt" else "codex"
    fetched = sorted(path for path in (ROOT / ".peers").glob(f"*/**/{name}") if path.is_file())
    if fetched:
        return (str(fetched[0]),)
    bundled = _reference_of_the_sdk()
    if bundled is not None:
        return (str(bundled),)
    reason = "the reference server is not here: python3 scripts/peers.py"
    if request.config.getoption("--peers"):
        pytest.fail(reason)
    pytest.skip(reason)


def _reference_of_the_sdk() -> Path | None:
    try:
        module = importlib.import_module("codex_cli_bin")
    except ImportError:
        return None
    return Path(module.bundled_codex_path())
