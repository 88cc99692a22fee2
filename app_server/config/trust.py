"""Which folders are trusted projects: roots, the decision, and writing it down (persistence.md §11.2)."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from app_server.config.errors import ConfigError
from protocol.wire import JsonObject, JsonValue

TrustLevel = Literal["trusted", "untrusted"]
DEFAULT_ROOT_MARKERS = (".git",)


class Project(NamedTuple):
    """The folders that a trust decision for `cwd` may name."""

    cwd: Path
    root: Path
    repository: Path | None

    @property
    def trust_target(self) -> Path:
        """The folder under which a decision is written down."""
        return self.repository or _real(self.cwd)


class Decision(NamedTuple):
    """What was decided, and under which key of `projects`."""

    level: TrustLevel
    key: str


def find_project(cwd: Path, markers: Sequence[str]) -> Project:
    """The project that `cwd` belongs to."""
    return Project(cwd, project_root(cwd, markers), repository_of(cwd))


def project_root(cwd: Path, markers: Sequence[str]) -> Path:
    """The nearest folder from `cwd` up that holds a marker, else `cwd` itself."""
    for folder in (cwd, *cwd.parents) if markers else ():
        if any((folder / marker).exists() for marker in markers):
            return folder
    return cwd


def repository_of(cwd: Path) -> Path | None:
    """The main work tree of the git repository around `cwd`; a linked one leads to it."""
    folder = _real(cwd)
    for parent in (folder, *folder.parents):
        git = parent / ".git"
        if git.is_dir():
            return parent
        if git.is_file():
            return _main_work_tree(git) or parent
    return None


def _main_work_tree(pointer: Path) -> Path | None:
    """`gitdir: /main/.git/worktrees/name` → `/main`."""
    try:
        kind, _, target = pointer.read_text(encoding="utf-8", errors="replace").partition(":")
    except OSError:
        return None
    worktrees = (pointer.parent / target.strip()).parent
    if kind != "gitdir" or worktrees.name != "worktrees" or worktrees.parent.name != ".git":
        return None
    return _real(worktrees.parent.parent)


def decision_for(folder: Path, project: Project, projects: JsonValue) -> Decision | None:
    """What `projects` says of a folder: its own entry, else its root's, else its repository's."""
    if not isinstance(projects, dict) or not projects:
        return None
    named = (folder, project.root, project.repository)
    for one in named:
        for key in (str(_real(one)), str(one)) if one else ():
            level = _level(projects.get(key))
            if level is not None:
                return Decision(level, key)
    return None


def _level(entry: JsonValue) -> TrustLevel | None:
    level = entry.get("trust_level") if isinstance(entry, Mapping) else None
    if level == "trusted":
        return "trusted"
    return "untrusted" if level == "untrusted" else None


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def mark_trusted(config_file: Path, folder: Path) -> None:
    """Write `[projects."<folder>"] trust_level = "trusted"` into the user's file; all else stays as it was.

    Raises ConfigError when the file cannot be read, parsed or replaced.
    """
    from app_server.config.toml import TomlError, parse_toml  # a rare write
    from app_server.platform import replace_private_file

    try:
        target = Path(os.path.realpath(config_file))
        text = target.read_text(encoding="utf-8") if target.exists() else ""
        before = parse_toml(text)
        after = _appended(text, str(folder))
        if not _says_the_same(before, after, str(folder)):
            after = _edited(text, str(folder))
        if not _says_the_same(before, after, str(folder)):
            raise ConfigError(f"cannot edit `projects` in {config_file} without changing something else")
        replace_private_file(target, after.encode())
    except (OSError, UnicodeDecodeError, TomlError) as error:
        raise ConfigError(f"cannot mark {folder} as trusted in {config_file}: {error}") from error


def _appended(text: str, folder: str) -> str:
    """The usual case needs no editor: a table at the end of the file changes nothing before it."""
    from json import dumps  # a JSON string is a basic TOML string

    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f'{text}{gap}[projects.{dumps(folder, ensure_ascii=False)}]\ntrust_level = "trusted"\n'


def _says_the_same(before: JsonObject, text: str, folder: str) -> bool:
    from app_server.config.merge import merge  # a rare write
    from app_server.config.toml import TomlError, parse_toml

    try:
        return parse_toml(text) == merge(before, {"projects": {folder: {"trust_level": "trusted"}}})
    except TomlError:
        return False


def _edited(text: str, folder: str) -> str:
    import tomlkit  # 25 ms, for files that have `projects` in an unusual form
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import InlineTable

    try:
        document = tomlkit.parse(text)
        projects = document.setdefault("projects", tomlkit.table(is_super_table=True))
        fresh = tomlkit.inline_table() if isinstance(projects, InlineTable) else tomlkit.table()
        projects.setdefault(folder, fresh)["trust_level"] = "trusted"
        return tomlkit.dumps(document)
    except (TOMLKitError, ValueError, TypeError, AttributeError) as error:
        raise ConfigError(f"cannot edit `projects`: {error}") from error
