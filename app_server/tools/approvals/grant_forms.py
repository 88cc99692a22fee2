"""Rights beyond the sandbox, as models ask for them and clients grant them (tools.md §5)."""

import os
from collections.abc import Iterable

from app_server.tools.approvals.grants import Grant
from protocol.permissions import (
    AdditionalFileSystemPermissions,
    AdditionalNetworkPermissions,
    FileSystemSandboxEntry,
    PathFileSystemPath,
)
from protocol.wire import VerbatimModel


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
