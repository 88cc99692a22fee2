"""One entry of a provider's list of models → ModelInfo (model-client.md §12).

Whatever an entry says that we do not know is passed over (promise U6): a new effort, tier or mode of a newer
provider costs that detail, and never the list.
"""

from collections.abc import Mapping
from typing import Any, Final

from app_server.model.model_info import (
    EffortOption,
    ModelInfo,
    ModelMessages,
    ModelUpgrade,
    ServiceTier,
    TruncationPolicy,
)
from protocol.wire import JsonObject, JsonValue

_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "default_reasoning_summary": ("auto", "concise", "detailed", "none"),
    "default_verbosity": ("low", "medium", "high"),
    "shell_type": ("default", "local", "unified_exec", "disabled", "shell_command"),
    "web_search_tool_type": ("text", "text_and_image"),
}
_MODALITIES: Final = ("text", "image")
_MOST: Final = 2**53
"""No window is as large; what is computed from a number stays within what clients can read."""


def parse_models(value: JsonValue) -> tuple[tuple[ModelInfo, JsonObject], ...]:
    """The models of a list, each with its entry as it came; entries without a name are left out."""
    if not isinstance(value, list):
        return ()
    entries = [one for one in value if isinstance(one, dict)]
    return tuple((model, entry) for entry in entries if (model := parse_model(entry)) is not None)


def parse_model(entry: JsonObject) -> ModelInfo | None:
    """The facts of one entry; None when it names no model."""
    slug = _text(entry.get("slug"))
    if slug is None:
        return None
    fields: dict[str, Any] = {
        "slug": slug,
        "display_name": _text(entry.get("display_name")) or slug,
        "description": _text(entry.get("description")) or "",
        "hidden": entry.get("visibility") != "list",
        "supported_in_api": entry.get("supported_in_api") is not False,
        "efforts": _efforts(entry.get("supported_reasoning_levels")),
        "default_effort": _text(entry.get("default_reasoning_level")),
        "supports_reasoning_summaries": entry.get("supports_reasoning_summaries") is True,
        "supports_verbosity": entry.get("support_verbosity") is True,
        "parallel_tool_calls": entry.get("supports_parallel_tool_calls") is True,
        "apply_patch": "freeform" if entry.get("apply_patch_tool_type") == "freeform" else None,
        "original_image_detail": entry.get("supports_image_detail_original") is True,
        "search_tool": entry.get("supports_search_tool") is True,
        "service_tiers": _tiers(entry.get("service_tiers")),
        "speed_tiers": _texts(entry.get("additional_speed_tiers")),
        "upgrade": _upgrade(entry.get("upgrade")),
        "announcement": _text(_object(entry.get("availability_nux")).get("message")),
        "context_window": None,
    }
    names = {
        "default_reasoning_summary": "default_reasoning_summary",
        "default_verbosity": "default_verbosity",
        "shell_type": "shell_type",
        "web_search_tool_type": "web_search",
    }
    for key, name in names.items():
        if (word := entry.get(key)) in _WORDS[key]:
            fields[name] = word
    priority = entry.get("priority")
    if isinstance(priority, int) and not isinstance(priority, bool) and abs(priority) < _MOST:
        fields["priority"] = priority
    numbers = ("context_window", "max_context_window", "auto_compact_token_limit")
    for key in (*numbers, "effective_context_window_percent"):
        if (number := _number(entry.get(key))) is not None:
            fields[key] = number
    if (policy := _truncation(entry.get("truncation_policy"))) is not None:
        fields["truncation"] = policy
    modalities = tuple(one for one in _texts(entry.get("input_modalities")) if one in _MODALITIES)
    if modalities:
        fields["input_modalities"] = modalities
    if isinstance(base := entry.get("base_instructions"), str):
        messages = fields["messages"] = _messages(base, entry.get("model_messages"))
        fields["supports_personality"] = messages.takes_personality
    return ModelInfo(**fields)


def _efforts(value: JsonValue) -> tuple[EffortOption, ...]:
    rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return tuple(
        EffortOption(effort, _text(row.get("description")) or "")
        for row in rows
        if (effort := _text(row.get("effort"))) is not None
    )


def _tiers(value: JsonValue) -> tuple[ServiceTier, ...]:
    rows = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return tuple(
        ServiceTier(tier, _text(row.get("name")) or tier, _text(row.get("description")) or "")
        for row in rows
        if (tier := _text(row.get("id"))) is not None
    )


def _truncation(value: JsonValue) -> TruncationPolicy | None:
    if not isinstance(value, dict):
        return None
    limit = _number(value.get("limit"))
    match value.get("mode"):
        case "bytes" if limit is not None:
            return TruncationPolicy("bytes", limit)
        case "tokens" if limit is not None:
            return TruncationPolicy("tokens", limit)
        case _:
            return None


def _upgrade(value: JsonValue) -> ModelUpgrade | None:
    model = _text(_object(value).get("model"))
    return None if model is None else ModelUpgrade(model, _text(_object(value).get("migration_markdown")))


def _object(value: JsonValue) -> JsonObject:
    return value if isinstance(value, dict) else {}


def _messages(base: str, value: JsonValue) -> ModelMessages:
    messages = value if isinstance(value, dict) else {}
    voices = messages.get("instructions_variables")
    texts: tuple[JsonValue, ...] = (messages.get("instructions_template"), None, None, None)
    if isinstance(voices, dict):
        keys = ("default", "friendly", "pragmatic")
        texts = (texts[0], *(voices.get(f"personality_{key}") for key in keys))
    return ModelMessages(base, *(text if isinstance(text, str) else None for text in texts))


def _number(value: JsonValue) -> int | None:
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < _MOST else None


def _text(value: JsonValue) -> str | None:
    return value if isinstance(value, str) and value else None


def _texts(value: JsonValue) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
