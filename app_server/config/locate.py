"""Where in a TOML text a key's value stands, so that an error can name line and column.

Runs only after a value was refused, on text that a reader has already accepted.
"""

from app_server.config.errors import Span

_OPENING = {"[": "]", "{": "}"}
_QUOTES = ('"""', "'''", '"', "'")


def locate(text: str, path: tuple[str, ...]) -> Span | None:
    """The span of the value at the path, else that of the nearest table around it that has a place."""
    best: tuple[int, Span] | None = None
    table: tuple[str, ...] = ()
    at = 0
    while (at := _skip_blank(text, at)) < len(text):
        start = at
        if text[at] == "[":
            inner = at + (2 if text.startswith("[[", at) else 1)
            table, end = _key(text, inner)
            found, span = table, _span(text, inner, end)
            at = text.find("\n", end) % (len(text) + 1)
        else:
            key, at = _key(text, start)
            value = _skip_blank(text, at + 1, newlines=False)
            at = _value_end(text, value)
            found, span = (*table, *key), _span(text, value, at)
        if path[: len(found)] == found and (best is None or len(found) > best[0]):
            best = (len(found), span)
    return best[1] if best else None


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


def _key(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """A dotted key from `at`, and where its last part ends."""
    parts: list[str] = []
    while at < len(text):
        at = _skip_blank(text, at, newlines=False)
        end = _string_end(text, at)
        if end is not None:
            parts.append(_unquoted(text[at:end]))
        else:
            end = at
            while end < len(text) and text[end] not in " \t.=]\r\n":
                end += 1
            parts.append(text[at:end])
        at = _skip_blank(text, end, newlines=False)
        if not text.startswith(".", at):
            return tuple(parts), at if text.startswith("=", at) else end
        at += 1
    return tuple(parts), at


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
