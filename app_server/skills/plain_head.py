"""A front matter so plain that it takes no YAML reader, whose import would cost a start 30 ms."""

import re

NULLS = ("", "~", "null", "Null", "NULL")
"""The plain words that mean no value."""

# What every YAML reader takes for a plain key with a plain or quoted text.
_PLAIN_LINE = re.compile(r"([A-Za-z][\w-]*): +(?:\"([^\"\\]*)\"|([A-Za-z][^\n]*?)) *")


def plain_fields(head: list[str]) -> dict[str, str] | None:
    """The fields, when each line is one key with one text on it, as in nearly all skills; None otherwise."""
    fields: dict[str, str] = {}
    for line in head:
        found = _PLAIN_LINE.fullmatch(line)
        if found is None or not line.isprintable():
            return None
        key, quoted, plain = found.groups()
        if key in fields or key == "metadata" or (plain is not None and not _is_plain(plain)):
            return None
        fields[key] = quoted if plain is None else plain
    return {key: fields[key] for key in ("name", "description") if key in fields}


def _is_plain(value: str) -> bool:
    return ": " not in value and " #" not in value and not value.endswith(":") and value not in NULLS
