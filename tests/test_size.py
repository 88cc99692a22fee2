"""What a reader can take in at once."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MOST_LINES = 400


@pytest.mark.parametrize("folder", ["app_server", "protocol", "scripts", "tests"])
def test_no_file_is_longer_than_a_reader_can_take_in(folder: str) -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in (ROOT / folder).rglob("*.py")}

    assert {path.as_posix(): length for path, length in lengths.items() if length > MOST_LINES} == {}
