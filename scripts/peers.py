"""What we are compared with and checked by, fetched into `.peers/` from the package registries.

The reference server, in both versions whose clients we serve, and the TypeScript compiler. Standard library
only. Run as a program it fetches them all, or the versions named: `python3 scripts/peers.py 0.131.0`.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from environment import ROOT, MissingError, say, venv_executable

PEERS = ROOT / ".peers"
FOLLOWED = "0.131.0"
"""The version whose prompts and flows we follow."""
SPOKEN = "0.169.0"
"""The version whose wire we speak."""
TYPESCRIPT = "7.0.2"
_FOUND_IN_SDK = (
    "import importlib.metadata as m, codex_cli_bin as c;"
    "print(m.version('openai-codex-cli-bin'), c.bundled_codex_path())"
)


def find_reference(version: str = FOLLOWED) -> Path | None:
    """The executable of that version when it was fetched already."""
    name = "codex.exe" if os.name == "nt" else "codex"
    found = (path for path in (PEERS / version).rglob(name) if path.is_file())
    return next(found, None)


def fetch_reference(version: str = FOLLOWED) -> Path:
    """The executable of that version, fetched from npm when it is not here yet.

    Without npm it is the version that came with the official SDK, as one line says. Raises `MissingError`.
    """
    found = find_reference(version)
    if found is not None:
        return found
    npm = shutil.which("npm")
    if npm is None:
        other, path = _bundled_with_sdk()
        say(f"peers: no npm here, so the reference is {other} (from PyPI) instead of {version}")
        return path
    say(f"peers: fetching the reference server {version} from npm (about 100 MB) …")
    _unpack_from_npm(npm, version)
    found = find_reference(version)
    if found is None:
        raise MissingError(
            f"the npm package of the reference server {version} has no executable for this machine"
        )
    return found


def find_typescript() -> Path | None:
    """The compiler when it was fetched already; a program of node."""
    found = PEERS / f"typescript-{TYPESCRIPT}" / "node_modules" / "typescript" / "bin" / "tsc"
    return found if found.is_file() else None


def fetch_typescript() -> Path:
    """The compiler, fetched from npm when it is not here yet. Raises `MissingError`."""
    found = find_typescript()
    if found is not None:
        return found
    npm = shutil.which("npm")
    if npm is None:
        raise MissingError("the TypeScript compiler needs npm, which comes with Node.js")
    say(f"peers: fetching TypeScript {TYPESCRIPT} from npm (about 10 MB) …")
    PEERS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PEERS) as folder:
        quiet = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts"]
        command = [npm, "install", *quiet, "--prefix", folder, f"typescript@{TYPESCRIPT}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise MissingError(f"npm could not fetch typescript@{TYPESCRIPT}")
        target = PEERS / f"typescript-{TYPESCRIPT}"
        target.mkdir(exist_ok=True)
        # As below: whole or not at all.
        (Path(folder) / "node_modules").rename(target / "node_modules")
    return target / "node_modules" / "typescript" / "bin" / "tsc"


def platform_tag() -> str:
    """This machine in the words of the npm package's version: `linux-x64`, `darwin-arm64`, `win32-x64` …"""
    machine = platform.machine().lower()
    architecture = "arm64" if machine in ("arm64", "aarch64") else "x64"
    system = {"win32": "win32", "darwin": "darwin"}.get(sys.platform, "linux")
    return f"{system}-{architecture}"


def _unpack_from_npm(npm: str, version: str) -> None:
    package = f"@openai/codex@{version}-{platform_tag()}"
    PEERS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=PEERS) as folder:
        command = [npm, "pack", "--silent", "--pack-destination", folder, package]
        packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        archive = next(Path(folder).glob("*.tgz"), None)
        if packed.returncode != 0 or archive is None:
            reasons = [line for line in packed.stderr.splitlines() if "error" in line.lower()]
            reason = reasons[0] if reasons else "npm gave no reason"
            raise MissingError(f"npm could not fetch {package}: {reason}")
        target = Path(folder) / "unpacked"
        with tarfile.open(archive) as content:
            content.extractall(target, filter="data")
        # Moved into place in one step, so that a broken-off download never looks like a whole one.
        target.rename(PEERS / version)


def _bundled_with_sdk() -> tuple[str, Path]:
    python = str(venv_executable("python"))
    asked = subprocess.run([python, "-c", _FOUND_IN_SDK], capture_output=True, text=True, check=False)
    if asked.returncode != 0:
        raise MissingError("the reference server needs npm, or the SDK's own copy: pip install .[peers]")
    version, _, path = asked.stdout.strip().partition(" ")
    return version, Path(path)


if __name__ == "__main__":
    try:
        for wanted in sys.argv[1:] or [FOLLOWED, SPOKEN]:
            print(fetch_reference(wanted))
        if len(sys.argv) == 1:
            print(fetch_typescript())
    except MissingError as missing:
        sys.exit(f"missing: {missing}")
