"""Unified diffs of texts, as git writes them."""

from difflib import unified_diff


def unified(before: str, after: str, context: int) -> str:
    """The hunks without file headers; empty when nothing differs."""
    lines = unified_diff(_lines(before), _lines(after), n=context)
    hunks = [line for number, line in enumerate(lines) if number > 1]
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in hunks
    )


def _lines(text: str) -> list[str]:
    """Only a line feed ends a line."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
