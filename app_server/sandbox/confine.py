"""The command line that holds a command to what it may do, on the system at hand."""

from collections.abc import Sequence
from pathlib import Path

from app_server.platform import is_macos, is_windows
from app_server.sandbox.confinement import Confined, Confinement, NoSandboxError


async def confined(argv: Sequence[str], cwd: str, confinement: Confinement) -> Confined:
    """The command line that runs `argv` in a sandbox. Raises NoSandboxError; OSError for a missing cwd."""
    if not Path(cwd).is_dir():  # noqa: ASYNC240 - one look
        raise FileNotFoundError(2, "No such file or directory")
    if is_windows:
        raise NoSandboxError("there is no sandbox for commands on Windows")
    if is_macos:
        from app_server.sandbox.seatbelt import seatbelt

        return Confined(seatbelt(argv, confinement))
    from app_server.sandbox.bubblewrap import bubblewrap

    return await bubblewrap(argv, cwd, confinement)
