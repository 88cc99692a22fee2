"""Where commands and patches are judged: inside a workspace, and beside it."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace; `out`, which lies beside it, is not in it."""
    (tmp_path / "out").mkdir()
    place = tmp_path / "workspace"
    (place / ".git").mkdir(parents=True)
    return place
