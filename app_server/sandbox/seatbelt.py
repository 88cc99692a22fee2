"""Confinement on macOS: a profile for `sandbox-exec` (tools.md §7). Never run in a test."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from app_server.sandbox.confinement import Confinement, NoSandboxError, protected_places

_PROGRAM: Final = "/usr/bin/sandbox-exec"
_RULES: Final[tuple[str, ...]] = (
    "(version 1)",
    "(deny default)",
    "(allow process-exec process-fork)",
    "(allow signal (target same-sandbox))",
    "(allow process-info* (target same-sandbox))",
    "(allow sysctl-read)",
    "(allow mach-lookup)",
    "(allow ipc-posix-sem)",
    "(allow pseudo-tty)",
    "(allow file-read*)",
    '(allow file-ioctl (regex #"^/dev/tty"))',
    '(allow file-write* (literal "/dev/null") (literal "/dev/zero") (regex #"^/dev/tty"))',
)


def seatbelt(argv: Sequence[str], confinement: Confinement) -> tuple[str, ...]:
    """Raises NoSandboxError."""
    if confinement.places is not None:
        raise NoSandboxError("what may be read cannot be limited on macOS")
    if not Path(_PROGRAM).exists():
        raise NoSandboxError(f"{_PROGRAM} is missing: commands cannot run in a sandbox")
    rules: list[str] = list(_RULES)
    defined: list[str] = []
    for number, root in enumerate(Path(root).resolve() for root in confinement.writable):
        defined.append(f"-DROOT_{number}={root}")
        kept: list[str] = []
        for index, place in enumerate(protected_places(root)):
            defined.append(f"-DKEPT_{number}_{index}={place}")
            kept.append(f'(require-not (subpath (param "KEPT_{number}_{index}")))')
        where = f'(require-all (subpath (param "ROOT_{number}")) {" ".join(kept)})'
        rules.append(f"(allow file-write* {where})")
    for number, path in enumerate(Path(path).resolve() for path in confinement.kept):
        defined.append(f"-DREAD_{number}={path}")
        rules.append(f'(deny file-write* (subpath (param "READ_{number}")))')
    for number, path in enumerate(Path(path).resolve() for path in confinement.hidden):
        defined.append(f"-DHIDDEN_{number}={path}")
        rules.append(f'(deny file-read* file-write* (subpath (param "HIDDEN_{number}")))')
    if confinement.network:
        rules.append("(allow network*)")
    return (_PROGRAM, "-p", "\n".join(rules), *defined, "--", *argv)
