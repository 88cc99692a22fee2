"""The configuration of an agent: that of whoever starts it, with what role and order say (tools.md §12)."""

from dataclasses import replace
from pathlib import Path

from app_server.agent.session import Session
from app_server.agent.settings import model_of, settings_of
from app_server.agent.subagents.roles import Role
from app_server.config.config import Config
from app_server.config.errors import ConfigError
from app_server.config.role import with_settings
from app_server.model.catalog import lookup, models
from app_server.model.model_info import ModelInfo
from app_server.tools.call import ToolRefusal
from app_server.tools.crew import AgentOrder
from protocol.wire import JsonObject


def agent_config(parent: Session, role: Role, order: AgentOrder) -> Config:
    """What it may do is what its parent may do now, whatever the role says. Raises ToolRefusal."""
    settings, own = parent.settings, parent.config
    model, effort = _ordered(parent, order)
    try:
        config = with_settings(own, role.values, role.folder or own.cwd) if role.values else own
    except ConfigError as error:
        raise ToolRefusal("agent type is currently not available") from error
    chosen = role.values or {}
    config = replace(
        config,
        cwd=Path(settings.cwd),
        approval_policy=settings.approval_policy,
        approvals_reviewer=settings.approvals_reviewer,
        sandbox=settings.sandbox,
        permission_profile=settings.permission_profile,
        workspace_roots=settings.workspace_roots,
        personality=config.personality if "personality" in chosen else settings.personality,
        model=config.model if "model" in chosen else model,
        model_reasoning_effort=(
            config.model_reasoning_effort if "model_reasoning_effort" in chosen else effort
        ),
        model_reasoning_summary=(
            config.model_reasoning_summary if "model_reasoning_summary" in chosen else settings.summary
        ),
        base_instructions=config.base_instructions if _instructs(chosen) else own.base_instructions,
        developer_instructions=(
            config.developer_instructions
            if "developer_instructions" in chosen
            else own.developer_instructions
        ),
        warnings=(),
    )
    return replace(config, service_tier=_tier(config, settings.service_tier, order))


def instructions_for(parent: Session, config: Config, role: Role) -> str:
    """The base instructions: those of its parent, unless its role has some."""
    own = config.base_instructions if _instructs(role.values or {}) else None
    return own or parent.instructions


def _instructs(values: JsonObject) -> bool:
    return "instructions" in values or "model_instructions_file" in values


def _ordered(parent: Session, order: AgentOrder) -> tuple[str, str | None]:
    """Model and effort, as the order has them or as the parent has. Raises ToolRefusal."""
    now = model_of(parent.settings, parent.config)
    effort = parent.settings.effort or now.default_effort
    info = now if order.model is None else _known(order.model, parent.config.model_provider)
    if order.model is not None:
        effort = info.default_effort
    if order.effort is not None:
        supported = [option.effort for option in info.efforts]
        if order.effort not in supported:
            raise ToolRefusal(
                f"Reasoning effort `{order.effort}` is not supported for model `{info.slug}`. "
                f"Supported reasoning efforts: {', '.join(supported)}"
            )
        effort = order.effort
    return info.slug, effort


def _known(slug: str, provider_id: str) -> ModelInfo:
    info, known = lookup(slug)
    if not known:
        names = ", ".join(model.slug for model in models(provider_id))
        raise ToolRefusal(f"Unknown model `{slug}` for spawn_agent. Available models: {names}")
    return info


def _tier(config: Config, inherited: str | None, order: AgentOrder) -> str | None:
    """The speed: as ordered, else the parent's if the agent's model has it. Raises ToolRefusal."""
    model = model_of(settings_of(config), config)
    if order.service_tier is None:
        return model.service_tier(inherited)
    tier = model.service_tier(order.service_tier)
    if tier is None:
        supported = ", ".join(one.id for one in model.service_tiers)
        raise ToolRefusal(
            f"Service tier `{order.service_tier}` is not supported for model `{model.slug}`. "
            f"Supported service tiers: {supported}"
        )
    return tier
