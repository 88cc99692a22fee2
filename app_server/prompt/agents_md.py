"""Instructions from AGENTS.md files: the user's own, then the project's (prompt-input.md §3).

Read once, when a thread is started; a later change of folder reads no new ones.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.prompt.texts import template

OVERRIDE = "AGENTS.override.md"
STANDARD = "AGENTS.md"
DEFAULT_MAX_BYTES = 32_768
# White space of Unicode; what Python strips by default has four control characters more.
_BLANK = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_SEPARATOR = "\n\n--- project-doc ---\n\n"


class UserInstructions(NamedTuple):
    """The joined text, None when there is nothing to say, and the files that it came from, in order."""

    text: str | None
    sources: tuple[Path, ...]


def instructions_part(cwd: str, text: str) -> str:
    """The part of the context message; `cwd` is the turn's, also when the text was read for another."""
    return f"# AGENTS.md instructions for {cwd}\n\n<INSTRUCTIONS>\n{text}\n</INSTRUCTIONS>"


def load_user_instructions(
    codex_home: Path,
    cwd: Path,
    *,
    max_bytes: int = DEFAULT_MAX_BYTES,
    root_markers: Sequence[str] = (".git",),
    fallback_filenames: Sequence[str] = (),
    explain_scope: bool = False,
) -> UserInstructions:
    """Read all documents that apply to `cwd`. Never raises: what cannot be read is left out.

    `max_bytes` bounds the project's documents together, not the user's own. `explain_scope` adds a note on
    how such files apply (feature `child_agents_md`).
    """
    texts: list[str] = []
    sources: list[Path] = []
    if (own := _global(codex_home)) is not None:
        sources.append(own[0])
        texts.append(own[1])
    try:
        docs = _project(cwd, max_bytes, root_markers, fallback_filenames)
    except OSError:
        docs = []
    sources += [path for path, _ in docs]
    if docs:
        texts.append("\n\n".join(text for _, text in docs))
    joined = _SEPARATOR.join(texts)
    if explain_scope:
        note = template("agents_md_scope")
        joined = f"{joined}\n\n{note}" if joined else note
    return UserInstructions(joined or None, tuple(sources))


def _global(codex_home: Path) -> tuple[Path, str] | None:
    """The first of the two that can be read and is not blank."""
    for name in (OVERRIDE, STANDARD):
        path = codex_home / name
        try:
            text = path.read_text(encoding="utf-8").strip(_BLANK)
        except (OSError, UnicodeDecodeError):
            continue
        if text:
            return path, text
    return None


def _project(
    cwd: Path, max_bytes: int, root_markers: Sequence[str], fallback_filenames: Sequence[str]
) -> list[tuple[Path, str]]:
    """Documents and their texts, root first, within the budget of bytes."""
    docs: list[tuple[Path, str]] = []
    left = max_bytes
    if left <= 0:
        return docs
    names = _candidates(fallback_filenames)
    for path in _documents(_folders(cwd, root_markers), names):
        if left <= 0:
            break
        with path.open("rb") as file:
            data = file.read(left)
        text = data.decode("utf-8", "replace")
        if text.strip(_BLANK):
            docs.append((path, text))
            left -= len(data)
    return docs


def _candidates(fallback_filenames: Sequence[str]) -> tuple[str, ...]:
    names = [OVERRIDE, STANDARD, *(name.strip(_BLANK) for name in fallback_filenames)]
    return tuple(dict.fromkeys(name for name in names if name))


def _folders(cwd: Path, root_markers: Sequence[str]) -> list[Path]:
    """From the project's root down to cwd; only cwd when nothing marks a root."""
    here = Path(os.path.realpath(cwd))
    above = [here, *here.parents]
    for count, folder in enumerate(above, start=1):
        if any((folder / marker).exists() for marker in root_markers):
            return above[:count][::-1]
    return [here]


def _documents(folders: Sequence[Path], names: Sequence[str]) -> Iterator[Path]:
    """In each folder the first candidate that exists as a file, even if it turns out to be blank."""
    for folder in folders:
        for name in names:
            path = folder / name
            try:
                if stat.S_ISREG(path.stat().st_mode):
                    yield path
                    break
            except FileNotFoundError:
                continue
