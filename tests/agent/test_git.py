"""Git facts, read from the repository's files."""

from pathlib import Path

from app_server.agent.git import git_state
from app_server.store.session_meta import GitState

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def repository(folder: Path, head: str = "ref: refs/heads/main") -> Path:
    git = folder / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text(f"{head}\n")
    (git / "config").write_text(
        '[core]\n\tbare = false\n[remote "other"]\n\turl = https://example.com/other.git\n'
        '[remote "origin"]\n\turl = https://example.com/one.git\n\tfetch = +refs/*:refs/*\n'
    )
    return git


def test_a_loose_branch_is_read(tmp_path: Path) -> None:
    (repository(tmp_path) / "refs" / "heads" / "main").write_text(f"{COMMIT}\n")
    (tmp_path / "deep").mkdir()

    assert git_state(str(tmp_path / "deep")) == GitState(COMMIT, "main", "https://example.com/one.git")


def test_a_packed_branch_is_read(tmp_path: Path) -> None:
    packed = f"# pack-refs with: peeled\n{COMMIT} refs/heads/main\n"
    (repository(tmp_path) / "packed-refs").write_text(packed)

    assert git_state(str(tmp_path)) == GitState(COMMIT, "main", "https://example.com/one.git")


def test_a_detached_head_has_no_branch(tmp_path: Path) -> None:
    repository(tmp_path, COMMIT)

    assert git_state(str(tmp_path)) == GitState(COMMIT, None, "https://example.com/one.git")


def test_a_linked_work_tree_shares_the_refs_of_its_repository(tmp_path: Path) -> None:
    main = repository(tmp_path / "main")
    (main / "refs" / "heads" / "side").write_text(f"{COMMIT}\n")
    linked = main / "worktrees" / "side"
    linked.mkdir(parents=True)
    (linked / "HEAD").write_text("ref: refs/heads/side\n")
    (linked / "commondir").write_text("../..\n")
    (tmp_path / "side").mkdir()
    (tmp_path / "side" / ".git").write_text(f"gitdir: {linked}\n")

    assert git_state(str(tmp_path / "side")) == GitState(COMMIT, "side", "https://example.com/one.git")


def test_a_new_repository_has_no_commit_and_elsewhere_is_none(tmp_path: Path) -> None:
    repository(tmp_path / "new")
    (tmp_path / "plain").mkdir()

    assert git_state(str(tmp_path / "new")) == GitState(None, "main", "https://example.com/one.git")
    assert git_state(str(tmp_path / "plain" / "gone")) is None
