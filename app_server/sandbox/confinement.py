"""What a confined command may do."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from app_server.config.permissions import SandboxPolicy
from app_server.config.writable_places import PROTECTED, writable_roots
from app_server.exec.process import Command

Access = Literal["read", "write", "deny"]


class NoSandboxError(Exception):
    """Nothing on this machine can confine a command; the text says what is missing."""


class Confinement(NamedTuple):
    """What a command may do beside reading."""

    writable: tuple[str, ...]
    """Absolute paths, mostly of folders; what does not exist is passed over."""
    network: bool
    hidden: tuple[str, ...] = ()
    """What may not even be read."""
    places: tuple[tuple[str, Access], ...] | None = None
    """The whole of what may be read and written, sorted, each with all below it; the most exact one decides.
    None: everything may be read."""
    kept: tuple[str, ...] = ()
    """What lies in something writable, and may only be read."""


class Confined(NamedTuple):
    """A command line in its sandbox, and what belongs to it."""

    argv: tuple[str, ...]
    clear_up: Callable[[], None] | None = None
    """To be called when nothing of the command is left."""
    reads: bytes | None = None
    """What the sandbox is to find on descriptor 3."""

    def command(self, cwd: str, env: Mapping[str, str]) -> Command:
        """It, over pipes and without input; `_replace` says otherwise."""
        return Command(self.argv, cwd, env, clear_up=self.clear_up, reads=self.reads)


def confinement_of(policy: SandboxPolicy, cwd: str, tmpdir: str | None) -> Confinement | None:
    """What the policy means in a folder; None when it asks for no sandbox of ours."""
    if policy.mode in ("danger-full-access", "external-sandbox"):
        return None
    return Confinement(
        writable_roots(policy, cwd, tmpdir), policy.network_access, policy.hidden, kept=policy.kept
    )


def protected_places(root: Path) -> tuple[Path, ...]:
    """What must not change in a folder that may be written; a link's and a pointer file's target as well."""
    places = [root / name for name in PROTECTED]
    pointer = root / ".git"
    if pointer.is_file():
        try:
            key, _, target = pointer.read_text("utf-8").strip().partition(":")
        except (OSError, UnicodeDecodeError):
            key, target = "", ""
        if key == "gitdir" and target:
            places.append((root / target.strip()).resolve())
    return tuple(places)
