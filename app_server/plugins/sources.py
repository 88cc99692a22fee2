"""What a user writes to name a marketplace: a folder, a repository's address, or `owner/repo`."""

import os
import re
from typing import Final, NamedTuple

from app_server.plugins.names import PluginError

_OWNER_AND_REPO: Final = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_SCHEMES: Final = ("https://", "http://", "ssh://", "git://", "file://")
_SCP: Final = re.compile(r"[A-Za-z0-9_.-]+@[A-Za-z0-9_.-]+:[^:]+")
_UNKNOWN: Final = (
    "invalid marketplace source format; expected owner/repo, a git URL, or a local marketplace path"
)


class FolderSource(NamedTuple):
    """A folder of this machine, which stays where it is."""

    path: str


class RepositorySource(NamedTuple):
    """A repository, of which a clone is kept."""

    url: str
    ref: str | None


def source_of(text: str, ref: str | None, *, cwd: str, home: str) -> FolderSource | RepositorySource:
    """The source that the text names; `ref` goes before one in the text. Raises PluginError."""
    text = text.strip()
    if not text:
        raise PluginError("marketplace source must not be empty")
    if _is_path(text):
        expanded = os.path.join(home, text[2:]) if text.startswith(("~/", "~\\")) else text
        path = os.path.normpath(os.path.join(cwd, expanded))
        try:
            return FolderSource(os.path.realpath(path, strict=True))
        except OSError as error:
            reason = f"{error.strerror} (os error {error.errno})"
            raise PluginError(f"failed to resolve local marketplace source path: {reason}") from error
    url, _, fragment = text.partition("#")
    if url.startswith(_SCHEMES) or _SCP.fullmatch(url):
        return RepositorySource(url, ref or fragment or None)
    repository, _, version = url.partition("@")
    if _OWNER_AND_REPO.fullmatch(repository):
        return RepositorySource(f"https://github.com/{repository}.git", ref or fragment or version or None)
    raise PluginError(_UNKNOWN)


def _is_path(text: str) -> bool:
    return os.path.isabs(text) or text in (".", "..") or text.startswith(("./", "../", "~/", ".\\", "..\\"))
