"""Where the chunks of a patch belong in a file, and the text that comes of it (tools.md §4.2)."""

from collections.abc import Callable, Sequence
from typing import Final

from app_server.tools.patch.language import Chunk, PatchError

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f", '"'),
        **dict.fromkeys(
            "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
    }
)


def _exact(line: str) -> str:
    return line


def _plain(line: str) -> str:
    return line.strip().translate(_PLAIN)


_PASSES: Final[tuple[Callable[[str], str], ...]] = (_exact, str.rstrip, str.strip, _plain)
"""How lines are compared, from strict to loose."""


def patched(text: str, chunks: Sequence[Chunk], path: str) -> str:
    """The text with the chunks' new lines. Raises PatchError."""
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    changes: list[tuple[int, int, Sequence[str]]] = []
    cursor = 0
    for chunk in chunks:
        if chunk.anchor is not None:
            found = _seek(lines, (chunk.anchor,), cursor)
            if found is None:
                raise PatchError(f"Failed to find context '{chunk.anchor}' in {path}")
            cursor = found + 1
        if not chunk.old:
            end = len(lines) - 1 if lines and not lines[-1] else len(lines)
            changes.append((end, 0, chunk.new))
            continue
        start, old, new = _place(lines, chunk, cursor, path)
        changes.append((start, old, new))
        cursor = start + old
    changes.sort(key=lambda change: change[0])
    for start, old, new in reversed(changes):
        lines[start : start + old] = new
    if not lines or lines[-1]:
        lines.append("")
    return "\n".join(lines)


def _place(lines: list[str], chunk: Chunk, cursor: int, path: str) -> tuple[int, int, Sequence[str]]:
    old, new = chunk.old, chunk.new
    found = _seek(lines, old, cursor, at_end=chunk.at_end)
    if found is None and not old[-1]:
        old = old[:-1]
        new = new[:-1] if new and not new[-1] else new
        found = _seek(lines, old, cursor, at_end=chunk.at_end)
    if found is None:
        wanted = "\n".join(chunk.old)
        raise PatchError(f"Failed to find expected lines in {path}:\n{wanted}")
    return found, len(old), new


def _seek(lines: Sequence[str], wanted: Sequence[str], start: int, *, at_end: bool = False) -> int | None:
    if not wanted:
        return start
    last = len(lines) - len(wanted)
    if last < 0:
        return None
    first = last if at_end else start
    for form in _PASSES:
        have = [form(line) for line in lines[first:]]
        want = [form(line) for line in wanted]
        for offset in range(last - first + 1):
            if have[offset : offset + len(want)] == want:
                return first + offset
    return None
