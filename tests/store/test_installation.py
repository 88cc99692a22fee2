"""The installation's id: one for a home, whoever asks first."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app_server.platform import is_windows
from app_server.store.installation import installation_id


def test_a_fresh_home_gets_an_id_that_stays(tmp_path: Path) -> None:
    first = installation_id(tmp_path / "home")

    assert str(uuid.UUID(first, version=4)) == first
    assert (tmp_path / "home" / "installation_id").read_text() == first
    assert installation_id(tmp_path / "home") == first


def test_an_id_in_another_spelling_is_used_and_left_as_it_is(tmp_path: Path) -> None:
    known = uuid.uuid4()
    (tmp_path / "installation_id").write_text(f" {str(known).upper()}\n")

    assert installation_id(tmp_path) == str(known)
    assert (tmp_path / "installation_id").read_text() == f" {str(known).upper()}\n"


@pytest.mark.parametrize("junk", [b"garbage", b"\xff\xfe", b"", b"x" * 5000])
def test_what_is_no_id_is_replaced(tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "installation_id").write_bytes(junk)
    (tmp_path / "installation_id").chmod(0o600)

    fresh = installation_id(tmp_path)

    assert (tmp_path / "installation_id").read_text() == fresh
    assert is_windows or (tmp_path / "installation_id").stat().st_mode & 0o777 == 0o644


def test_all_who_ask_at_once_get_the_same_id(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(installation_id, [tmp_path] * 24))

    assert len(ids) == 1
