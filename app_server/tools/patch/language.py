"""The text of a patch becomes sections; it is read more loosely than models are told to write it (§4.1)."""

from typing import Final, NamedTuple

BEGIN: Final = "*** Begin Patch"
END: Final = "*** End Patch"
ADD: Final = "*** Add File: "
DELETE: Final = "*** Delete File: "
UPDATE: Final = "*** Update File: "
MOVE: Final = "*** Move to: "
END_OF_FILE: Final = "*** End of File"
_WRAPPERS: Final = frozenset({"<<EOF", "<<'EOF'", '<<"EOF"'})


class PatchError(Exception):
    """A patch that cannot be read, or does not fit the files; the text is for the model."""


class Chunk(NamedTuple):
    """Lines that take the place of others."""

    anchor: str | None
    """A line that stands somewhere before them."""
    old: tuple[str, ...]
    new: tuple[str, ...]
    at_end: bool = False
    """Whether the old ones are the last of the file."""


class AddFile(NamedTuple):
    """A new file with its whole text."""

    path: str
    content: str


class DeleteFile(NamedTuple):
    """A file that goes."""

    path: str


class UpdateFile(NamedTuple):
    """A file that changes, and may move."""

    path: str
    move_to: str | None
    chunks: tuple[Chunk, ...]


Section = AddFile | DeleteFile | UpdateFile


def parse_patch(text: str) -> tuple[Section, ...]:
    """The sections in their order. Raises PatchError."""
    lines = _inner_lines(text)
    sections: list[Section] = []
    position = 0
    while position < len(lines):
        section, taken = _section(lines[position:], position + 2)
        sections.append(section)
        position += taken
    return tuple(sections)


def _inner_lines(text: str) -> list[str]:
    lines = [line.removesuffix("\r") for line in text.strip().split("\n")]
    if len(lines) >= 4 and lines[0] in _WRAPPERS and lines[-1].endswith("EOF"):
        lines = lines[1:-1]
    if lines[0].strip() != BEGIN:
        raise PatchError(f"invalid patch: The first line of the patch must be '{BEGIN}'")
    if lines[-1].strip() != END or len(lines) < 2:
        raise PatchError(f"invalid patch: The last line of the patch must be '{END}'")
    return lines[1:-1]


def _invalid(number: int, reason: str) -> PatchError:
    return PatchError(f"invalid hunk at line {number}, {reason}")


def _section(lines: list[str], number: int) -> tuple[Section, int]:
    """The section that begins here, and how many lines it takes; `number` is that of its first line."""
    header = lines[0].strip()
    if header.startswith(ADD):
        taken = 1
        while taken < len(lines) and lines[taken].startswith("+"):
            taken += 1
        content = "".join(f"{line[1:]}\n" for line in lines[1:taken])
        return AddFile(header.removeprefix(ADD), content), taken
    if header.startswith(DELETE):
        return DeleteFile(header.removeprefix(DELETE)), 1
    if header.startswith(UPDATE):
        return _update(header.removeprefix(UPDATE), lines, number)
    raise _invalid(
        number,
        f"'{header}' is not a valid hunk header. Valid hunk headers: '*** Add File: {{path}}', "
        "'*** Delete File: {path}', '*** Update File: {path}'",
    )


def _update(path: str, lines: list[str], number: int) -> tuple[Section, int]:
    position, move_to = 1, None
    if len(lines) > 1 and lines[1].startswith(MOVE):
        position, move_to = 2, lines[1].removeprefix(MOVE)
    chunks: list[Chunk] = []
    while position < len(lines):
        if not lines[position].strip():
            position += 1
            continue
        if lines[position].startswith("***"):
            break
        chunk, taken = _chunk(lines, position, number + position, first=not chunks)
        chunks.append(chunk)
        position += taken
    if not chunks:
        raise _invalid(number, f"Update file hunk for path '{path}' is empty")
    return UpdateFile(path, move_to, tuple(chunks)), position


def _chunk(lines: list[str], position: int, number: int, *, first: bool) -> tuple[Chunk, int]:
    head, anchor, begin = lines[position], None, position
    if head == "@@" or head.startswith("@@ "):
        anchor = head[3:] if head != "@@" else None
        begin += 1
    elif not first:
        raise _invalid(number, f"Expected update hunk to start with a @@ context marker, got: '{head}'")
    old: list[str] = []
    new: list[str] = []
    at_end, current = False, begin
    while current < len(lines):
        line = lines[current]
        if line == END_OF_FILE:
            if current == begin:
                break
            at_end, current = True, current + 1
            break
        if not line or line[0] in " +-":
            _take(line, old, new)
        elif current == begin:
            raise _invalid(
                number + 1,
                f"Unexpected line found in update hunk: '{line}'. Every line should start with ' ' "
                "(context line), '+' (added line), or '-' (removed line)",
            )
        else:
            break
        current += 1
    if current == begin:
        raise _invalid(number + 1, "Update hunk does not contain any lines")
    return Chunk(anchor, tuple(old), tuple(new), at_end), current - position


def _take(line: str, old: list[str], new: list[str]) -> None:
    if not line.startswith("+"):
        old.append(line[1:])
    if not line.startswith("-"):
        new.append(line[1:])
