"""Rights beyond the sandbox: as models ask for them, as they are granted, as commands have them (§5)."""

import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from protocol.permissions import (
    AdditionalFileSystemPermissions,
    AdditionalNetworkPermissions,
    FileSystemSandboxEntry,
    PathFileSystemPath,
)
from protocol.wire import JsonObject, VerbatimModel


class NetworkArg(VerbatimModel):
    """Whether the network is asked for."""

    enabled: bool | None = None


class FileSystemArg(VerbatimModel):
    """The paths that are asked for."""

    read: list[str] | None = None
    write: list[str] | None = None


class PermissionsArg(VerbatimModel):
    """Rights, as a model writes them."""

    network: NetworkArg | None = None
    file_system: FileSystemArg | None = None


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


def asked_for(asked: PermissionsArg, cwd: str) -> Grant:
    """The rights that a model names; paths that are not absolute lie in the turn's folder."""
    files = asked.file_system or FileSystemArg()
    network = asked.network is not None and asked.network.enabled is True
    return Grant(network, _resolved(files.read, cwd), _resolved(files.write, cwd))


def network_on_wire(grant: Grant) -> AdditionalNetworkPermissions | None:
    return AdditionalNetworkPermissions(enabled=True) if grant.network else None


def files_on_wire(grant: Grant) -> AdditionalFileSystemPermissions | None:
    """The paths in both forms that clients know."""
    if not (grant.read or grant.write):
        return None
    entries = [
        *(FileSystemSandboxEntry(path=PathFileSystemPath(path=path), access="read") for path in grant.read),
        *(FileSystemSandboxEntry(path=PathFileSystemPath(path=path), access="write") for path in grant.write),
    ]
    return AdditionalFileSystemPermissions(
        read=list(grant.read) or None, write=list(grant.write) or None, entries=entries
    )


def granted(
    network: AdditionalNetworkPermissions | None, files: AdditionalFileSystemPermissions | None
) -> Grant:
    """What an answer gives, in either form. Places without a path of their own were never asked for."""
    read: list[str] = [] if files is None else [str(path) for path in files.read or ()]
    write: list[str] = [] if files is None else [str(path) for path in files.write or ()]
    for entry in () if files is None else files.entries or ():
        if isinstance(entry.path, PathFileSystemPath) and entry.access in ("read", "write"):
            (read if entry.access == "read" else write).append(str(entry.path.path))
    return Grant(
        network is not None and network.enabled is True,
        _resolved(read, "/"),
        _resolved(write, "/"),
    )


def _resolved(paths: Iterable[str] | None, cwd: str) -> tuple[str, ...]:
    joined = (os.path.normpath(os.path.join(cwd, path)) for path in paths or ())  # noqa: PTH118 - texts of the wire
    return tuple(dict.fromkeys(joined))


def _covered(path: str, roots: Sequence[str]) -> bool:
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)
