"""AGENTS.md files: which are read, in which order, and how much of them."""

import os
from pathlib import Path
from typing import Any

import pytest

from app_server.prompt.agents_md import UserInstructions, instructions_part, load_user_instructions


class Tree:
    """A home and a project, filled by a test."""

    def __init__(self, base: Path) -> None:
        self.home, self.project = base / "home", base / "project"
        self.home.mkdir()
        self.project.mkdir()

    def write(self, files: dict[str, str | bytes | None], base: Path | None = None) -> None:
        """Relative paths and contents; None makes a folder."""
        for name, content in files.items():
            path = (base or self.project) / name
            if content is None:
                path.mkdir(parents=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def load(self, folder: str = ".", **settings: Any) -> UserInstructions:
        return load_user_instructions(self.home, self.project / folder, **settings)

    def text(self, folder: str = ".", **settings: Any) -> str | None:
        return self.load(folder, **settings).text


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return Tree(tmp_path.resolve())


def test_nothing_gives_nothing(tree: Tree) -> None:
    assert tree.load() == UserInstructions(None, ())


def test_the_part_names_the_folder_of_the_turn() -> None:
    assert (
        instructions_part("/x", "T")
        == "# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nT\n</INSTRUCTIONS>"
    )


def test_documents_are_joined_from_the_root_down_after_the_users_own(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.md": "R\n", "sub/AGENTS.md": "S"})
    tree.write({"AGENTS.md": "  G \n"}, tree.home)

    loaded = tree.load("sub")

    assert loaded == UserInstructions(
        "G\n\n--- project-doc ---\n\nR\n\n\nS",
        (tree.home / "AGENTS.md", tree.project / "AGENTS.md", tree.project / "sub/AGENTS.md"),
    )


def test_without_a_marker_only_the_folder_itself_is_read(tree: Tree) -> None:
    tree.write({"AGENTS.md": "R", "sub/AGENTS.md": "S"})

    assert tree.text("sub", root_markers=("no-such-marker",)) == "S"


def test_the_nearest_marker_wins_and_may_be_a_file(tree: Tree) -> None:
    tree.write(
        {".git": None, "AGENTS.md": "R", "sub/.git": "gitdir: x", "sub/AGENTS.md": "S", "sub/deep": None}
    )

    assert tree.text("sub/deep") == "S"


def test_no_markers_at_all_means_only_the_folder(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.md": "R", "sub/AGENTS.md": "S"})

    assert tree.text("sub", root_markers=()) == "S"


def test_an_override_hides_its_neighbour_even_when_blank(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.md": "R", "AGENTS.override.md": " \n", "sub/AGENTS.md": "S"})

    assert tree.load("sub") == UserInstructions("S", (tree.project / "sub/AGENTS.md",))


def test_of_the_users_own_files_a_blank_or_unreadable_one_is_passed_over(tree: Tree) -> None:
    tree.write({"AGENTS.override.md": b"\xff\xfe", "AGENTS.md": "G"}, tree.home)

    assert tree.load() == UserInstructions("G", (tree.home / "AGENTS.md",))


def test_a_folder_of_that_name_is_skipped(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.override.md": None, "AGENTS.md": "R"})

    assert tree.text() == "R"


@pytest.mark.skipif(os.name != "posix", reason="links need no privilege on POSIX only")
def test_links_are_followed_and_dangling_ones_skipped(tree: Tree) -> None:
    tree.write({".git": None, "text": "LINKED"})
    (tree.project / "AGENTS.override.md").symlink_to("nowhere")
    (tree.project / "AGENTS.md").symlink_to("text")

    assert tree.text() == "LINKED"


def test_fallback_names_come_last_trimmed_and_without_blanks(tree: Tree) -> None:
    tree.write({"CLAUDE.md": "C", "X.md": "X"})

    assert tree.text(fallback_filenames=("", " X.md ", "CLAUDE.md")) == "X"


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (0, "GLOBAL"),
        (2, "GLOBAL\n\n--- project-doc ---\n\nR\ufffd"),
        (6, "GLOBAL\n\n--- project-doc ---\n\nRéé\n"),
        (8, "GLOBAL\n\n--- project-doc ---\n\nRéé\n\n\nSS"),
    ],
)
def test_the_budget_counts_bytes_of_the_projects_documents_only(
    tree: Tree, budget: int, expected: str
) -> None:
    tree.write({".git": None, "AGENTS.md": "Réé\n", "sub/AGENTS.md": "SSS"})
    tree.write({"AGENTS.md": "GLOBAL"}, tree.home)

    assert tree.text("sub", max_bytes=budget) == expected


def test_a_document_that_is_blank_after_the_cut_costs_nothing(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.md": "    R", "sub/AGENTS.md": "SSSS"})

    assert tree.text("sub", max_bytes=3) == "SSS"


def test_bad_bytes_are_replaced_and_line_ends_kept(tree: Tree) -> None:
    tree.write({"AGENTS.md": b"a\r\n\xff\xc3(b"})

    assert tree.text() == "a\r\n\ufffd\ufffd(b"


def test_control_characters_are_not_white_space(tree: Tree) -> None:
    tree.write({"AGENTS.md": "\x1c"})

    assert tree.text() == "\x1c"


def test_a_folder_that_does_not_exist_still_has_ancestors(tree: Tree) -> None:
    tree.write({".git": None, "AGENTS.md": "R"})

    assert tree.text("missing/deep") == "R"


def test_the_note_on_scope_is_added_even_alone(tree: Tree) -> None:
    alone = tree.text(explain_scope=True)
    tree.write({"AGENTS.md": "R"})

    assert alone is not None
    assert tree.text(explain_scope=True) == f"R\n\n{alone}"
