"""The reference server that we compare with, fetched into `.peers/` from the package registries.

Standard library only. Run as a program it fetches the versions named: `python3 scripts/peers.py 0.131.0`.
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
        for wanted in sys.argv[1:] or [FOLLOWED]:
            print(fetch_reference(wanted))
    except MissingError as missing:
        sys.exit(f"missing: {missing}")
