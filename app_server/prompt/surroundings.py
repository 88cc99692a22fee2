"""Facts about the machine that the environment part tells: shell, date, time zone (prompt-input.md §2.4)."""

import os
import time
from functools import cache
from pathlib import PurePath

from app_server.platform import is_macos, is_windows, login_shell, system_timezone

_KNOWN_SHELLS = frozenset({"zsh", "bash", "powershell", "sh", "cmd"})
UNKNOWN_ZONE = "Etc/UTC"


@cache
def shell_name() -> str:
    """The name of the user's shell as the account database has it, or of the nearest that is installed."""
    path = login_shell()
    name = PurePath(path).stem if path else ""
    if name in _KNOWN_SHELLS and path and (_is_program(path) or _installed(name)):
        return name
    if is_windows:
        return "powershell" if _installed("pwsh.exe") or _installed("powershell.exe") else "cmd"
    candidates = ("zsh", "bash") if is_macos else ("bash", "zsh")
    return next((shell for shell in candidates if _installed(shell)), "sh")


def date_and_zone(now: float | None = None) -> tuple[str, str]:
    """The local date, `YYYY-MM-DD`, and the IANA name of the system's zone; UTC's when the zone is unknown.

    `now` is in seconds since the epoch. The date follows the variable TZ, the zone's name does not.
    """
    zone = system_timezone()
    moment = time.localtime(now) if zone else time.gmtime(now)
    return time.strftime("%Y-%m-%d", moment), zone or UNKNOWN_ZONE


def _installed(name: str) -> bool:
    folders = [*os.get_exec_path(), "/bin", "/usr/bin"]
    return any(_is_program(os.path.join(folder, name)) for folder in folders)  # noqa: PTH118 - on the way to a turn


def _is_program(path: str) -> bool:
    return os.access(path, os.X_OK)
