"""Searching one root for skills, and telling whether it must be searched anew (prompt-input.md §4.2)."""

import os
import time
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from app_server.plugins.manifest import find_manifest, plugin_name
from app_server.skills.errors import FrontMatterError
from app_server.skills.front_matter import check_name, read_front_matter
from app_server.skills.metadata import METADATA_FILE, SkillMetadata, parse_metadata
from app_server.skills.skill import SKILL_FILE, Scope, Skill, SkillProblem

MAX_DEPTH = 6
MAX_FOLDERS = 2_000
_PRODUCT = "codex"
_SETTLED_NS = 100_000_000
"""Clocks of file systems tick more often than this."""

Stamp = tuple[int, int, int] | None
"""Modification time, size and inode of a file or folder; None when it is not there."""


class SkillRoot(NamedTuple):
    """A folder to search."""

    path: str
    scope: Scope
    plugin_id: str | None = None
    """The plugin that it belongs to."""


class Search(NamedTuple):
    """What a root held when it was searched."""

    root: str
    """With its links resolved."""
    skills: tuple[Skill, ...]
    problems: tuple[SkillProblem, ...]
    seen: tuple[tuple[str, Stamp], ...]
    """Everything that the outcome depends on, and how it was."""
    settled: bool
    """False when something had just changed: a next change might have the same time."""

    def still_holds(self) -> bool:
        """Whether nothing of it has changed. A few microseconds for each folder and file."""
        return self.settled and all(stamp(path) == before for path, before in self.seen)


def stamp(path: str) -> Stamp:
    """How a file or folder is now."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def search(root: SkillRoot) -> Search:
    """Search a root, breadth first. Never raises: what cannot be read is a problem, or absent. Blocks."""
    return _Searcher(root).run()


class _Searcher:
    def __init__(self, root: SkillRoot) -> None:
        self._asked = root.path
        self._root = os.path.realpath(root.path)
        self._scope: Scope = root.scope
        self._plugin_id = root.plugin_id
        self._skills: list[Skill] = []
        self._problems: list[SkillProblem] = []
        self._seen: dict[str, Stamp] = {}
        self._plugins: dict[str, str | None] = {}

    def run(self) -> Search:
        began = time.time_ns()
        self._see(self._asked)
        if os.path.isdir(self._root):
            for folder in self._folders():
                self._take(folder)
        newest = max((seen[0] for seen in self._seen.values() if seen is not None), default=0)
        return Search(
            self._root,
            tuple(self._skills),
            tuple(self._problems),
            tuple(self._seen.items()),
            newest < began - _SETTLED_NS,
        )

    def _see(self, path: str) -> Stamp:
        if path not in self._seen:
            self._seen[path] = stamp(path)
        return self._seen[path]

    def _folders(self) -> Iterator[str]:
        """Every folder that may hold a skill, the root first; each once, whatever links lead to it."""
        waiting = deque([(self._root, 0)])
        known = {self._root}
        while waiting:
            folder, depth = waiting.popleft()
            self._see(folder)
            yield folder
            if depth == MAX_DEPTH:
                continue
            for inner in self._inner(folder):
                if inner not in known and len(known) < MAX_FOLDERS:
                    known.add(inner)
                    waiting.append((inner, depth + 1))

    def _inner(self, folder: str) -> list[str]:
        try:
            with os.scandir(folder) as entries:
                return sorted(path for entry in entries if (path := self._folder(entry)) is not None)
        except OSError:
            return []

    def _folder(self, entry: os.DirEntry[str]) -> str | None:
        """The resolved path of a folder that is searched too; the bundled skills follow no links."""
        if entry.name.startswith(".") or not entry.is_dir():
            return None
        if not entry.is_symlink():
            return entry.path
        return None if self._scope == "system" else os.path.realpath(entry.path)

    def _take(self, folder: str) -> None:
        path = os.path.join(folder, SKILL_FILE)
        if not os.path.isfile(path) or os.path.islink(path):
            return
        self._see(path)
        try:
            skill = self._read(folder, path)
        except FrontMatterError as error:
            if self._scope != "system":
                self._problems.append(SkillProblem(path, str(error)))
            return
        if not skill.products or _PRODUCT in skill.products:
            self._skills.append(skill)

    def _read(self, folder: str, path: str) -> Skill:
        head = read_front_matter(_text_of(path))
        name = head.name or os.path.basename(folder)
        if plugin := self._plugin_around(folder):
            name = f"{plugin}:{name}"
        check_name(name)
        told = self._metadata(folder)
        return Skill(
            name,
            head.description,
            path,
            self._scope,
            self._root,
            head.short_description,
            told.implicit,
            told.products,
            told.interface,
            told.dependencies,
            self._plugin_id,
        )

    def _metadata(self, folder: str) -> SkillMetadata:
        path = os.path.join(folder, METADATA_FILE)
        if self._see(path) is None:
            return SkillMetadata()
        try:
            return parse_metadata(_text_of(path), folder)
        except FrontMatterError:
            return SkillMetadata()

    def _plugin_around(self, folder: str) -> str | None:
        """The name of the nearest plugin that the folder belongs to."""
        if folder not in self._plugins:
            above = os.path.dirname(folder)
            name = self._plugin_at(folder)
            self._plugins[folder] = self._plugin_around(above) if name is None and above != folder else name
        return self._plugins[folder]

    def _plugin_at(self, folder: str) -> str | None:
        manifest = find_manifest(folder)
        if manifest is None:
            return None
        self._see(manifest)
        return plugin_name(manifest, folder)


def _text_of(path: str) -> str:
    """Raises FrontMatterError when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8")
    except OSError as error:
        raise FrontMatterError(f"failed to read file: {error.strerror} (os error {error.errno})") from error
    except UnicodeDecodeError as error:
        raise FrontMatterError(
            f"failed to read file: invalid utf-8 sequence of {error.end - error.start} bytes "
            f"from index {error.start}"
        ) from error
