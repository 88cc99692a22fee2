"""The everyday part of TOML, read at once: tables, and keys with strings, numbers, booleans and short lists.

Most config files hold nothing else, and the standard reader takes milliseconds to import. What is not plain
here, or is an error, is left to that reader, so that the two can never disagree: `None` means just that.
"""

from protocol.wire import JsonObject, JsonValue

_BARE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_NOT_PLAIN = object()


def read_plain_toml(text: str) -> JsonObject | None:
    """The document, or None when it takes the whole language to tell what it says."""
    root: JsonObject = {}
    table = root
    opened: set[tuple[str, ...]] = set()
    for raw in text.split("\n"):
        line = raw.removesuffix("\r").strip(" ")
        if not line or (line[0] == "#" and line.isprintable()):
            continue
        if not line.isprintable():
            return None
        if line[0] == "[":
            path = _header(line)
            if path is None or path in opened:
                return None
            opened.add(path)
            found = _descend(root, path)
            if found is None:
                return None
            table = found
        elif not _assign(table, line):
            return None
    return root


def _assign(table: JsonObject, line: str) -> bool:
    key, equals, rest = line.partition("=")
    key = key.rstrip(" ")
    if not equals or not key or not _BARE.issuperset(key) or key in table:
        return False
    value, after = _value(rest.lstrip(" "))
    if value is _NOT_PLAIN or not _ends(after):
        return False
    table[key] = value  # type: ignore[assignment] - anything but the marker is a JSON value
    return True


def _ends(rest: str) -> bool:
    rest = rest.lstrip(" ")
    return not rest or rest[0] == "#"


def _header(line: str) -> tuple[str, ...] | None:
    """The path of `[a.b."c.d"]`, or None."""
    path: list[str] = []
    rest = line[1:]
    while True:
        rest = rest.lstrip(" ")
        if rest[:1] == '"':
            name, quote, rest = rest[1:].partition('"')
            if not quote or "\\" in name:
                return None
        else:
            size = next((at for at, char in enumerate(rest) if char not in _BARE), len(rest))
            name, rest = rest[:size], rest[size:]
            if not name:
                return None
        path.append(name)
        rest = rest.lstrip(" ")
        if rest[:1] == "]":
            return tuple(path) if _ends(rest[1:]) else None
        if rest[:1] != ".":
            return None
        rest = rest[1:]


def _descend(table: JsonObject, path: tuple[str, ...]) -> JsonObject | None:
    for name in path:
        inner = table.setdefault(name, {})
        if not isinstance(inner, dict):
            return None
        table = inner
    return table


def _value(text: str) -> tuple[object, str]:
    """A value at the start of the text, and what follows it."""
    first = text[:1]
    if first in ('"', "'"):
        body, quote, rest = text[1:].partition(first)
        odd = not quote or (first == '"' and "\\" in body) or (not body and rest[:1] == first)
        return (_NOT_PLAIN, "") if odd else (body, rest)
    if first == "[":
        return _list(text[1:])
    size = next((at for at, char in enumerate(text) if char in " ,]#"), len(text))
    return _scalar(text[:size]), text[size:]


def _scalar(word: str) -> object:
    if word in ("true", "false"):
        return word == "true"
    digits = word[1:] if word[:1] == "-" else word
    plain = digits.isascii() and digits.isdigit() and len(digits) < 19 and (digits[0] != "0" or digits == "0")
    return int(word) if plain else _NOT_PLAIN


def _list(rest: str) -> tuple[object, str]:
    items: list[JsonValue] = []
    while True:
        rest = rest.lstrip(" ")
        if rest[:1] == "]":
            return items, rest[1:]
        value, rest = _value(rest)
        if value is _NOT_PLAIN:
            return _NOT_PLAIN, ""
        items.append(value)  # type: ignore[arg-type] - as above
        rest = rest.lstrip(" ")
        if rest[:1] == ",":
            rest = rest[1:]
        elif rest[:1] != "]":
            return _NOT_PLAIN, ""
