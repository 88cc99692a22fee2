"""Telling the model that a voice conversation began or ended (prompt-input.md §6.2)."""

from app_server.prompt.texts import template


def realtime_start_part(instructions: str | None = None) -> str:
    """`instructions` replace the text: `experimental_realtime_start_instructions`."""
    return _part(instructions or template("realtime_start"))


def realtime_end_part() -> str:
    return _part(f"{template('realtime_end')}\n\nReason: inactive")


def _part(text: str) -> str:
    return f"<realtime_conversation>\n{text}\n</realtime_conversation>"
