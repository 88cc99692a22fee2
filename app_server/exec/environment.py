"""The environment of a command: `[shell_environment_policy]` and what is always set (tools.md §3.5)."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from protocol.wire import JsonValue

_CORE: Final = frozenset(
    {"PATH", "SHELL", "TMPDIR", "TEMP", "TMP", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "USER"}
)
_SECRETS: Final = ("*KEY*", "*SECRET*", "*TOKEN*")

FOR_SESSIONS: Final = {
    "NO_COLOR": "1",
    "TERM": "dumb",
    "LANG": "C.UTF-8",
    "LC_CTYPE": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "COLORTERM": "",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
    "GH_PAGER": "cat",
    "CODEX_CI": "1",
}
"""What `exec_command` says on top, whatever else is said."""

NO_NETWORK: Final = {"CODEX_SANDBOX_NETWORK_DISABLED": "1"}
"""What is said when the policy keeps commands off the network, also to those that run outside of it."""


class EnvironmentPolicy(NamedTuple):
    """Which variables of ours commands get. Names are compared without regard to case."""

    inherit: str = "all"
    ignore_default_excludes: bool = True
    exclude: tuple[str, ...] = ()
    set: tuple[tuple[str, str], ...] = ()
    include_only: tuple[str, ...] = ()

    @classmethod
    def from_config(cls, value: JsonValue) -> "EnvironmentPolicy":
        """`[shell_environment_policy]` as it was read; what is missing or of another type has its default."""
        table = value if isinstance(value, dict) else {}
        given = table.get("set")
        return cls(
            inherit=str(table.get("inherit") or "all"),
            ignore_default_excludes=table.get("ignore_default_excludes") is not False,
            exclude=_words(table.get("exclude")),
            set=tuple((name, str(word)) for name, word in given.items()) if isinstance(given, dict) else (),
            include_only=_words(table.get("include_only")),
        )

    def apply(self, ours: Mapping[str, str]) -> dict[str, str]:
        """The variables of a command, from those of this process."""
        match self.inherit:
            case "none":
                env: dict[str, str] = {}
            case "core":
                env = {name: value for name, value in ours.items() if name.upper() in _CORE}
            case _:
                env = dict(ours)
        if not self.ignore_default_excludes:
            env = {name: value for name, value in env.items() if not _matches(name, _SECRETS)}
        env = {name: value for name, value in env.items() if not _matches(name, self.exclude)}
        env.update(self.set)
        if self.include_only:
            env = {name: value for name, value in env.items() if _matches(name, self.include_only)}
        return env


def overlaid(env: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """The variables with a client's changes; None removes."""
    changed = {name: value for name, value in changes.items() if value is not None}
    return {name: value for name, value in env.items() if name not in changes} | changed


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.lower(), pattern.lower()) for pattern in patterns)


def _words(value: JsonValue) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()
