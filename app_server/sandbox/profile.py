"""A permission profile that is spelled out, as a sandbox: what may be read, written, or neither."""

import glob
import os
from collections.abc import Iterator
from typing import Final

from app_server.config.permissions import SandboxPolicy
from app_server.sandbox.confinement import Access, Confinement
from protocol.permissions import (
    FileSystemSandboxEntry,
    GlobPatternFileSystemPath,
    ManagedPermissionProfile,
    MinimalFileSystemSpecialPath,
    PathFileSystemPath,
    ProjectRootsFileSystemSpecialPath,
    RootFileSystemSpecialPath,
    SlashTmpFileSystemSpecialPath,
    SpecialFileSystemPath,
    TmpdirFileSystemSpecialPath,
    UnrestrictedPermissionProfileFileSystemPermissions,
)

_MINIMAL: Final = ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/usr", "/etc", "/nix/store")
"""Programs, their libraries, and what tells them about the system."""
_ROOT: Final = "/"
_STRICTNESS: Final[dict[Access, int]] = {"write": 0, "read": 1, "deny": 2}


def confinement_of_profile(profile: ManagedPermissionProfile, cwd: str, tmpdir: str | None) -> Confinement:
    """What the profile means in a folder; of two entries for one place the stricter one counts. Blocks."""
    places: dict[str, Access] = {}
    if isinstance(profile.file_system, UnrestrictedPermissionProfileFileSystemPermissions):
        places[_ROOT] = "write"
    else:
        for entry in profile.file_system.entries:
            access: Access = "deny" if entry.access == "none" else entry.access
            for path in _paths(entry, cwd, tmpdir):
                known = places.get(path)
                if known is None or _STRICTNESS[access] > _STRICTNESS[known]:
                    places[path] = access
    return Confinement((), network=profile.network.enabled, places=tuple(sorted(places.items())))


def nearest_policy(confinement: Confinement) -> SandboxPolicy:
    """The plain policy that allows as much, for what administrators require and for the environment."""
    places = dict(confinement.places or ())
    network = confinement.network
    if places.get(_ROOT) == "write":
        mode = "danger-full-access" if network else "external-sandbox"
        return SandboxPolicy(mode, network_access=network)
    writes = "write" in places.values()
    return SandboxPolicy("workspace-write" if writes else "read-only", network_access=network)


def _paths(entry: FileSystemSandboxEntry, cwd: str, tmpdir: str | None) -> Iterator[str]:
    match entry.path:
        case PathFileSystemPath(path=path):
            yield _absolute(str(path), cwd)
        case GlobPatternFileSystemPath(pattern=pattern):
            found = glob.iglob(_absolute(pattern, cwd), recursive=True, include_hidden=True)  # noqa: PTH207 - absolute
            yield from map(os.path.normpath, found)
        case SpecialFileSystemPath(value=RootFileSystemSpecialPath()):
            yield _ROOT
        case SpecialFileSystemPath(value=MinimalFileSystemSpecialPath()):
            yield from _MINIMAL
        case SpecialFileSystemPath(value=ProjectRootsFileSystemSpecialPath(subpath=subpath)):
            yield cwd if subpath is None else _absolute(str(subpath), cwd)
        case SpecialFileSystemPath(value=SlashTmpFileSystemSpecialPath()):
            yield "/tmp"  # noqa: S108 - the folder itself is meant
        case SpecialFileSystemPath(value=TmpdirFileSystemSpecialPath()) if tmpdir:
            yield _absolute(tmpdir, cwd)
        case _:  # a place of a newer version is none that we could open
            return


def _absolute(path: str, cwd: str) -> str:
    return os.path.normpath(os.path.join(cwd, path))  # noqa: PTH118 - a pattern is no path yet
