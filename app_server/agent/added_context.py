"""What a client knows beside what the user said: `additionalContext`, facts under keys of its own.

Each input brings all that holds. The model is told what is new or has changed since the input before.
"""

from collections.abc import Mapping
from typing import Final

from app_server.agent.session import Session
from app_server.model.cutting import TruncationPolicy, cut_middle
from app_server.prompt.messages import text_message
from protocol.input import AdditionalContextEntry
from protocol.wire import JsonObject

_LIMIT: Final = TruncationPolicy("tokens", 1000)
"""Of one entry's text."""


def add_context(session: Session, context: Mapping[str, AdditionalContextEntry]) -> None:
    """Record what the model has not been told, in the order of the keys."""
    known, session.added_context = session.added_context, dict(context)
    session.conversation.add(
        _as_the_model_sees_it(key, entry) for key, entry in sorted(context.items()) if entry != known.get(key)
    )


def _as_the_model_sees_it(key: str, entry: AdditionalContextEntry) -> JsonObject:
    """The application's own word has a developer's authority; what it found elsewhere has a tool's."""
    value = cut_middle(entry.value, _LIMIT)
    if entry.kind == "application":
        return text_message("developer", [f"<{key}>{value}</{key}>"])
    return {
        "type": "function_call_output",
        "name": key if entry.name is None else entry.name,
        "namespace": "agent",
        "output": value,
    }
