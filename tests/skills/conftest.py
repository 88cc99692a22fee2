"""A machine with skills on it."""

import os
from pathlib import Path

import pytest
from support.machine import Machine
from support.skills import SkillShelf

from app_server.skills.library import SkillLibrary


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root = Path(os.path.realpath(tmp_path))
    folders = Machine(root / "home", root / "etc", root / "work")
    for folder in (folders.home, folders.system, folders.work, root / "user"):
        folder.mkdir()
    return folders


@pytest.fixture
def user_home(machine: Machine) -> Path:
    return machine.home.parent / "user"


@pytest.fixture
def library(user_home: Path) -> SkillLibrary:
    return SkillLibrary({"HOME": str(user_home)})


@pytest.fixture
def shelf(machine: Machine) -> SkillShelf:
    """The user's own skills."""
    return SkillShelf(machine.home / "skills")
