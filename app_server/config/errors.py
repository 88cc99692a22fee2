"""How a configuration refuses: one exception, whose text is what the wire says after its prefix."""

import errno
import sys
from pathlib import Path
from typing import NamedTuple


class Span(NamedTuple):
    """A place in a file: 1-based, the end is the last character itself."""

    line: int
    column: int
    end_line: int
    end_column: int


class ConfigError(Exception):
    """The configuration cannot be used. `str()` is the detail; the edge puts its prefix before it.

    `path` and `span` say where, when one file is to blame (persistence.md §11.7).
    """

    def __init__(self, text: str, *, path: Path | None = None, span: Span | None = None) -> None:
        super().__init__(text)
        self.path = path
        self.span = span


class UnreadableLayerError(ConfigError):
    """A file of a layer cannot be read or is no TOML."""


class InvalidValueError(ConfigError):
    """A value of the merged layers has the wrong type."""


class UnresolvedNameError(ConfigError):
    """A profile or provider is named that does not exist."""


_WORDS = {errno.ELOOP: "Symbolic link loop", errno.ENAMETOOLONG: "Filename too long"}
"""The reference for Linux is linked with another C library, which has other words for these."""


def os_error_text(error: OSError) -> str:
    """`No such file or directory (os error 2)`."""
    words = _WORDS.get(error.errno or 0) if sys.platform == "linux" else None
    return f"{words or error.strerror} (os error {error.errno})"
