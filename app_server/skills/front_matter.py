"""The head of a SKILL.md: YAML between two lines of dashes (prompt-input.md §4.2)."""

from typing import NamedTuple

from app_server.skills.errors import FrontMatterError
from app_server.skills.plain_head import plain_fields

MAX_NAME = 64
MAX_DESCRIPTION = 1_024
_NO_FRONT_MATTER = "missing YAML frontmatter delimited by ---"


class FrontMatter(NamedTuple):
    """What the head says, each text on one line. A name that is not said is the folder's."""

    name: str | None
    description: str
    short_description: str | None = None


def read_front_matter(text: str) -> FrontMatter:
    """Parse the text of a SKILL.md. Raises FrontMatterError."""
    head = _head(text)
    fields = plain_fields(head)
    if fields is None:
        from app_server.skills.yaml_head import yaml_fields  # most skills do not need it

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
