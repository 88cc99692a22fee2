"""From a script to an argument list: which shell runs it, and how (tools.md §3.1)."""

import os
import shlex
from pathlib import PurePath

from app_server.platform import is_windows, login_shell
from app_server.tools.call import ToolRefusal

_KNOWN = ("bash", "zsh", "sh", "pwsh", "powershell", "cmd")
_LOGIN_REFUSED = "login shell is disabled by config; omit `login` or set it to false."


def shell_argv(script: str, *, shell: str | None, login: bool | None, allow_login: bool) -> tuple[str, ...]:
    """The argument list. Raises ToolRefusal for a login shell where there is to be none."""
    if login and not allow_login:
        raise ToolRefusal(_LOGIN_REFUSED)
    as_login = allow_login if login is None else login
    path = _usable(shell) if shell else _users_shell()
    match PurePath(path).stem.lower():
        case "cmd":
            return (path, "/c", script)
        case "pwsh" | "powershell":
            return (path, *(() if as_login else ("-NoProfile",)), "-Command", script)
        case _:
            return (path, "-lc" if as_login else "-c", script)


def shown(argv: tuple[str, ...]) -> str:
    """The argument list as clients see it."""
    return shlex.join(argv)


def working_folder(cwd: str, workdir: str | None) -> str:
    """Where a command runs: the turn's folder, or another that counts from there."""
    return os.path.normpath(os.path.join(cwd, workdir or ""))  # noqa: PTH118 - links stay as they are


def _usable(shell: str) -> str:
    """The shell that a model names; where that is none, the one that every system has."""
    import shutil

    if PurePath(shell).stem.lower() in _KNOWN and (path := shutil.which(shell)) is not None:
        return path
    return _fallback()


def _users_shell() -> str:
    import shutil

    path = login_shell()
    if path is not None and PurePath(path).stem in _KNOWN and os.access(path, os.X_OK):
        return path
    return shutil.which("bash") or shutil.which("zsh") or _fallback()


def _fallback() -> str:
    return "cmd.exe" if is_windows else "/bin/sh"
