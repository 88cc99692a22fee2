"""The apps part: how users name apps, and where a model finds their tools (prompt-input.md §2.1)."""

from typing import Final

from app_server.prompt.texts import template

OPENING: Final = "<apps_instructions>"


def apps_part() -> str:
    """The whole part with its tags."""
    return "\n".join([OPENING, "## Apps (Connectors)", template("apps"), "</apps_instructions>"])
