"""Turning skills on and off leaves the rest of config.toml as it was."""

import stat
import sys
from pathlib import Path

import pytest
from support.machine import Machine

from app_server.config.errors import ConfigError
from app_server.config.skill_switches import switch_skill

OFF = '[[skills.config]]\nname = "a"\nenabled = false\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", OFF),
        ('# c\nmodel="x" # t\n', f'# c\nmodel="x" # t\n\n{OFF}'),
        (
            "[skills]\ninclude_instructions=true\n[zz]\na=1\n",
            f"[skills]\ninclude_instructions=true\n{OFF}[zz]\na=1\n",
        ),
        ('[[skills.config]]\nname="a"\nenabled=true\n', '[[skills.config]]\nname="a"\nenabled=false\n'),
        ('[[skills.config]]\nname="a" # c\n', '[[skills.config]]\nname="a" # c\nenabled = false\n'),
        (
            '[skills]\nconfig=[{name="b",enabled=false}]\n',
            '[skills]\nconfig=[{name="b",enabled=false}, {name = "a", enabled = false}]\n',
        ),
        ("skills={config=[]}\n", 'skills={config=[{name = "a", enabled = false}]}\n'),
    ],
)
def test_a_skill_is_turned_off(machine: Machine, before: str, after: str) -> None:
    file = machine.write(before)

    switch_skill(file, "name", "a", enabled=False)

    assert file.read_text() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ('model = "x"\n', 'model = "x"\n'),
        (OFF, ""),
        (
            f'{OFF}{OFF}[[skills.config]]\nname="b"\nenabled=false\n',
            '[[skills.config]]\nname="b"\nenabled=false\n',
        ),
        ('[skills]\nconfig=[{name="a",enabled=false}]\nother=1\n', "[skills]\nother=1\n"),
    ],
)
def test_a_skill_is_turned_on_by_taking_out_all_its_entries(
    machine: Machine, before: str, after: str
) -> None:
    file = machine.write(before)

    switch_skill(file, "name", "a", enabled=True)

    assert file.read_text() == after


def test_a_path_is_the_same_however_it_is_written(machine: Machine) -> None:
    path = f"{machine.home}/skills/a/SKILL.md"
    file = machine.write(
        f'[[skills.config]]\npath="{machine.home}/skills/../skills/a/SKILL.md"\nenabled=false\n'
    )

    switch_skill(file, "path", path, enabled=True)

    assert file.read_text() == ""


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("skills = 5\n", "`skills` is not a table"),
        ("[skills]\nconfig = 5\n", "`skills.config` is not a list"),
    ],
)
def test_what_is_no_list_of_switches_is_left_alone(machine: Machine, before: str, told: str) -> None:
    file = machine.write(before)

    with pytest.raises(ConfigError, match=told):
        switch_skill(file, "name", "a", enabled=False)

    assert file.read_text() == before


def test_a_broken_file_is_left_alone(machine: Machine) -> None:
    file = machine.write("x = ")

    with pytest.raises(ConfigError):
        switch_skill(file, "name", "a", enabled=False)

    assert file.read_text() == "x = "


@pytest.mark.skipif(sys.platform == "win32", reason="files have no such modes there")
def test_the_file_is_for_its_owner_alone_and_a_link_to_it_stays(machine: Machine, tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    machine.config_file.symlink_to(real)

    switch_skill(machine.config_file, "name", "a", enabled=False)

    assert machine.config_file.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert real.read_text() == OFF
