"""What is told once: skills, plugins, memories, and under which settings each is."""

import os
from pathlib import Path

import pytest
from support.machine import Machine
from support.skills import WITHOUT_BUNDLED, SkillShelf, put_plugin

from app_server.prompt.context import StandingSections
from app_server.prompt.standing import capabilities, standing_sections
from app_server.skills.library import SkillLibrary

SUMMARY = "========= MEMORY_SUMMARY BEGINS =========\nWhat was.\n========= MEMORY_SUMMARY ENDS ========="


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root = Path(os.path.realpath(tmp_path))
    folders = Machine(root / "home", root / "etc", root / "work")
    for folder in (folders.home, folders.system, folders.work):
        folder.mkdir()
    return folders


def sections(machine: Machine, config: str, *, memories: bool = True) -> StandingSections:
    library = SkillLibrary({"HOME": str(machine.home.parent / "nobody")})
    return standing_sections(library, machine.load(config), 272_000, memories=memories, cwd=None)


def test_a_projects_skills_are_in_sight_where_the_turn_runs(machine: Machine) -> None:
    library = SkillLibrary({"HOME": str(machine.home.parent / "nobody")})
    there = machine.home.parent / "there"
    for folder, root in ((machine.work, ".agents"), (there, ".agents"), (machine.home, "")):
        SkillShelf(folder / root / "skills").put(f"of-{folder.name}")

    def names(cwd: Path | None) -> set[str]:
        place = None if cwd is None else str(cwd)
        can = capabilities(library, machine.load(WITHOUT_BUNDLED), place)
        return {skill.name for skill in can.catalogue.skills}

    assert names(machine.work) == {"of-home", "of-work"}
    assert names(there) == {"of-home", "of-there"}
    assert names(None) == {"of-home"}


def remember(machine: Machine, text: str = "  What was.\n") -> None:
    (machine.home / "memories").mkdir()
    (machine.home / "memories" / "memory_summary.md").write_text(text)


def test_nothing_installed_is_nothing_told(machine: Machine) -> None:
    assert sections(machine, WITHOUT_BUNDLED) == StandingSections()


def test_the_bundled_skills_are_told_by_default(machine: Machine) -> None:
    assert "- skill-author: " in str(sections(machine, "").skills)


def test_each_section_can_be_switched_off(machine: Machine) -> None:
    SkillShelf(machine.home / "skills").put("one")
    plugin = put_plugin(machine.home, "plug@market", "two")
    remember(machine)
    off = "bundled = {enabled=false}\n"

    told = sections(machine, f"[skills]\n{off}[features]\nmemories = true\n{plugin}")
    silent = sections(
        machine,
        f"[skills]\n{off}include_instructions = false\n[features]\nplugins = false\n"
        f"memories = true\n[memories]\nuse_memories = false\n{plugin}",
    )

    assert [text is not None for text in told] == [True, True, True, False, False]
    assert silent == StandingSections()


def test_memories_need_the_feature_a_summary_and_a_real_turn(machine: Machine) -> None:
    on = f"{WITHOUT_BUNDLED}[features]\nmemories = true\n"
    assert sections(machine, on).memories is None
    remember(machine)

    told = sections(machine, on).memories or ""
    assert told.startswith("## Memory\n")
    assert told.endswith(SUMMARY)
    assert str(machine.home / "memories") in told
    assert sections(machine, WITHOUT_BUNDLED).memories is None
    assert sections(machine, on, memories=False).memories is None


def test_a_blank_summary_is_none(machine: Machine) -> None:
    remember(machine, " \n")

    assert sections(machine, f"{WITHOUT_BUNDLED}[features]\nmemories = true\n").memories is None


def test_a_long_summary_is_cut_in_the_middle(machine: Machine) -> None:
    remember(machine, "x" * 30_000)

    told = sections(machine, f"{WITHOUT_BUNDLED}[features]\nmemories = true\n").memories or ""

    assert f"{'x' * 10_000}…2500 tokens truncated…{'x' * 10_000}" in told


def test_clients_are_warned_when_skills_do_not_fit(machine: Machine) -> None:
    shelf = SkillShelf(machine.home / "skills")
    for number in range(50):
        shelf.put(f"s{number}", description="d" * 500)
    library = SkillLibrary({})

    tight = standing_sections(library, machine.load(WITHOUT_BUNDLED), 20_000, memories=False, cwd=None)

    assert (tight.warning or "").startswith(
        ("Exceeded skills context budget of 2%.", "The descriptions of skills")
    )
