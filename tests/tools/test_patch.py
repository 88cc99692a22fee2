"""Patches: what is read, where it fits, what is written, and nothing elsewhere (tools.md §4)."""

import random
from pathlib import Path

import pytest

from app_server.config.writable_places import may_write
from app_server.tools.patch.language import AddFile, Chunk, DeleteFile, PatchError, UpdateFile, parse_patch
from app_server.tools.patch.matching import patched
from app_server.tools.patch.plan import outcome, plan_patch
from app_server.tools.patch.writing import write_all


def patch(*lines: str) -> str:
    return "\n".join(["*** Begin Patch", *lines, "*** End Patch"])


def test_all_sections_are_read() -> None:
    text = patch(
        *("*** Add File: a", "+1", "+", "*** Delete File: b"),
        *("*** Update File: c", "*** Move to: d", "@@ def f", " x", "-y", "+z", "", "*** End of File"),
        *("*** Add File: e",),
    )

    assert parse_patch(text) == (
        AddFile("a", "1\n\n"),
        DeleteFile("b"),
        UpdateFile("c", "d", (Chunk("def f", ("x", "y", ""), ("x", "z", ""), at_end=True),)),
        AddFile("e", ""),
    )


@pytest.mark.parametrize("mark", ["<<EOF", "<<'EOF'", '<<"EOF"'])
def test_a_here_document_around_a_patch_is_taken_off(mark: str) -> None:
    assert parse_patch(f"\n{mark}\n{patch('*** Delete File: b')}\nEOF\n") == (DeleteFile("b"),)


HEADERS = "Valid hunk headers: '*** Add File: {path}', '*** Delete File: {path}', '*** Update File: {path}'"
UNEXPECTED = "Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "invalid patch: The first line of the patch must be '*** Begin Patch'"),
        ("*** Begin Patch\n", "invalid patch: The last line of the patch must be '*** End Patch'"),
        (patch("x"), f"invalid hunk at line 2, 'x' is not a valid hunk header. {HEADERS}"),
        (
            patch("*** Delete File: a", "*** Update File: f"),
            "invalid hunk at line 3, Update file hunk for path 'f' is empty",
        ),
        (
            patch("*** Update File: f", "*** Move to: g"),
            "invalid hunk at line 2, Update file hunk for path 'f' is empty",
        ),
        (
            patch("*** Update File: f", "@@ a", "@@ b", "-x"),
            f"invalid hunk at line 4, Unexpected line found in update hunk: '@@ b'. {UNEXPECTED}",
        ),
        (
            patch("*** Update File: f", "-x", "junk"),
            "invalid hunk at line 4, Expected update hunk to start with a @@ context marker, got: 'junk'",
        ),
        (
            patch("*** Update File: f", "@@"),
            "invalid hunk at line 4, Update hunk does not contain any lines",
        ),
    ],
)
def test_what_cannot_be_read_is_explained(text: str, reason: str) -> None:
    with pytest.raises(PatchError) as refused:
        parse_patch(text)

    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("before", "chunk", "after"),
    [
        ("a\nb\nc\n", Chunk(None, ("b",), ("B",)), "a\nB\nc\n"),
        ("a\nb", Chunk(None, ("b",), ("B",)), "a\nB\n"),
        ("x\nf\nx\n", Chunk("f", ("x",), ("y",)), "x\nf\ny\n"),
        ("x\nx\n", Chunk(None, ("x",), ("y",), at_end=True), "x\ny\n"),
        ("a\nb\n", Chunk("a", (), ("new",)), "a\nb\nnew\n"),
        ("a \nb\n", Chunk(None, ("a", "b"), ("a", "c")), "a\nc\n"),
        ("  a\nb\n", Chunk(None, ("a", "b"), ("a", "c")), "a\nc\n"),
        ("it\u2019s \u2014\n", Chunk(None, ("it's -",), ("ok",)), "ok\n"),
        ("a\r\nb\r\n", Chunk(None, ("a",), ("A",)), "A\nb\r\n"),
        ("a\nb\n", Chunk(None, ("b", ""), ("c", "")), "a\nc\n"),
        ("", Chunk(None, (), ("a",)), "a\n"),
    ],
)
def test_chunks_find_their_place(before: str, chunk: Chunk, after: str) -> None:
    assert patched(before, [chunk], "f") == after


def test_a_chunk_without_a_place_is_explained() -> None:
    with pytest.raises(PatchError, match=r"^Failed to find context 'q' in f$"):
        patched("a\n", [Chunk("q", ("a",), ())], "f")
    with pytest.raises(PatchError) as refused:
        patched("a\nb\n", [Chunk(None, ("b",), ("c",)), Chunk(None, ("a", "z"), ())], "f")
    assert str(refused.value) == "Failed to find expected lines in f:\na\nz"


def test_when_one_file_cannot_be_written_all_are_as_before(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("old\n")
    (tmp_path / "file").write_text("x\n")
    (tmp_path / "blocked").mkdir()
    states = outcome(
        parse_patch(
            patch(
                *("*** Add File: new/deep/a", "+1", "*** Update File: b", "-old", "+new"),
                *("*** Delete File: file", "*** Add File: c", "+1"),
            )
        ),
        str(tmp_path),
    )
    (tmp_path / "c").mkdir()

    with pytest.raises(PatchError, match="Failed to write file"):
        write_all(states, lambda _: True)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "blocked", "c", "file"]
    assert (tmp_path / "b").read_text() == "old\n"
    assert (tmp_path / "file").read_text() == "x\n"


def test_a_file_keeps_its_mode_and_a_link_stays_one(tmp_path: Path) -> None:
    script, link = tmp_path / "script", tmp_path / "link"
    script.write_text("a\n")
    script.chmod(0o751)
    link.symlink_to(script)
    sections = parse_patch(patch("*** Update File: link", "-a", "+b"))

    write_all(outcome(sections, str(tmp_path)), lambda _: True)

    assert script.read_text() == "b\n"
    assert script.stat().st_mode & 0o777 == 0o751
    assert link.is_symlink()


def test_only_the_roots_may_be_written_and_nothing_protected_in_them(tmp_path: Path) -> None:
    root, other = tmp_path / "root", tmp_path / "other"
    root.mkdir()
    other.mkdir()
    (root / "out").symlink_to(other)
    (root / "inner").mkdir()
    (root / "loop").symlink_to(root / "inner")
    roots = (str(root),)

    for inside in ("a", "inner/b", "loop/b", "new/deep/x", ".gitignore"):
        assert may_write(str(root / inside), roots), inside
    for outside in ("../x", "out/x", "../other/x", ".git/config", ".codex/x", ".agents", "inner/../.git/x"):
        assert not may_write(str(root / outside), roots), outside
    (root / "hidden").symlink_to(root / ".git")
    assert not may_write(str(root / "hidden" / "hooks"), roots)


def test_the_folder_that_a_git_file_points_to_is_protected(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: real\n")

    assert not may_write(str(tmp_path / "real" / "config"), (str(tmp_path),))


# --- many patches


LINES = ("a", "b", "c", " a", "a ", "", "\u2014", "it's")
NAMES = ("f", "g", "d/h", "../out", "link/x", ".git/x", "/etc/hostname-of-nobody")


def some_lines(source: random.Random, most: int = 6) -> list[str]:
    return [source.choice(LINES) for _ in range(source.randint(0, most))]


def some_patch(source: random.Random, files: dict[str, list[str]]) -> str:
    lines: list[str] = []
    for _ in range(source.randint(1, 3)):
        name = source.choice(NAMES)
        match source.randint(0, 3):
            case 0:
                lines += [f"*** Add File: {name}", *(f"+{line}" for line in some_lines(source))]
            case 1:
                lines.append(f"*** Delete File: {name}")
            case _:
                lines.append(f"*** Update File: {name}")
                if source.random() < 0.2:
                    lines.append(f"*** Move to: {source.choice(NAMES)}")
                have = files.get(name, ["a"])
                start = source.randint(0, max(0, len(have) - 1))
                lines += ["@@", *(f"{source.choice(' -')}{line}" for line in have[start : start + 3])]
                lines += [f"+{line}" for line in some_lines(source, 2)]
    if source.random() < 0.1:
        lines.insert(source.randint(0, len(lines)), source.choice(["junk", "@@", "*** End of File", ""]))
    return patch(*lines)


@pytest.mark.parametrize("seed", range(10))
def test_no_patch_crashes_or_writes_outside_and_each_does_what_it_says(tmp_path: Path, seed: int) -> None:
    """1000 patches for each seed, against files that the test knows."""
    source = random.Random(seed)
    root = tmp_path / "root"
    (root / "d").mkdir(parents=True)
    (tmp_path / "beside").mkdir()
    (root / "link").symlink_to(tmp_path / "beside")
    applied = 0
    for _ in range(1_000):
        files = {name: some_lines(source) for name in ("f", "g", "d/h") if source.random() < 0.8}
        for name in ("f", "g", "d/h"):
            (root / name).unlink(missing_ok=True)
        for name, lines in files.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text("".join(f"{line}\n" for line in lines))
        text = some_patch(source, files)
        before = snapshot(root)
        try:
            plan = plan_patch(parse_patch(text), str(root))
            states = outcome(plan.sections, str(root))
            write_all(states, lambda path: may_write(path, (str(root),)))
        except PatchError:
            assert snapshot(root) == before, text
        else:
            applied += 1
            after = dict(before)
            for state in states:
                after[state.path] = state.after
            assert snapshot(root) == {path: data for path, data in after.items() if data is not None}, text
        assert not list((tmp_path / "beside").iterdir())
        assert sorted(path.name for path in tmp_path.iterdir()) == ["beside", "root"]
    assert applied > 100


def snapshot(root: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}
