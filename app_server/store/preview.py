"""The line by which a thread is told from others: what its user said first (persistence.md §7)."""

from typing import Final

from app_server.store.user_input import inputs_of
from protocol.wire import JsonObject

_REQUEST_HEADING: Final = "## My request for Codex:"
"""Editors put context before the user's own words, and this between them."""
IMAGE_PREVIEW: Final = "[Image]"


def preview_of_text(text: str) -> str:
    """The user's own words, trimmed."""
    _, heading, request = text.partition(_REQUEST_HEADING)
    return (request if heading else text).strip()


def preview_of_event(payload: JsonObject) -> str:
    """The preview that a `user_message` event gives, `[Image]` when it has images alone; else empty."""
    message = payload.get("message")
    preview = preview_of_text(message) if isinstance(message, str) else ""
    if preview:
        return preview
    return IMAGE_PREVIEW if any("mage" in str(entry.get("type")) for entry in inputs_of(payload)) else ""
