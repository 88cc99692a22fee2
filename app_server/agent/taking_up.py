"""What a stored thread brings along when it is resumed or forked (persistence.md §5, §6.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from app_server.prompt.contextual import is_contextual

if TYPE_CHECKING:
    from app_server.agent.thread_request import ThreadRequest
    from app_server.store.replay_history import ReplayedHistory
    from app_server.store.session_meta import SessionMeta
    from protocol.wire import JsonObject, JsonValue

_CHOICES = ("model", "model_reasoning_effort")


def with_stored_settings(
    request: ThreadRequest, meta: SessionMeta, replayed: ReplayedHistory
) -> ThreadRequest:
    """The request, with the folder and the model that the thread had, unless it names its own.

    Naming any of model, provider or effort drops the stored ones of all three.
    """
    request = replace(request, cwd=request.cwd or meta.cwd or None)
    asked, config = request.overrides, request.config or {}
    if asked.model is not None or asked.model_provider is not None or any(key in config for key in _CHOICES):
        return request
    stored = replayed.chosen_context or {}
    model, effort = stored.get("model"), stored.get("effort")
    kept: dict[str, JsonValue] = {"model_reasoning_effort": effort} if isinstance(effort, str) else {}
    return replace(
        request,
        config={**config, **kept},
        overrides=asked._replace(
            model=model if isinstance(model, str) else None, model_provider=meta.model_provider
        ),
    )


def preview_of(history: Iterable[JsonObject]) -> str:
    """The first thing that a user says in a history that came without a log."""
    for item in history:
        if item.get("type") == "message" and item.get("role") == "user" and not is_contextual(item):
            return "".join(_texts(item.get("content")))
    return ""


def _texts(content: JsonValue) -> Iterable[str]:
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and isinstance(text := part.get("text"), str):
            yield text
