"""Searching a root: what is found in it, and when it has to be searched again."""

import os
from pathlib import Path

import pytest
from support.skills import SkillShelf

from app_server.skills.discovery import MAX_FOLDERS, Scope, Search, SkillRoot, search
from app_server.skills.skill import SkillProblem


def names(found: Search) -> list[str]:
    return [skill.name for skill in found.skills]


def look(shelf: SkillShelf, scope: Scope = "user") -> Search:
    return search(SkillRoot(str(shelf.folder), scope))


def age(folder: Path) -> None:
    """Let everything look as if it had been there for long."""
    for path in (folder, *folder.rglob("*")):
        os.utime(path, (1_000_000, 1_000_000), follow_symlinks=False)


def test_skills_lie_at_any_depth_down_to_the_sixth(shelf: SkillShelf) -> None:
    shelf.put("", "top")
    shelf.put("a/b/c/d/e/six")
    shelf.put("a/b/c/d/e/f/seven")
    shelf.put("a")

    assert names(look(shelf)) == ["top", "a", "six"]


def test_hidden_folders_and_other_names_are_passed_over(shelf: SkillShelf) -> None:
    shelf.put(".hidden")
    (shelf.folder / "lower").mkdir()
    (shelf.folder / "lower" / "skill.md").write_text("---\ndescription: x\n---\n")

    assert look(shelf).skills == ()


def test_a_link_to_a_folder_is_followed_and_the_place_behind_it_is_told(
    shelf: SkillShelf, tmp_path: Path
) -> None:
    elsewhere = SkillShelf(Path(os.path.realpath(tmp_path)) / "elsewhere")
    path = elsewhere.put("linked")
    shelf.folder.mkdir(parents=True)
    (shelf.folder / "link").symlink_to(elsewhere.folder)
    (elsewhere.folder / "loop").symlink_to(shelf.folder)

    found = look(shelf)

    assert [skill.path for skill in found.skills] == [path]
    assert look(shelf, "system").skills == ()


def test_a_linked_file_is_no_skill(shelf: SkillShelf) -> None:
    path = shelf.put("real")
    (shelf.folder / "fake").mkdir()
    (shelf.folder / "fake" / "SKILL.md").symlink_to(path)

    assert names(look(shelf)) == ["real"]


def test_a_skill_of_a_plugin_carries_its_name(shelf: SkillShelf) -> None:
    shelf.put("plug/skills/inner")
    (shelf.folder / "plug" / ".claude-plugin").mkdir()
    (shelf.folder / "plug" / ".claude-plugin" / "plugin.json").write_text('{"name": "mine"}')
    shelf.put("broken/skills/bare")
    (shelf.folder / "broken" / ".codex-plugin").mkdir()
    (shelf.folder / "broken" / ".codex-plugin" / "plugin.json").write_text("{")
    shelf.put("long/skills/" + "n" * 60)
    (shelf.folder / "long" / ".codex-plugin").mkdir()
    (shelf.folder / "long" / ".codex-plugin" / "plugin.json").write_text('{"name": " "}')

    found = look(shelf)

    assert names(found) == ["bare", "mine:inner"]
    assert [problem.message for problem in found.problems] == [
        "invalid name: exceeds maximum length of 64 characters"
    ]


def test_what_is_no_skill_is_a_problem_but_not_among_the_bundled_ones(shelf: SkillShelf) -> None:
    path = shelf.put("bad", text=b"---\nname: \xff\n---\n")

    told = "failed to read file: invalid utf-8 sequence of 1 bytes from index 10"
    assert look(shelf).problems == (SkillProblem(path, told),)
    assert look(shelf, "system").problems == ()


def test_a_skill_for_other_products_is_not_there(shelf: SkillShelf) -> None:
    shelf.put("theirs", metadata="policy:\n  products: [chatgpt]\n")
    shelf.put("both", metadata="policy:\n  products: [chatgpt, codex]\n")

    assert names(look(shelf)) == ["both"]


def test_the_number_of_folders_is_bounded(shelf: SkillShelf) -> None:
    for number in range(MAX_FOLDERS + 50):
        (shelf.folder / f"{number:05}").mkdir(parents=True)
    shelf.put(f"{MAX_FOLDERS + 40:05}", "too-far")
    shelf.put("00001", "near")

    assert names(look(shelf)) == ["near"]


def test_an_absent_root_holds_nothing_until_it_is_made(shelf: SkillShelf) -> None:
    found = look(shelf)

    assert found.skills == ()
    assert found.still_holds()
    shelf.put("one")
    assert not found.still_holds()


@pytest.mark.parametrize("change", ["edit", "add", "remove", "metadata"])
def test_any_change_is_noticed(shelf: SkillShelf, change: str) -> None:
    path = Path(shelf.put("one"))
    shelf.put("two")
    age(shelf.folder)
    found = look(shelf)
    assert found.still_holds()

    match change:
        case "edit":
            path.write_text("---\nname: other\ndescription: x\n---\n")
        case "add":
            shelf.put("three")
        case "remove":
            path.unlink()
        case _:
            (path.parent / "agents").mkdir()
            (path.parent / "agents" / "openai.yaml").write_text("policy: {allow_implicit_invocation: false}")

    assert not found.still_holds()


def test_what_changed_just_now_is_looked_at_again(shelf: SkillShelf) -> None:
    shelf.put("one")

    assert not look(shelf).still_holds()
