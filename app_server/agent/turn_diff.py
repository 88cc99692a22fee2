"""All that the patches of a turn changed, as one diff in git's form; no git is asked (tools.md §4.3)."""

from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path, PurePath

from app_server.tools.call import FileState
from app_server.tools.patch.diff import unified

_NO_BLOB = "0" * 40
_CONTEXT = 3


class TurnDiff:
    """Keeps each file as it was before the turn first changed it, and as it is now."""

    def __init__(self, cwd: str) -> None:
        self._root = _root_of(cwd)
        self._files: dict[str, FileState] = {}
        self._text = ""

    def add(self, states: Sequence[FileState]) -> None:
        """Some files were changed."""
        for state in states:
            known = self._files.get(state.path)
            self._files[state.path] = state if known is None else known._replace(after=state.after)
        self._text = "".join(self._of(self._files[path]) for path in sorted(self._files))

    def text(self) -> str:
        """The whole diff; empty when everything is again as it was."""
        return self._text

    def _of(self, state: FileState) -> str:
        if state.before == state.after:
            return ""
        name = self._name(state.path)
        head = f"diff --git a/{name} b/{name}\n"
        if state.before is None:
            head += "new file mode 100644\n"
        if state.after is None:
            head += "deleted file mode 100644\n"
        head += f"index {_blob(state.before)}..{_blob(state.after)}\n"
        before, after = _decoded(state.before), _decoded(state.after)
        if before is None or after is None:
            return f"{head}Binary files differ\n"
        hunks = unified(before, after, _CONTEXT)
        if not hunks:
            return head
        left = "/dev/null" if state.before is None else f"a/{name}"
        right = "/dev/null" if state.after is None else f"b/{name}"
        return f"{head}--- {left}\n+++ {right}\n{hunks}"

    def _name(self, path: str) -> str:
        try:
            return PurePath(path).relative_to(self._root).as_posix()
        except ValueError:
            return path


def _root_of(cwd: str) -> PurePath:
    folder = Path(cwd)
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


def _blob(content: bytes | None) -> str:
    if content is None:
        return _NO_BLOB
    return sha1(b"blob %d\0%s" % (len(content), content), usedforsecurity=False).hexdigest()


def _decoded(content: bytes | None) -> str | None:
    try:
        return "" if content is None else content.decode()
    except UnicodeDecodeError:
        return None
