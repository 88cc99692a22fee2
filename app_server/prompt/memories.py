"""The memories section: how to use notes of earlier sessions, and their summary (prompt-input.md §2.1)."""

from pathlib import Path

from app_server.model.cutting import cut_middle
from app_server.model.model_info import TruncationPolicy
from app_server.prompt.texts import template

_SUMMARY_LIMIT = TruncationPolicy("tokens", 5_000)


def memories_section(folder: Path) -> str | None:
    """The section, or None when there is no summary. `folder` is `CODEX_HOME/memories`. Reads a file."""
    try:
        summary = (folder / "memory_summary.md").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    if not summary:
        return None
    text = template("memories").replace("{{ folder }}", str(folder))
    return text.replace("{{ summary }}", cut_middle(summary, _SUMMARY_LIMIT))
