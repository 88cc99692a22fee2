"""What a machine must have for some tests, and how they say that it has not."""

import shutil
import sys
from pathlib import Path

import pytest
from peers import find_reference

NEEDS_SANDBOX = pytest.mark.skipif(
    sys.platform == "win32" or (sys.platform == "linux" and shutil.which("bwrap") is None),
    reason="needs a POSIX shell and a sandbox",
)


def reference_server(config: pytest.Config, version: str) -> Path:
    """The reference server of that version; without it the test is skipped, and fails under `--peers`."""
    found = find_reference(version)
    if found is not None:
        return found
    reason = f"the reference server {version} is not here: python3 scripts/peers.py {version}"
    if config.getoption("--peers"):
        pytest.fail(reason)
    pytest.skip(reason)
