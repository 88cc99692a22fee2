"""Rights beyond the sandbox, as commands have them (tools.md §5)."""

import os
from collections.abc import Sequence
from typing import NamedTuple

from protocol.wire import JsonObject


class Grant(NamedTuple):
    """Rights that were asked for, or that somebody gave."""

    network: bool = False
    read: tuple[str, ...] = ()
    """Absolute paths, each with all below it. Here and in `write`: in the order in which they were named."""
    write: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self == NOTHING

    def __or__(self, other: "Grant") -> "Grant":
        return Grant(
            self.network or other.network,
            tuple(dict.fromkeys((*self.read, *other.read))),
            tuple(dict.fromkeys((*self.write, *other.write))),
        )

    def __and__(self, other: "Grant") -> "Grant":
        """What of `other` lies within this one."""
        return Grant(
            self.network and other.network,
            tuple(path for path in other.read if _covered(path, (*self.read, *self.write))),
            tuple(path for path in other.write if _covered(path, self.write)),
        )

    def may_write(self, path: str) -> bool:
        """Whether a file is in what may be written, links followed. Blocks."""
        return _covered(os.path.realpath(path), tuple(os.path.realpath(one) for one in self.write))

    def for_model(self) -> JsonObject:
        """As the model reads it."""
        files: JsonObject = {}
        if self.read:
            files["read"] = list(self.read)
        if self.write:
            files["write"] = list(self.write)
        return {"network": {"enabled": True} if self.network else None, "file_system": files or None}


NOTHING = Grant()


def _covered(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
