"""The everyday part of TOML, read at once: tables, and keys with strings, numbers, booleans and short lists.

Most config files hold nothing else, and the standard reader takes milliseconds to import. What is not plain
here, or is an error, is left to that reader, so that the two can never disagree: `None` means just that.
"""

from protocol.wire import JsonObject, JsonValue

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


class _NotPlainError(Exception):
    """Something that this reader leaves to the other."""


def read_plain_toml(text: str) -> JsonObject | None:
    """The document, or None when it takes the whole language to tell what it says."""
    root: JsonObject = {}
    table = root
    opened: set[tuple[str, ...]] = set()
    try:
        for raw in text.split("\n"):
            line = raw.removesuffix("\r").strip(" ")
            if not line.isprintable():
                return None
            if line[:1] == "[":
                path = _header(line)
                if path in opened:
                    return None
                opened.add(path)
                table = _descend(root, path)
            elif line and line[0] != "#":
                _assign(table, line)
    except _NotPlainError:
        return None
    return root


def _assign(table: JsonObject, line: str) -> None:
    key, equals, rest = line.partition("=")
    key = key.rstrip(" ")
    if not equals or not key or not _BARE.issuperset(key) or key in table:
        raise _NotPlainError
    rest = rest.lstrip(" ")
    table[key], after = _list(rest[1:]) if rest[:1] == "[" else _value(rest)
    _end(after)


def _end(rest: str) -> None:
    rest = rest.lstrip(" ")
    if rest and rest[0] != "#":
        raise _NotPlainError


def _header(line: str) -> tuple[str, ...]:
    """The path of `[a.b."c.d"]`."""
    path: list[str] = []
    rest = line[1:]
    while True:
        rest = rest.lstrip(" ")
        if rest[:1] == '"':
            name, quote, rest = rest[1:].partition('"')
            if not quote or "\\" in name:
                raise _NotPlainError
        else:
            size = next((at for at, char in enumerate(rest) if char not in _BARE), len(rest))
            name, rest = rest[:size], rest[size:]
            if not name:
                raise _NotPlainError
        path.append(name)
        rest = rest.lstrip(" ")
        if rest[:1] == "]":
            _end(rest[1:])
            return tuple(path)
        if rest[:1] != ".":
            raise _NotPlainError
        rest = rest[1:]


def _descend(table: JsonObject, path: tuple[str, ...]) -> JsonObject:
    for name in path:
        inner = table.setdefault(name, {})
        if not isinstance(inner, dict):
            raise _NotPlainError
        table = inner
    return table


def _value(text: str) -> tuple[str | bool | int, str]:
    """A string, boolean or number at the start of the text, and what follows it."""
    first = text[:1]
    if first in ('"', "'"):
        body, quote, rest = text[1:].partition(first)
        if not quote or (first == '"' and "\\" in body) or (not body and rest[:1] == first):
            raise _NotPlainError
        return body, rest
    size = next((at for at, char in enumerate(text) if char in " ,]#"), len(text))
    return _scalar(text[:size]), text[size:]


def _scalar(word: str) -> bool | int:
    if word in ("true", "false"):
        return word == "true"
    digits = word[1:] if word[:1] == "-" else word
    plain = digits.isascii() and digits.isdigit() and len(digits) < 19 and (digits[0] != "0" or digits == "0")
    if not plain:
        raise _NotPlainError
    return int(word)


def _list(rest: str) -> tuple[list[JsonValue], str]:
    """The values of a list up to its `]`, and what follows it."""
    items: list[JsonValue] = []
    while True:
        rest = rest.lstrip(" ")
        if rest[:1] == "]":
            return items, rest[1:]
        value, rest = _value(rest)
        items.append(value)
        rest = rest.lstrip(" ")
        if rest[:1] == ",":
            rest = rest[1:]
        elif rest[:1] != "]":
            raise _NotPlainError
