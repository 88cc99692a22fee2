"""What hides a missing `.git` in a sandbox is gone when the last sandbox is."""

import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only Linux needs them", allow_module_level=True)

from app_server.sandbox.masks import Masks, is_mask


def test_a_mask_lasts_as_long_as_its_sandbox(tmp_path: Path) -> None:
    place = tmp_path / ".git"

    masks = Masks([place])

    assert masks.places == (place,)
    assert is_mask(place)
    assert place.is_dir()
    masks.release()
    assert not place.exists()


def test_the_last_sandbox_removes_it(tmp_path: Path) -> None:
    place = tmp_path / ".git"
    first, second = Masks([place]), Masks([place])

    first.release()
    still_there = place.is_dir()
    second.release()

    assert still_there
    assert not place.exists()


def test_what_a_killed_server_left_is_taken_over_and_removed(tmp_path: Path) -> None:
    place = tmp_path / ".codex"
    place.mkdir()
    place.chmod(0o555)

    masks = Masks([place])
    masks.release()

    assert not place.exists()


def test_a_folder_of_somebody_else_is_no_mask(tmp_path: Path) -> None:
    empty, full = tmp_path / ".git", tmp_path / ".agents"
    empty.mkdir(0o755)
    full.mkdir()
    (full / "skill").touch()
    full.chmod(0o555)

    masks = Masks([empty])
    masks.release()

    assert [is_mask(empty), is_mask(full)] == [False, False]
    assert empty.is_dir()
    full.chmod(0o755)


def test_a_mask_that_was_filled_meanwhile_stays(tmp_path: Path) -> None:
    place = tmp_path / ".git"
    masks = Masks([place])
    place.chmod(0o755)
    (place / "config").touch()

    masks.release()

    assert (place / "config").exists()


def test_where_no_folder_can_be_made_there_is_none_to_hide(tmp_path: Path) -> None:
    masks = Masks([tmp_path / "missing" / ".git"])

    assert masks.places == ()
    masks.release()
