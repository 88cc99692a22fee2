"""All roots together: order, scopes, duplicates, switches, and what is searched again."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from pydantic import JsonValue
from support.machine import Machine
from support.skills import WITHOUT_BUNDLED, SkillShelf, put_plugin

from app_server.config.config import Config
from app_server.skills import discovery
from app_server.skills.bundled import MARKER
from app_server.skills.library import SkillLibrary
from app_server.skills.skill import SkillCatalogue


@pytest.fixture
def project(machine: Machine) -> Path:
    folder = machine.project()
    (folder / "sub").mkdir()
    return folder


def outline(catalogue: SkillCatalogue) -> list[tuple[str, str]]:
    return [(skill.scope, skill.name) for skill in catalogue.skills]


@pytest.fixture
def searches() -> Iterator[list[str]]:
    """The roots that are searched from now on."""
    made: list[str] = []
    real = discovery.search

    def counted(root: discovery.SkillRoot) -> discovery.Search:
        made.append(root.path)
        return real(root)._replace(settled=True)

    with patch.object(discovery, "search", counted):
        yield made


def test_every_root_counts_with_its_scope(
    machine: Machine, user_home: Path, library: SkillLibrary, project: Path, shelf: SkillShelf
) -> None:
    shelf.put("own")
    SkillShelf(user_home / ".agents" / "skills").put("agents-own")
    SkillShelf(machine.system / "skills").put("admins")
    SkillShelf(project / ".codex" / "skills").put("codex-root")
    SkillShelf(project / "sub" / ".codex" / "skills").put("codex-sub")
    SkillShelf(project / ".agents" / "skills").put("agents-root")
    SkillShelf(project / "sub" / ".agents" / "skills").put("agents-sub")
    plugin = put_plugin(machine.home, "plug@market", "inner")
    config = machine.load(WITHOUT_BUNDLED + plugin, cwd=project / "sub")

    catalogue = library.catalogue(config)

    assert outline(catalogue) == [
        ("repo", "agents-root"),
        ("repo", "agents-sub"),
        ("repo", "codex-root"),
        ("repo", "codex-sub"),
        ("user", "agents-own"),
        ("user", "own"),
        ("user", "plug:inner"),
        ("admin", "admins"),
    ]
    assert [skill.plugin_id for skill in catalogue.skills if skill.plugin_id] == ["plug@market"]
    roots = [os.path.relpath(root, machine.home.parent) for root in catalogue.roots]
    assert roots == [
        "work/project/sub/.codex/skills",
        "work/project/.codex/skills",
        "home/skills",
        "user/.agents/skills",
        "etc/skills",
        "home/plugins/cache/market/plug/1.0.0/skills",
        "work/project/.agents/skills",
        "work/project/sub/.agents/skills",
    ]


def test_an_untrusted_project_keeps_its_skills(
    machine: Machine, library: SkillLibrary, project: Path
) -> None:
    SkillShelf(project / ".codex" / "skills").put("theirs")
    config = machine.load(WITHOUT_BUNDLED + machine.decide("untrusted", project), cwd=project)

    assert outline(library.catalogue(config)) == [("repo", "theirs")]


def test_one_file_is_one_skill_and_one_name_may_be_two(
    machine: Machine, user_home: Path, library: SkillLibrary, shelf: SkillShelf
) -> None:
    shelf.put("one", "same")
    shelf.put("two", "same")
    (user_home / ".agents").mkdir()
    (user_home / ".agents" / "skills").symlink_to(shelf.folder)

    catalogue = library.catalogue(machine.load(WITHOUT_BUNDLED))

    assert [Path(skill.path).parent.name for skill in catalogue.skills] == ["one", "two"]


@pytest.mark.parametrize(
    ("entries", "off"),
    [
        ('{name="one", enabled=false}', ["one"]),
        ('{name="one", enabled=false}, {name="one", enabled=true}', []),
        ('{path="SKILLS/two/SKILL.md", enabled=false}', ["two"]),
        ('{path="SKILLS/one/../two/SKILL.md", enabled=false}', ["two"]),
        ('{name=" ", enabled=false}, {enabled=false}, {name="one", path="/x", enabled=false}', []),
    ],
)
def test_config_turns_skills_off(
    machine: Machine, library: SkillLibrary, shelf: SkillShelf, entries: str, off: list[str]
) -> None:
    shelf.put("one")
    shelf.put("two")
    text = (
        f"[skills]\nbundled = {{enabled=false}}\nconfig = [{entries.replace('SKILLS', str(shelf.folder))}]\n"
    )

    catalogue = library.catalogue(machine.load(text))

    assert [skill.name for skill in catalogue.skills] == ["one", "two"]
    assert [skill.name for skill in catalogue.skills if skill not in catalogue.enabled] == off


def test_a_project_turns_nothing_off_and_a_request_may(
    machine: Machine, library: SkillLibrary, project: Path, shelf: SkillShelf
) -> None:
    shelf.put("one")
    machine.write('[[skills.config]]\nname = "one"\nenabled = false\n', project / ".codex" / "config.toml")
    trusted = WITHOUT_BUNDLED + machine.decide("trusted", project)

    by_project = library.catalogue(machine.load(trusted, cwd=project))
    asked: dict[str, JsonValue] = {"skills.config": [{"name": "one", "enabled": False}]}
    by_request = library.catalogue(machine.load(trusted, cwd=project, request=asked))

    assert [skill.name for skill in by_project.enabled] == ["one"]
    assert by_request.enabled == ()


def test_the_bundled_skills_are_installed_once_and_removed_when_unwanted(
    machine: Machine, library: SkillLibrary
) -> None:
    first = library.catalogue(machine.load())
    marker = machine.home / "skills" / ".system" / MARKER
    written = marker.stat().st_mtime_ns
    SkillLibrary({}).catalogue(machine.load())

    assert [skill.scope for skill in first.skills] == ["system"] * len(first.skills) != []
    assert marker.stat().st_mtime_ns == written
    assert library.catalogue(machine.load(WITHOUT_BUNDLED)).skills == ()
    assert not marker.parent.exists()


def test_nothing_is_searched_twice_that_has_not_changed(
    machine: Machine, library: SkillLibrary, shelf: SkillShelf, searches: list[str]
) -> None:
    shelf.put("one")
    config: Config = machine.load(WITHOUT_BUNDLED)
    library.catalogue(config)
    searches.clear()

    library.catalogue(config)
    assert searches == []

    shelf.put("two")
    assert [skill.name for skill in library.catalogue(config).skills] == ["one", "two"]
    assert searches == [str(shelf.folder)]
    searches.clear()

    library.catalogue(config, anew=True)
    assert str(shelf.folder) in searches


def test_a_change_is_told_once_whoever_sees_it_first(
    machine: Machine, library: SkillLibrary, shelf: SkillShelf
) -> None:
    config = machine.load(WITHOUT_BUNDLED)
    library.catalogue(config)
    assert not library.take_change()

    shelf.put("one")
    library.catalogue(config)

    assert library.take_change()
    assert not library.take_change()


def test_extra_roots_hold_for_all_until_others_are_set(
    machine: Machine, library: SkillLibrary, tmp_path: Path
) -> None:
    SkillShelf(tmp_path / "extra").put("more")
    config = machine.load(WITHOUT_BUNDLED)

    library.set_extra_roots([str(tmp_path / "extra"), "/nowhere"])
    with_more = outline(library.catalogue(config))
    library.set_extra_roots([])

    assert with_more == [("user", "more")]
    assert outline(library.catalogue(config)) == []
