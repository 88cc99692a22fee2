"""The full context: what a model is told when it knows nothing of the thread yet (prompt-input.md §2)."""

from app_server.prompt.agents_md import instructions_part
from app_server.prompt.collaboration import collaboration_part
from app_server.prompt.context import TurnContext
from app_server.prompt.environment import environment_context
from app_server.prompt.instructions import model_switch_part, personality_part, personality_text
from app_server.prompt.messages import text_message
from app_server.prompt.permissions import permissions_part
from app_server.prompt.realtime import realtime_start_part
from protocol.wire import JsonObject


def initial_context(
    context: TurnContext, *, previous_model: str | None = None, subagents: tuple[str, ...] = ()
) -> list[JsonObject]:
    """The context messages in their order; a message without parts is left out.

    `previous_model` is the model of the last user turn, if there was one: it is None for a new thread.
    """
    messages: list[JsonObject] = []
    if sections := _developer_sections(context, previous_model):
        messages.append(text_message("developer", sections))
    if context.multi_agent_hint is not None:
        messages.append(text_message("developer", [context.multi_agent_hint]))
    if parts := _user_parts(context, subagents):
        messages.append(text_message("user", parts))
    return messages


def _developer_sections(context: TurnContext, previous_model: str | None) -> list[str]:
    sections: list[str] = []
    if previous_model is not None and previous_model != context.model.slug and context.model_instructions:
        sections.append(model_switch_part(context.model_instructions))
    if context.include_permissions:
        sections.append(permissions_part(context))
    if context.developer_instructions:
        sections.append(context.developer_instructions)
    if context.collaboration is not None and context.collaboration.developer_instructions:
        sections.append(collaboration_part(context.collaboration.developer_instructions))
    if context.realtime_active:
        sections.append(realtime_start_part(context.realtime_instructions))
    if personality := _personality(context):
        sections.append(personality_part(personality))
    standing = context.standing
    told = (standing.apps, standing.skills, standing.plugins, standing.memories)
    return [*sections, *(text for text in told if text)]


def _personality(context: TurnContext) -> str:
    """The personality's text, unless the base instructions hold it already."""
    if context.instructions_overridden:
        return ""
    if context.model.supports_personality and context.base_instructions == context.model_instructions:
        return ""
    return personality_text(context.model, context.personality)


def _user_parts(context: TurnContext, subagents: tuple[str, ...]) -> list[str]:
    parts: list[str] = []
    if context.user_instructions:
        parts.append(instructions_part(context.cwd, context.user_instructions))
    if context.include_environment:
        parts.append(
            environment_context(
                environments=context.environments,
                current_date=context.current_date,
                timezone=context.timezone,
                network=context.network,
                subagents=subagents,
            )
        )
    return parts
