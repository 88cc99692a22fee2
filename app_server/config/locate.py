"""Where in a TOML text a key's value stands, so that an error can name line and column.

Runs only after a value was refused, on text that a reader has already accepted.
"""

from collections.abc import Iterator
from typing import NamedTuple

from app_server.config.errors import Span
from app_server.config.validate import KeyPath

_OPENING = {"[": "]", "{": "}"}
_QUOTES = ('"""', "'''", '"', "'")


class _Statement(NamedTuple):
    """A header or an assignment: its whole path, its place, and where each part of the key in it ends."""

    path: KeyPath
    start: int
    end: int
    key_start: int
    key_ends: tuple[int, ...]


def locate(text: str, path: KeyPath, *, key: bool = False) -> Span | None:
    """The span of the value at the path, which may be the header of a table; or of the key that leads to it.

    Of a table without a header of its own it is the first key that leads into it; where there is none either,
    the nearest table around it.
    """
    around: _Statement | None = None
    for one in _statements(text):
        if one.path == path and key:
            return _span(text, one.key_start, one.key_ends[-1])
        if one.path == path:
            return _span(text, one.start, one.end)
        if one.path[: len(path)] == path:
            into = one.key_ends[len(path) - len(one.path) - 1]
            return _span(text, one.key_start, into)
        if path[: len(one.path)] == one.path and (around is None or len(one.path) > len(around.path)):
            around = one
    return around and _span(text, around.start, around.end)


def _statements(text: str) -> Iterator[_Statement]:
    table: KeyPath = ()
    at = 0
    while (at := _skip_blank(text, at)) < len(text):
        start = at
        if text[at] == "[":
            brackets = 2 if text.startswith("[[", at) else 1
            table, ends = _key(text, at + brackets)
            at = min(_skip_blank(text, ends[-1], newlines=False) + brackets, len(text))
            yield _Statement(table, start, at, start + brackets, ends)
        else:
            key, ends = _key(text, start)
            value = _skip_blank(text, _skip_blank(text, ends[-1], newlines=False) + 1, newlines=False)
            at = max(_value_end(text, value), start + 1)
            yield _Statement((*table, *key), value, at, start, ends)


def _span(text: str, start: int, end: int) -> Span:
    last = max(start, end - 1)
    return Span(*_place(text, start), *_place(text, last))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _skip_blank(text: str, at: int, *, newlines: bool = True) -> int:
    blank = " \t\r\n" if newlines else " \t"
    while at < len(text) and (text[at] in blank or text[at] == "#"):
        if text[at] == "#":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        else:
            at += 1
    return at


def _key(text: str, at: int) -> tuple[KeyPath, tuple[int, ...]]:
    """A dotted key from `at`, and where each of its parts ends."""
    parts: list[str] = []
    ends: list[int] = []
    while True:
        at = _skip_blank(text, at, newlines=False)
        end = _string_end(text, at)
        if end is not None:
            parts.append(_unquoted(text[at:end]))
        else:
            end = at
            while end < len(text) and text[end] not in " \t.=]\r\n":
                end += 1
            parts.append(text[at:end])
        ends.append(end)
        at = _skip_blank(text, end, newlines=False)
        if not text.startswith(".", at):
            return tuple(parts), tuple(ends)
        at += 1


def _unquoted(word: str) -> str:
    if word[0] == "'" or "\\" not in word:
        return word[1:-1]
    from app_server.config.toml import parse_value  # an escape in a key, and only after an error

    return str(parse_value(word))


def _string_end(text: str, at: int) -> int | None:
    quote = next((one for one in _QUOTES if text.startswith(one, at)), None)
    if quote is None:
        return None
    at += len(quote)
    while at < len(text) and not text.startswith(quote, at):
        at += 2 if text[at] == "\\" and quote[0] == '"' else 1
    at += len(quote)
    while len(quote) == 3 and text.startswith(quote[0], at):  # up to two quotes more belong to the text
        at += 1
    return at


def _value_end(text: str, at: int) -> int:
    closing: list[str] = []
    last = at
    while at < len(text):
        char = text[at]
        end = _string_end(text, at)
        if end is not None:
            at = last = end
        elif char == "#" or (char in " \t\r\n" and closing):
            at = _skip_blank(text, at)
        elif char in "\r\n":
            break
        else:
            if char in _OPENING:
                closing.append(_OPENING[char])
            elif closing and char == closing[-1]:
                closing.pop()
            at += 1
            last = last if char in " \t" else at
        if not closing and at < len(text) and text[at] == "#":
            break
    return last
