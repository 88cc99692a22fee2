"""The git facts of a working directory, read from the repository's files: no process is started for them."""

from pathlib import Path

from app_server.store.session_meta import GitState


def git_state(cwd: str) -> GitState | None:
    """Commit, branch and origin of the repository that holds `cwd`; None outside of one. Never raises."""
    try:
        folder = _git_folder(Path(cwd))
        if folder is None:
            return None
        shared = _common_folder(folder)
        head = (folder / "HEAD").read_text(encoding="utf-8", errors="replace").strip()
        if head.startswith("ref: "):
            ref = head.removeprefix("ref: ")
            return GitState(_commit_of(ref, shared), ref.removeprefix("refs/heads/"), _origin(shared))
        return GitState(head or None, None, _origin(shared))
    except OSError:
        return None


def _git_folder(cwd: Path) -> Path | None:
    for directory in (cwd, *cwd.parents):
        dot_git = directory / ".git"
        if dot_git.is_dir():
            return dot_git
        if dot_git.is_file():  # a linked work tree or a submodule names its folder in a file
            target = dot_git.read_text(encoding="utf-8", errors="replace").strip().removeprefix("gitdir: ")
            return (directory / target).resolve()
    return None


def _common_folder(folder: Path) -> Path:
    """Where refs and config live: a linked work tree shares those of the main one."""
    pointer = folder / "commondir"
    return (folder / pointer.read_text(encoding="utf-8").strip()).resolve() if pointer.is_file() else folder


def _commit_of(ref: str, folder: Path) -> str | None:
    loose = folder / ref
    if loose.is_file():
        return loose.read_text(encoding="utf-8", errors="replace").strip() or None
    packed = folder / "packed-refs"
    if not packed.is_file():
        return None
    for line in packed.read_text(encoding="utf-8", errors="replace").splitlines():
        commit, _, name = line.partition(" ")
        if name == ref:
            return commit
    return None


def _origin(folder: Path) -> str | None:
    """The `url` of `[remote "origin"]` in the repository's config."""
    config = folder / "config"
    if not config.is_file():
        return None
    section = ""
    for line in config.read_text(encoding="utf-8", errors="replace").splitlines():
        text = line.strip()
        if text.startswith("["):
            section = text
        key, _, value = text.partition("=")
        if section == '[remote "origin"]' and key.strip() == "url":
            return value.strip() or None
    return None
