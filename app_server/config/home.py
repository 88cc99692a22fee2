"""CODEX_HOME: which folder it is, and the environment file in it (persistence.md §1.1).

Runs before everything else, so it imports next to nothing: pathlib alone would cost milliseconds.
"""

import os
from collections.abc import Iterator, Mapping, MutableMapping


class HomeError(Exception):
    """CODEX_HOME names no usable folder; the text is what stderr says before exit 1."""


def resolve_codex_home(environ: Mapping[str, str]) -> str:
    """The canonical folder of all state. An unset or empty CODEX_HOME means `~/.codex`, created on demand.

    Raises HomeError when CODEX_HOME does not name an existing folder, or the default cannot be made.
    """
    named = environ.get("CODEX_HOME")
    if named:
        if not os.path.lexists(named) or not os.path.exists(named):
            raise HomeError(f'CODEX_HOME points to "{named}", but that path does not exist')
        if not os.path.isdir(named):
            raise HomeError(f'CODEX_HOME points to "{named}", but that path is not a directory')
        return os.path.realpath(named)
    folder = os.path.join(user_home(environ), ".codex")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise HomeError(f"cannot create {folder}: {error.strerror}") from error
    return folder


def user_home(environ: Mapping[str, str]) -> str:
    """The user's own folder: HOME (or USERPROFILE), else what the account database says."""
    return environ.get("HOME") or environ.get("USERPROFILE") or os.path.expanduser("~")


def load_env_file(codex_home: str, environ: MutableMapping[str, str]) -> None:
    """Put the variables of `CODEX_HOME/.env` into the environment, but for names that begin with `CODEX_`.

    A missing or unreadable file and lines that make no sense are passed over.
    """
    try:
        with open(os.path.join(codex_home, ".env"), encoding="utf-8", errors="replace") as file:
            lines = file.read().lstrip("\ufeff").splitlines()
    except OSError:
        return
    for name, value in _assignments(lines, environ):
        if not name.upper().startswith("CODEX_"):
            environ[name] = value


def _assignments(lines: list[str], environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    known = dict(environ)
    for line in lines:
        name, equals, rest = line.strip().removeprefix("export ").partition("=")
        name = name.strip()
        if not equals or not name.replace(".", "_").isidentifier() or "\0" in rest:
            continue
        value = _value(rest.strip(), known)
        if value is not None:
            known[name] = value
            yield name, value


_ESCAPES = {"n": "\n", "\\": "\\", '"': '"', "$": "$", "'": "'", " ": " "}


def _value(text: str, known: Mapping[str, str]) -> str | None:
    """A shell-like word: single quotes are literal, `\\` escapes, `$NAME` and `${NAME}` stand for values."""
    out: list[str] = []
    quote = ""
    at = 0
    while at < len(text):
        char = text[at]
        at += 1
        if char == quote:
            quote = ""
        elif quote == "'":
            out.append(char)
        elif not quote and char in "'\"":
            quote = char
        elif char == "\\" and at < len(text):
            out.append(_ESCAPES.get(text[at], "\\" + text[at]))
            at += 1
        elif char == "$":
            name, at = _variable(text, at)
            out.append(known.get(name, "") if name else "$")
        elif not quote and char.isspace():
            return "".join(out) if text[at:].lstrip()[:1] in ("", "#") else None
        else:
            out.append(char)
    return None if quote else "".join(out)


def _variable(text: str, at: int) -> tuple[str, int]:
    """The name that begins after a `$`, and where the text goes on."""
    if text.startswith("{", at):
        end = text.find("}", at)
        return ("", at) if end < 0 else (text[at + 1 : end], end + 1)
    end = at
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    return text[at:end], end
