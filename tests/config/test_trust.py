import stat
from pathlib import Path

import pytest
from support.machine import Machine

from app_server.config.config import TypedOverrides
from app_server.config.errors import ConfigError
from app_server.config.loader import wants_trust
from app_server.config.toml import parse_toml
from app_server.config.trust import mark_trusted
from protocol.wire import JsonObject

WRITING = TypedOverrides(sandbox_mode="workspace-write")


@pytest.mark.parametrize(
    ("text", "typed", "explicit", "wanted"),
    [
        ("", WRITING, True, True),
        ("", TypedOverrides(sandbox_mode="danger-full-access"), True, True),
        ("", TypedOverrides(permissions=":workspace"), True, True),
        ('sandbox_mode = "workspace-write"\n', TypedOverrides(), True, True),
        ("", WRITING, False, False),
        ("", TypedOverrides(), True, False),
        ("", TypedOverrides(sandbox_mode="read-only"), True, False),
    ],
)
def test_only_a_named_folder_that_may_be_written_is_a_decision(
    machine: Machine, text: str, typed: TypedOverrides, explicit: bool, wanted: bool
) -> None:
    config = machine.load(text, cwd=machine.work, typed=typed)

    assert wants_trust(config, explicit_cwd=explicit) is wanted


def test_a_decision_is_never_taken_twice(machine: Machine) -> None:
    project = machine.project()

    config = machine.load(machine.decide("untrusted", project), cwd=project, typed=WRITING)

    assert not wants_trust(config, explicit_cwd=True)


def test_trust_is_written_for_the_repository_and_holds_for_the_next_thread(machine: Machine) -> None:
    inner = machine.project() / "src"
    inner.mkdir()
    loader = machine.loader()

    loader.trust(loader.load(cwd=inner, typed=WRITING))

    assert parse_toml(machine.config_file.read_text()) == {
        "projects": {str(inner.parent): {"trust_level": "trusted"}}
    }
    assert loader.load(cwd=inner).trust_level == "trusted"


def test_outside_a_repository_trust_is_written_for_the_folder_itself(machine: Machine) -> None:
    link = machine.work / "link"
    link.symlink_to(machine.home)
    loader = machine.loader()

    loader.trust(loader.load(cwd=link, typed=WRITING))

    assert parse_toml(machine.config_file.read_text()) == {
        "projects": {str(machine.home): {"trust_level": "trusted"}}
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine\nmodel = 'a' # why",
        '[projects."/other"]\ntrust_level = "untrusted"\n',
        'projects = {"/other" = {trust_level = "untrusted"}} # in one line\n',
        '[projects."FOLDER"] # undecided\nnote = 1\n',
        'projects."/other".trust_level = "untrusted"\n[a]\nb = 1\n',
    ],
)
def test_writing_trust_keeps_all_else_in_the_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    text = text.replace("FOLDER", str(tmp_path))
    file.write_text(text)
    before = parse_toml(text)

    mark_trusted(file, tmp_path)

    after = parse_toml(file.read_text())
    projects = after.get("projects")
    assert isinstance(projects, dict)
    entry = projects[str(tmp_path)]
    assert isinstance(entry, dict)
    assert entry.pop("trust_level") == "trusted"
    if not entry:
        del projects[str(tmp_path)]
    assert _without_empty(after) == before
    notes = [word for word in ("# mine", "# why", "# undecided", "# in one line") if word in text]
    assert all(note in file.read_text() for note in notes)


def _without_empty(values: JsonObject) -> JsonObject:
    return {key: value for key, value in values.items() if value != {}}


def test_the_file_becomes_private_and_a_link_to_it_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('model = "a"\n')
    real.chmod(0o644)
    link = tmp_path / "config.toml"
    link.symlink_to(real)

    mark_trusted(link, Path('/w/ä "quoted" \\'))

    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
    assert parse_toml(real.read_text()) == {
        "model": "a",
        "projects": {'/w/ä "quoted" \\': {"trust_level": "trusted"}},
    }
    assert sorted(tmp_path.iterdir()) == [link, real]


def test_a_file_that_cannot_be_edited_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("projects = 1\n")

    with pytest.raises(ConfigError, match="cannot edit `projects`"):
        mark_trusted(file, tmp_path)

    assert file.read_text() == "projects = 1\n"


def test_trust_that_cannot_be_written_holds_in_memory(machine: Machine) -> None:
    project = machine.project()
    machine.config_file.mkdir()
    loader = machine.loader()
    config = machine.loader().defaults()
    assert config.stack.project is None
    machine.config_file.rmdir()
    config = loader.load(cwd=project, typed=WRITING)
    machine.config_file.mkdir()

    loader.trust(config)

    machine.config_file.rmdir()
    assert loader.load(cwd=project).trust_level == "trusted"
    assert machine.loader().load(cwd=project).trust_level is None
