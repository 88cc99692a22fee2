"""All files and folders below some folders, but for those that ignore files name (services.md §5)."""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.search.matching import Text


class Candidate(NamedTuple):
    """A file or folder, as it is matched: relative to the root that it counts to."""

    root: str
    path: Text


def walk(roots: Sequence[str], stopped: Callable[[], bool]) -> Iterator[Candidate]:
    """Every candidate once, under the deepest root that holds it. What cannot be read is left out. Blocks."""
    known = {os.path.normpath(root): root for root in roots}
    for normal, root in known.items():
        if os.path.isdir(root):  # noqa: PTH112 - a walk meets many paths, and Path objects are slow
            inner = [f"{other}{os.sep}" for other in known if other.startswith(f"{normal}{os.sep}")]
            yield from _below(root, normal, tuple(inner), stopped)


def _below(
    root: str, normal: str, others: tuple[str, ...], stopped: Callable[[], bool]
) -> Iterator[Candidate]:
    import ignore

    builder = ignore.WalkBuilder(Path(normal)).hidden(False).follow_links(True).require_git(True)  # noqa: FBT003
    entries = builder.build()
    start = len(normal.rstrip(os.sep)) + 1
    while not stopped():
        try:
            entry = next(entries)
        except StopIteration:
            return
        except (ignore.Error, OSError):
            continue
        path = str(entry.path())
        if not path.startswith(others or "\0") and _is_text(path):
            yield Candidate(root, Text(path[start:]))


def _is_text(path: str) -> bool:
    """Whether a name is more than bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
