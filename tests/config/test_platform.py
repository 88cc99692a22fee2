import stat
from pathlib import Path

import pytest

from app_server.platform import replace_private_file


def test_a_file_is_replaced_in_one_step_and_private(tmp_path: Path) -> None:
    file = tmp_path / "auth.json"
    file.write_bytes(b"old")
    file.chmod(0o644)

    replace_private_file(file, b"new")

    assert file.read_bytes() == b"new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_replacement_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    with pytest.raises(IsADirectoryError):
        replace_private_file(folder, b"new")

    assert list(tmp_path.iterdir()) == [folder]
