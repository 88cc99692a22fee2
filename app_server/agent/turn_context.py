"""From a thread's settings to what one turn sends: its context, what the model is newly told, the request."""

import os
from collections.abc import Iterable, Sequence

import anyio.to_thread

from app_server.agent.session import Session
from app_server.agent.settings import ThreadSettings, model_of
from app_server.config.config import Config
from app_server.config.requirements import network_domains
from app_server.model.request import ResponsesRequest
from app_server.prompt.context import NOTHING_STANDING, StandingSections, TurnContext
from app_server.prompt.environment import Environment, NetworkRules
from app_server.prompt.initial import initial_context
from app_server.prompt.items import recorded
from app_server.prompt.prompt import Prompt, build_prompt
from app_server.prompt.surroundings import date_and_zone, shell_name
from app_server.prompt.updates import context_updates
from protocol.wire import JsonObject, JsonValue


async def turn_context(
    session: Session,
    turn_id: str,
    output_schema: JsonValue = None,
    *,
    memories: bool = True,
    places: tuple[str, ...] | None = None,
) -> TurnContext:
    """The settings of a turn that begins now, resolved. `memories` off leaves that section out.

    `places` go before those of the thread.
    """
    settings, config = session.settings, session.config
    places = places_of(settings, places)
    model = model_of(settings, config)
    domains = network_domains(config.requirements)
    date, zone = date_and_zone()
    return TurnContext(
        turn_id=turn_id,
        cwd=places[0] if places else settings.cwd,
        thread_cwd=settings.cwd,
        environments=tuple(Environment("local", place, shell_name()) for place in places),
        current_date=date,
        timezone=zone,
        approval_policy=settings.approval_policy,
        auto_review=settings.approvals_reviewer == "auto_review",
        sandbox=settings.sandbox,
        network=NetworkRules(tuple(domains[0]), tuple(domains[1])) if domains else None,
        tmpdir=os.environ.get("TMPDIR"),
        model=model,
        base_instructions=session.instructions,
        instructions_overridden=session.instructions_overridden,
        personality=settings.personality,
        collaboration=settings.collaboration,
        effort=settings.effort,
        summary=settings.summary or "none",
        user_instructions=session.user_instructions,
        developer_instructions=config.developer_instructions,
        multi_agent_hint=_multi_agent_hint(config, root=session.lineage is None),
        standing=await _standing(
            session, model.context_window, memories=memories, cwd=next(iter(places), None)
        ),
        realtime_active=session.realtime_active,
        realtime_instructions=_realtime_instructions(config),
        approved_prefixes=session.approvals.rules.allowed,
        output_schema=output_schema,
        include_permissions=config.include_permissions_instructions,
        include_environment=config.include_environment_context,
        exec_permission_approvals=config.feature("exec_permission_approvals"),
        request_permissions_tool=config.feature("request_permissions_tool"),
    )


def places_of(settings: ThreadSettings, asked: tuple[str, ...] | None) -> tuple[str, ...]:
    """The folders where commands of a turn run: those asked for, else that of the thread."""
    if asked is not None:
        return asked
    return (settings.cwd,) if settings.has_machine else ()


async def _standing(
    session: Session, window: int | None, *, memories: bool, cwd: str | None
) -> StandingSections:
    """What only the full context tells, so later turns need not look at the disk for it.

    Apps that were not known yet when that was told are told when they are.
    """
    if session.conversation.reference is not None:
        return NOTHING_STANDING._replace(apps=_apps(session) if session.apps_untold else None)
    return await standing_sections_of(session, window, memories=memories, cwd=cwd)


async def standing_sections_of(
    session: Session, window: int | None, *, memories: bool = True, cwd: str | None
) -> StandingSections:
    """Those sections, whatever the model was told before. `cwd` is the turn's, if it has a machine."""

    def gather() -> StandingSections:
        from app_server.prompt.standing import standing_sections  # off the loop, as it takes some importing

        return standing_sections(session.skills, session.config, window, memories=memories, cwd=cwd)

    return (await anyio.to_thread.run_sync(gather))._replace(apps=_apps(session))


def _apps(session: Session) -> str | None:
    if session.apps is None:
        return None
    from app_server.agent.apps import apps_section  # few threads have any

    return apps_section(session)


def _multi_agent_hint(config: Config, *, root: bool) -> str | None:
    """How an agent is told to work with others (prompt-input.md §2.2)."""
    settings = config.table("features").get("multi_agent_v2")
    if not isinstance(settings, dict) or not config.feature("multi_agent_v2"):
        return None
    hint = settings.get(f"{'root_agent' if root else 'subagent'}_usage_hint_text")
    return hint if isinstance(hint, str) else None


def _realtime_instructions(config: Config) -> str | None:
    text = config.values.get("experimental_realtime_start_instructions")
    return text if isinstance(text, str) and text else None


def new_context(session: Session, context: TurnContext) -> list[JsonObject]:
    """What the model must be told before the turn's input: everything once, then only what changed."""
    reference = session.conversation.reference
    if reference is None:
        return initial_context(context, previous_model=session.last_model)
    return context_updates(reference, context, previous_model=session.last_model)


def describe_context(session: Session, context: TurnContext) -> None:
    """Tell the model the turn's settings, and remember that it knows them."""
    session.conversation.truncation = context.truncation
    if context.standing.warning is not None:
        session.warn(context.standing.warning)
    if session.apps is not None:
        from app_server.agent.apps import still_unknown  # as above

        session.apps_untold = context.standing.apps is None and (
            session.apps_untold or (session.conversation.reference is None and still_unknown(session))
        )
    session.conversation.add(new_context(session, context))
    session.conversation.describe(context.to_record())
    session.last_model = context.model.slug


def next_prompt(
    session: Session, context: TurnContext, tools: Sequence[JsonObject], more: Iterable[JsonObject] = ()
) -> Prompt:
    """The prompt of the next request: the history so far, and `more` after it."""
    new = [kept for item in more if (kept := recorded(item)) is not None]
    keep_ids = session.client.provider.is_azure
    return build_prompt([*session.conversation.history, *new], context, tools, keep_ids=keep_ids)


def model_request(session: Session, context: TurnContext, tools: Sequence[JsonObject]) -> ResponsesRequest:
    """The next request of the turn."""
    prompt = next_prompt(session, context, tools)
    return prompt_request(session, context, prompt)._replace(
        output_schema=prompt.output_schema,
        strict_output=session.client.facts.subagent != "guardian",
    )


def prompt_request(session: Session, context: TurnContext, prompt: Prompt) -> ResponsesRequest:
    """A prompt as a request of the turn, for an answer of any form."""
    return ResponsesRequest(
        model=context.model,
        input=prompt.input,
        instructions=prompt.instructions,
        tools=prompt.tools,
        parallel_tool_calls=prompt.parallel_tool_calls,
        effort=context.effort,
        summary=session.settings.summary,
        verbosity=session.config.model_verbosity,
        service_tier=session.settings.service_tier,
    )
