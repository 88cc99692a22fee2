"""The skills that come with the server."""

from pathlib import Path

from app_server.skills.bundled import BUNDLED_FOLDER, FINGERPRINT, MARKER, fingerprint, install_bundled
from app_server.skills.discovery import SkillRoot, search


def test_the_print_is_that_of_the_skills() -> None:
    assert fingerprint() == FINGERPRINT, "put this value into app_server/skills/bundled.py"


def test_every_bundled_skill_can_be_used(tmp_path: Path) -> None:
    install_bundled(tmp_path)

    found = search(SkillRoot(str(tmp_path / BUNDLED_FOLDER), "user"))

    assert [skill.name for skill in found.skills] == ["agents-md", "skill-author"]
    assert found.problems == ()


def test_what_another_server_left_gives_way(tmp_path: Path) -> None:
    folder = tmp_path / BUNDLED_FOLDER
    (folder / "theirs").mkdir(parents=True)
    (folder / "theirs" / "SKILL.md").write_text("x")
    (folder / MARKER).write_text("0123456789abcdef\n")

    install_bundled(tmp_path)

    assert sorted(path.name for path in folder.iterdir()) == [MARKER, "agents-md", "skill-author"]


def test_a_home_that_cannot_be_written_costs_a_log_line(tmp_path: Path) -> None:
    (tmp_path / "skills").write_text("a file where a folder belongs")

    install_bundled(tmp_path)

    assert (tmp_path / "skills").is_file()
