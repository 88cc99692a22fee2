"""What belongs to the user of a service."""

from pathlib import Path

import pytest


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """The user's own folder."""
    home = tmp_path / "user"
    home.mkdir()
    return home
