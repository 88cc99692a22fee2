"""The texts that we say to models, kept as files beside the code, read when first needed."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "templates"


@cache
def template(name: str) -> str:
    """The text `templates/NAME.md` without the newline at its end."""
    return (_FOLDER / f"{name}.md").read_text(encoding="utf-8").removesuffix("\n")
