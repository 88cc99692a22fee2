"""Which commands only look, and which ones destroy, by their words (tools.md §6.3).

Where the shell or a program understands more spellings than one of an option that makes a command unsafe, all
of them count: to be asked once too often costs less than once too seldom.
"""

import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from app_server.platform import is_windows
from app_server.tools.approvals.script import Words

_SYSTEM_FOLDERS: Final = frozenset(
    {"/bin", "/usr/bin", "/usr/local/bin", "/sbin", "/usr/sbin", "/opt/homebrew/bin"}
)
"""A program that is named by its path is the well-known one only there."""

_LOOKS_ONLY: Final = frozenset(
    {
        *("cat", "cd", "cut", "echo", "expr", "false", "grep", "head", "id", "ls", "nl", "paste", "pwd"),
        *("rev", "seq", "stat", "tail", "tr", "true", "uname", "uniq", "wc", "which", "whoami"),
        *("numfmt", "tac"),
    }
)
_FIND_ACTS: Final = frozenset(
    {"-exec", "-execdir", "-ok", "-okdir", "-delete", "-fls", "-fprint", "-fprint0", "-fprintf"}
)
_RG_RUNS: Final = ("--pre", "--hostname-bin", "--search-zip")
_GIT_LOOKS: Final = frozenset({"status", "log", "diff", "show", "branch"})
_GIT_ACTS: Final = ("--output", "--ext-diff", "--textconv", "--exec")
_GIT_BRANCH_LISTS: Final = frozenset(
    {
        *("--list", "-l", "--show-current", "-a", "--all", "-r", "--remotes"),
        *("-v", "-vv", "--verbose"),
    }
)
_SED_RANGE: Final = re.compile(r"\d+(,\d+)?p")


def known_safe(words: Words) -> bool:
    """Whether the command only reads and shows."""
    if not words:
        return False
    program = PurePath(words[0])
    if program.name != words[0] and str(program.parent) not in _SYSTEM_FOLDERS:
        return False
    if program.name in _LOOKS_ONLY:
        return not is_windows
    judge = _JUDGES.get(program.name)
    return judge is not None and judge(words[1:])


def dangerous(words: Words) -> bool:
    """Whether the command removes by force, by itself or for root."""
    while len(words) > 1 and PurePath(words[0]).name == "sudo":
        words = words[1:]
    return len(words) > 1 and PurePath(words[0]).name == "rm" and words[1] in {"-f", "-rf"}


def _base64(arguments: Words) -> bool:
    return not any(
        one.startswith("-o") or (one.startswith("--o") and "--output".startswith(one.partition("=")[0]))
        for one in arguments
    )


def _find(arguments: Words) -> bool:
    return not any(one in _FIND_ACTS for one in arguments)


def _rg(arguments: Words) -> bool:
    return not any(
        one.partition("=")[0] in _RG_RUNS or re.fullmatch(r"-[a-zA-Z0-9]*z.*", one) for one in arguments
    )


def _sed(arguments: Words) -> bool:
    return (
        2 <= len(arguments) <= 3 and arguments[0] == "-n" and _SED_RANGE.fullmatch(arguments[1]) is not None
    )


def _git(arguments: Words) -> bool:
    if not arguments or arguments[0] not in _GIT_LOOKS:
        return False  # also when options stand before the subcommand: most of them run or read something
    rest = arguments[1:]
    if any(_shortens(one, _GIT_ACTS) for one in rest):
        return False
    if arguments[0] == "branch":
        return all(one in _GIT_BRANCH_LISTS or one.startswith("--format=") for one in rest)
    return True


def _shortens(argument: str, options: tuple[str, ...]) -> bool:
    """Whether git takes the argument for one of the options, which may be cut short."""
    name = argument.partition("=")[0]
    if len(name) < 4 or not name.startswith("--") or name == "--text":
        return False
    return any(option.startswith(name) for option in options)


_JUDGES: Final[dict[str, Callable[[Words], bool]]] = {
    "base64": _base64,
    "find": _find,
    "rg": _rg,
    "sed": _sed,
    "git": _git,
}
