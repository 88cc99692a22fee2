"""Who this process says it is, to its clients and upstream (connection.md §2.2).

Imports nothing heavy: the first `initialize` is answered with it before the server is loaded.
"""

from collections.abc import Mapping

from app_server.version import WIRE_VERSION

DEFAULT_ORIGINATOR = "codex_cli_rs"
_ORIGINATOR_OVERRIDE = "CODEX_INTERNAL_ORIGINATOR_OVERRIDE"

_TERMINAL_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./")

_ITERM_MARKS = ("ITERM_SESSION_ID", "ITERM_PROFILE", "ITERM_PROFILE_NAME")


def is_header_value(text: str) -> bool:
    """Whether HTTP takes the text as a header value: no control characters but TAB, and no DEL."""
    return all(char == "\t" or (char >= " " and char != "\x7f") for char in text)


def _with_version(name: str, version: str | None) -> str:
    return f"{name}/{version}" if version else name


def _terminal_of(environ: Mapping[str, str]) -> str:
    program = environ.get("TERM_PROGRAM")
    if program:
        return _with_version(program, environ.get("TERM_PROGRAM_VERSION"))
    term = environ.get("TERM", "")
    if "WEZTERM_VERSION" in environ:
        return _with_version("WezTerm", environ["WEZTERM_VERSION"])
    known = (
        ("iTerm.app", any(mark in environ for mark in _ITERM_MARKS)),
        ("Apple_Terminal", "TERM_SESSION_ID" in environ),
        ("kitty", "KITTY_WINDOW_ID" in environ or "kitty" in term),
        ("Alacritty", "ALACRITTY_SOCKET" in environ or term == "alacritty"),
        (_with_version("Konsole", environ.get("KONSOLE_VERSION")), "KONSOLE_VERSION" in environ),
        ("gnome-terminal", "GNOME_TERMINAL_SCREEN" in environ),
        (_with_version("VTE", environ.get("VTE_VERSION")), "VTE_VERSION" in environ),
        ("WindowsTerminal", "WT_SESSION" in environ),
    )
    return next((name for name, here in known if here), term or "unknown")


def terminal(environ: Mapping[str, str]) -> str:
    """The terminal that the environment speaks of, in characters that a user agent may carry."""
    return "".join(char if char in _TERMINAL_SAFE else "_" for char in _terminal_of(environ))


class Identity:
    """The process's originator and user agent. The first client names both, the last one the suffix.

    One for the whole process, shared by all its connections: `introduce` is called at each `initialize`.
    """

    __slots__ = ("_fixed", "_originator", "_suffix", "_system")

    def __init__(self, environ: Mapping[str, str], system: str) -> None:
        """`system` is `<os> <version>; <architecture>`."""
        override = environ.get(_ORIGINATOR_OVERRIDE)
        self._fixed = override is not None
        self._originator = DEFAULT_ORIGINATOR
        if override is not None and is_header_value(override):
            self._originator = override
        self._system = f"({system}) {terminal(environ)}"
        self._suffix = ""

    def introduce(self, name: str, version: str) -> None:
        """A client has initialized with this name and version."""
        if not self._fixed:
            self._originator = name
            self._fixed = True
        self._suffix = f"{name}; {version}".strip()

    @property
    def originator(self) -> str:
        """The upstream `originator` header, and what a rollout records."""
        return self._originator

    @property
    def user_agent(self) -> str:
        """The upstream `User-Agent`, and what `initialize` answers."""
        text = f"{self._originator}/{WIRE_VERSION} {self._system}"
        if self._suffix:
            text += f" ({self._suffix})"
        if is_header_value(text):
            return text
        return "".join(char if " " <= char <= "~" else "_" for char in text)
