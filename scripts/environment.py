"""The project's own virtual environment: made once, kept in step with pyproject.toml.

Standard library only, and nothing newer than Python 3.8 in it: it must be able to say what is missing on a
machine that has too old a Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.txt"
NEWEST_FIRST = ("python3.14", "python3.13", "python3.12", "python3.11")
OLDEST = (3, 11)


class MissingError(Exception):
    """Something that the machine must have is not there; the message is the one line to show."""


def venv_executable(name: str) -> Path:
    """Where the environment keeps a command of this name."""
    if os.name == "nt":
        return VENV / "Scripts" / (name + ".exe")
    return VENV / "bin" / name


def require_python(script: Path, arguments: list[str]) -> None:
    """Go on with a newer Python when this one is too old; raise `MissingError` when there is none."""
    if sys.version_info >= OLDEST:
        return
    newer = next((found for name in NEWEST_FIRST if (found := shutil.which(name))), None)
    if newer is None:
        wanted = ".".join(map(str, OLDEST))
        raise MissingError(f"Python {wanted} or newer is needed; this is {sys.version.split()[0]}")
    raise SystemExit(subprocess.call([newer, str(script), *arguments]))


def ensure(extras: Iterable[str]) -> Path:
    """Make the environment hold the package (editable) with these extras; answer its interpreter.

    Nothing is installed when a former call did the same for the same pyproject.toml. Raises `MissingError`.
    """
    python = venv_executable("python")
    if VENV.exists() and not _runs(python):
        say("the environment in .venv no longer runs: making it anew")
        shutil.rmtree(VENV)
    if not VENV.exists():
        _create()
    installed = _installed_extras()
    wanted = set(extras) | installed
    if wanted != installed:
        _install(python, sorted(wanted))
        STAMP.write_text(" ".join([_fingerprint(), *sorted(wanted)]), "utf-8")
    _compile(python)
    return python


def say(text: str) -> None:
    """One line of progress, on stderr so that stdout stays free for results."""
    print(text, file=sys.stderr, flush=True)


def _create() -> None:
    started = time.monotonic()
    say("environment: making .venv …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False
    )
    if made.returncode != 0 or not _runs(venv_executable("python"), "-m", "pip", "--version"):
        shutil.rmtree(VENV, ignore_errors=True)
        raise MissingError(
            "this Python cannot make virtual environments with pip: install its venv package "
            "(on Debian and Ubuntu: apt install python3-venv)"
        )
    say(f"environment: made in {time.monotonic() - started:.1f} s")


def _install(python: Path, extras: list[str]) -> None:
    started = time.monotonic()
    what = ".[" + ",".join(extras) + "]"
    say(f"environment: installing {what} …")
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-e", what]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = _last_error(done.stderr) or "pip gave no reason"
        raise MissingError(f"pip could not install {what} (is the package index reachable?): {reason}")
    say(f"environment: installed in {time.monotonic() - started:.1f} s")


def _last_error(said: str) -> str | None:
    """What pip, or the pip that it runs to build something, gave as its last error."""
    lines = [line.strip() for line in said.splitlines()]
    errors = [line[7:] for line in lines if line.startswith("ERROR: ")]
    return errors[-1] if errors else None


def _compile(python: Path) -> None:
    """Bring the bytecode beside the packages up to date, as pip does for what it installs whole.

    Else each start would compile hundreds of modules anew where PYTHONDONTWRITEBYTECODE is set. In a folder
    that cannot be written it stays at that.
    """
    command = [str(python), "-m", "compileall", "-q", "app_server", "protocol"]
    with contextlib.suppress(OSError):
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


def _runs(python: Path, *arguments: str) -> bool:
    try:
        command = [str(python), *(arguments or ("-c", ""))]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _fingerprint() -> str:
    # The place counts too: an editable install points at the folder that it was made from.
    facts = str(ROOT).encode() + b"\0" + (ROOT / "pyproject.toml").read_bytes()
    return hashlib.sha256(facts).hexdigest()


def _installed_extras() -> set[str]:
    """What was installed for the pyproject.toml of now; nothing when that has changed since."""
    try:
        fingerprint, *extras = STAMP.read_text("utf-8").split()
    except (OSError, ValueError):
        return set()
    return set(extras) if fingerprint == _fingerprint() else set()
