import os
from pathlib import Path

import pytest

from app_server.config.home import HomeError, load_env_file, resolve_codex_home

ENV_FILE = r"""
# a comment
PLAIN=one
export SPACED = two words are no value
export EXPORTED=three  # said why
SINGLE='a $PLAIN b'
DOUBLE="a ${PLAIN}\n$GIVEN"
CODEX_HOME=/elsewhere
codex_other=1
no assignment
UNCLOSED='x
EMPTY=
"""


def test_a_named_home_is_canonicalised(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.mkdir()
    link = tmp_path / "link"
    link.symlink_to(real)

    assert resolve_codex_home({"CODEX_HOME": str(link)}) == os.path.realpath(real)


def test_a_named_home_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HomeError) as refused:
        resolve_codex_home({"CODEX_HOME": str(tmp_path / "no")})

    assert str(refused.value) == f'CODEX_HOME points to "{tmp_path / "no"}", but that path does not exist'


def test_a_named_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()

    with pytest.raises(HomeError) as refused:
        resolve_codex_home({"CODEX_HOME": str(file)})

    assert str(refused.value) == f'CODEX_HOME points to "{file}", but that path is not a directory'


@pytest.mark.parametrize("named", [{}, {"CODEX_HOME": ""}])
def test_without_a_name_the_home_is_made_on_demand(tmp_path: Path, named: dict[str, str]) -> None:
    home = resolve_codex_home({"HOME": str(tmp_path), **named})

    assert home == str(tmp_path / ".codex")
    assert (tmp_path / ".codex").is_dir()


def test_a_home_that_cannot_be_made_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(HomeError, match=r"cannot create .*: Not a directory"):
        resolve_codex_home({"HOME": str(tmp_path / "file")})


def test_the_env_file_sets_variables_but_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV_FILE)
    environ = {"GIVEN": "g", "PLAIN": "old"}

    load_env_file(str(tmp_path), environ)

    assert environ == {
        "GIVEN": "g",
        "PLAIN": "one",
        "EXPORTED": "three",
        "SINGLE": "a $PLAIN b",
        "DOUBLE": "a one\ng",
        "EMPTY": "",
    }


def test_a_missing_env_file_changes_nothing(tmp_path: Path) -> None:
    environ = {"A": "1"}

    load_env_file(str(tmp_path), environ)

    assert environ == {"A": "1"}
