"""Telling context that we put into the history from what the user said (prompt-input.md §6.3).

Only a real user message starts a turn: rollback, compaction, replay and previews ask here.
"""

from collections.abc import Iterator

from protocol.wire import JsonObject

_USER_FRAGMENTS = (
    ("# agents.md instructions for ", "</instructions>"),
    ("<environment_context>", "</environment_context>"),
    ("<skill>", "</skill>"),
    ("<user_shell_command>", "</user_shell_command>"),
    ("<turn_aborted>", "</turn_aborted>"),
    ("<subagent_notification>", "</subagent_notification>"),
    ("<goal_context>", "</goal_context>"),
    ("<hook_prompt", "</hook_prompt>"),
)
_DEVELOPER_OPENINGS = (
    "<permissions instructions>",
    "<model_switch>",
    "<collaboration_mode>",
    "<realtime_conversation>",
    "<personality_spec>",
)


def is_contextual(item: JsonObject) -> bool:
    """Whether a user or developer message holds injected context, in any of its text parts."""
    role = item.get("role")
    if item.get("type") != "message" or role not in ("user", "developer"):
        return False
    recognises = is_contextual_user_text if role == "user" else is_contextual_developer_text
    return any(recognises(text) for text in _texts(item))


def is_user_turn(item: JsonObject) -> bool:
    """Whether this item is what a user said: the boundary at which a turn begins."""
    return item.get("type") == "message" and item.get("role") == "user" and not is_contextual(item)


def is_contextual_user_text(text: str) -> bool:
    folded = text.strip().lower()
    return any(
        folded.startswith(opening) and folded.endswith(closing) for opening, closing in _USER_FRAGMENTS
    )


def is_contextual_developer_text(text: str) -> bool:
    return text.lstrip()[:64].lower().startswith(_DEVELOPER_OPENINGS)


def _texts(item: JsonObject) -> Iterator[str]:
    content = item.get("content")
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict) and isinstance(text := part.get("text"), str):
            yield text
