"""What later turns are told: only the settings that differ from those last told (prompt-input.md §6)."""

from app_server.config.permissions import SandboxPolicy, approval_on_wire
from app_server.prompt.collaboration import collaboration_part
from app_server.prompt.context import TurnContext
from app_server.prompt.environment import environment_context
from app_server.prompt.instructions import model_switch_part, personality_part, personality_text
from app_server.prompt.messages import text_message
from app_server.prompt.permissions import permissions_part
from app_server.prompt.realtime import realtime_end_part, realtime_start_part
from app_server.prompt.sandbox import profile_record, rights_of
from protocol.wire import JsonObject, JsonValue


def context_updates(
    reference: JsonObject, context: TurnContext, *, previous_model: str | None = None
) -> list[JsonObject]:
    """At most one developer message, one part a changed section, and then one environment message.

    `reference` is the turn context record of the turn before, perhaps written by another program.
    `previous_model` is the model of the last user turn.
    """
    messages: list[JsonObject] = []
    if sections := _changed_sections(reference, context, previous_model):
        messages.append(text_message("developer", sections))
    if context.include_environment and (environment := _changed_environment(reference, context)):
        messages.append(text_message("user", [environment]))
    return messages


def _changed_sections(reference: JsonObject, context: TurnContext, previous_model: str | None) -> list[str]:
    sections: list[str] = []
    switched = previous_model is not None and previous_model != context.model.slug
    if switched and context.model_instructions:
        sections.append(model_switch_part(context.model_instructions))
    if context.include_permissions and _permissions_differ(reference, context):
        sections.append(permissions_part(context))
    if text := _changed_collaboration(reference, context):
        sections.append(collaboration_part(text))
    if (reference.get("realtime_active") is True) is not context.realtime_active:
        started = context.realtime_active
        sections.append(
            realtime_start_part(context.realtime_instructions) if started else realtime_end_part()
        )
    if not switched and reference.get("model") == context.model.slug:
        # On another model the switch carries the personality already.
        sections += [personality_part(text) for text in [_changed_personality(reference, context)] if text]
    if context.standing.apps is not None:  # nobody knew of them when all else was told
        sections.append(context.standing.apps)
    return sections


def _permissions_differ(reference: JsonObject, context: TurnContext) -> bool:
    """The profile or the policy; the folder counts only where it decides what may be written."""
    if reference.get("approval_policy") != approval_on_wire(context.approval_policy):
        return True
    profile = reference.get("permission_profile")
    if isinstance(profile, dict):
        return rights_of(profile) != rights_of(profile_record(context.sandbox, context.sandbox_cwd))
    sandbox = reference.get("sandbox_policy")  # all that older records have
    if not isinstance(sandbox, dict) or SandboxPolicy.from_wire(sandbox) != context.sandbox:
        return True
    return context.sandbox.mode == "workspace-write" and reference.get("cwd") != context.sandbox_cwd


def _changed_collaboration(reference: JsonObject, context: TurnContext) -> str | None:
    mode = context.collaboration_in_use
    if reference.get("collaboration_mode") == mode.to_record():
        return None
    return mode.developer_instructions


def _changed_personality(reference: JsonObject, context: TurnContext) -> str:
    if context.instructions_overridden or reference.get("personality") == context.personality:
        return ""
    return personality_text(context.model, context.personality)


def _changed_environment(reference: JsonObject, context: TurnContext) -> str | None:
    """The shell alone never counts; several places, or none, are told anew: a record holds just one."""
    several = len(context.environments) != 1
    moved = reference.get("cwd") != context.cwd
    network: JsonValue = context.network.to_record() if context.network else None
    same = (
        reference.get("current_date") == context.current_date
        and reference.get("timezone") == context.timezone
        and reference.get("network") == network
    )
    if same and not moved and not several:
        return None
    return environment_context(
        environments=context.environments if moved or several else (),
        current_date=context.current_date,
        timezone=context.timezone,
        network=context.network,
    )
