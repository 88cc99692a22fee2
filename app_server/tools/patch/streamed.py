"""A patch as far as it has come: read line by line, shown before it is whole (tools.md §4.3).

Nothing is held against the files: paths are as they are written, and a chunk shows what it takes away and
then what it puts there. A line that means nothing is passed over; the whole patch is judged when it is there.
"""

from typing import Final

from app_server.tools.patch.language import ADD, BEGIN, DELETE, END, END_OF_FILE, MOVE, UPDATE
from protocol.item_parts import (
    AddPatchChangeKind,
    DeletePatchChangeKind,
    FileUpdateChange,
    PatchChangeKind,
    UpdatePatchChangeKind,
)

_HEADERS: Final = (ADD, DELETE, UPDATE)


class StreamedPatch:
    """Takes the text in pieces, cut anywhere."""

    def __init__(self) -> None:
        self._rest: list[str] = []
        self._begun = self._over = False
        self._files: list[_File] = []

    def feed(self, text: str) -> bool:
        """Take a piece; whether it says anything new."""
        *lines, rest = text.split("\n")
        if not lines:
            self._rest.append(rest)
            return False
        lines[0] = "".join([*self._rest, lines[0]])
        self._rest = [rest]
        read = [self._read(line.removesuffix("\r")) for line in lines]
        return any(read)

    def changes(self) -> list[FileUpdateChange]:
        """The files so far, by path; of two sections for one file the last counts."""
        shown = {file.path: file for file in self._files}
        return [shown[path].change() for path in sorted(shown)]

    def _read(self, line: str) -> bool:
        bare = line.strip()
        if self._over or not self._begun:
            self._begun = self._begun or bare == BEGIN
            return False
        current = self._files[-1] if self._files else None
        if current is not None and current.takes(line):
            return True
        if bare == END:
            self._over = True
            return False
        header = next((one for one in _HEADERS if bare.startswith(one)), None)
        if header is None:
            return False
        self._files.append(_File(header, bare.removeprefix(header)))
        return True


class _File:
    """One section, as it grows."""

    def __init__(self, header: str, path: str) -> None:
        self._header = header
        self.path = path
        self._move_to: str | None = None
        self._added: list[str] = []
        self._chunks: list[_Chunk] = []

    def takes(self, line: str) -> bool:
        """Whether the line is a part of the section."""
        if self._header == ADD:
            if line.startswith("+"):
                self._added.append(line[1:])
            return line.startswith("+")
        if self._header == DELETE:
            return False
        if line.startswith(MOVE) and not self._chunks:
            self._move_to = line.removeprefix(MOVE)
            return True
        return self._takes_change(line)

    def _takes_change(self, line: str) -> bool:
        last = self._chunks[-1] if self._chunks else None
        if line == "@@" or line.startswith("@@ "):
            if last is not None and last.empty:  # two of them in a row say nothing
                return False
            self._chunks.append(_Chunk(line))
            return True
        if line == END_OF_FILE and last is not None and not last.empty:
            last.at_end = True
            return True
        if line and line[0] not in " +-":
            return False
        if last is None:
            last = _Chunk("@@")
            self._chunks.append(last)
        last.take(line)
        return True

    def change(self) -> FileUpdateChange:
        return FileUpdateChange(path=self.path, kind=self._kind(), diff=self._diff())

    def _kind(self) -> PatchChangeKind:
        if self._header == UPDATE:
            return UpdatePatchChangeKind(move_path=self._move_to)
        return AddPatchChangeKind() if self._header == ADD else DeletePatchChangeKind()

    def _diff(self) -> str:
        lines = self._added + [line for chunk in self._chunks for line in chunk.lines()]
        moved = "" if self._move_to is None else f"\n\nMoved to: {self._move_to}"
        return "".join(f"{line}\n" for line in lines) + moved


class _Chunk:
    """Lines that take the place of others."""

    def __init__(self, head: str) -> None:
        self._head = head
        self._old: list[str] = []
        self._new: list[str] = []
        self.at_end = False

    @property
    def empty(self) -> bool:
        return not (self._old or self._new)

    def take(self, line: str) -> None:
        if not line.startswith("+"):
            self._old.append(line[1:])
        if not line.startswith("-"):
            self._new.append(line[1:])

    def lines(self) -> list[str]:
        old, new = [f"-{line}" for line in self._old], [f"+{line}" for line in self._new]
        return [self._head, *old, *new, *([END_OF_FILE] if self.at_end else [])]
