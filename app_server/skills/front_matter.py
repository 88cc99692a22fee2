"""The head of a SKILL.md: YAML between two lines of dashes (prompt-input.md §4.2)."""

import re
from typing import NamedTuple

MAX_NAME = 64
MAX_DESCRIPTION = 1_024
_NO_FRONT_MATTER = "missing YAML frontmatter delimited by ---"
NULLS = ("", "~", "null", "Null", "NULL")
"""The plain words that mean no value."""

# What every YAML reader takes for a plain key with a plain or quoted text: it needs no YAML reader at all.
_SIMPLE = re.compile(r"([A-Za-z][\w-]*): +(?:\"([^\"\\]*)\"|([A-Za-z][^\n]*?)) *")


class FrontMatterError(Exception):
    """The file is no skill. The text is what lists of skills show."""


class FrontMatter(NamedTuple):
    """What the head says, each text on one line. A name that is not said is the folder's."""

    name: str | None
    description: str
    short_description: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """Parse the text of a SKILL.md. Raises FrontMatterError."""
    head = _head(text)
    fields = _simple_fields(head)
    if fields is None:
        from app_server.skills.yaml_head import yaml_fields  # 30 ms, which most skills do not cost

        fields = yaml_fields("\n".join(head))
    description = one_line(fields.get("description"))
    if description is None:
        raise FrontMatterError("missing field `description`")
    _check_length("description", description, MAX_DESCRIPTION)
    short = one_line(fields.get("short-description"))
    _check_length("metadata.short-description", short, MAX_DESCRIPTION)
    return FrontMatter(one_line(fields.get("name")), description, short)


def check_name(name: str) -> None:
    """Raises FrontMatterError for a name, with its plugin's before it, that is too long."""
    _check_length("name", name, MAX_NAME)


def one_line(text: str | None) -> str | None:
    """The words with single spaces between; None when there are none."""
    return " ".join(text.split()) or None if text else None


def _check_length(field: str, text: str | None, limit: int) -> None:
    if text is not None and len(text) > limit:
        raise FrontMatterError(f"invalid {field}: exceeds maximum length of {limit} characters")


def _head(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[0].strip() != "---":
        raise FrontMatterError(_NO_FRONT_MATTER)
    for end, line in enumerate(lines[1:]):
        if line.strip() == "---":
            if end == 0:
                break
            return [line.removesuffix("\r") for line in lines[1 : end + 1]]
    raise FrontMatterError(_NO_FRONT_MATTER)


def _simple_fields(head: list[str]) -> dict[str, str] | None:
    """The fields, when each line is one key with one text on it; None when that takes a YAML reader.

    Nearly all skills are so, and the reader would cost a start 30 ms.
    """
    fields: dict[str, str] = {}
    for line in head:
        found = _SIMPLE.fullmatch(line)
        if found is None or not line.isprintable():
            return None
        key, quoted, plain = found.groups()
        if key in fields or key == "metadata" or (plain is not None and not _is_plain(plain)):
            return None
        fields[key] = quoted if plain is None else plain
    return {key: fields[key] for key in ("name", "description") if key in fields}


def _is_plain(value: str) -> bool:
    return ": " not in value and " #" not in value and not value.endswith(":") and value not in NULLS
