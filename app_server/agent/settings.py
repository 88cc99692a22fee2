"""What the turns of a thread run with, and how a turn's overrides change it for the turns after."""

from dataclasses import dataclass, replace
from os.path import normpath
from pathlib import Path

from app_server.config.config import Config
from app_server.config.permissions import ApprovalPolicy, ApprovalsReviewer, SandboxPolicy
from app_server.model.catalog import (
    ModelOverrides,
    default_model,
    lookup,
    unknown_model_warning,
    with_overrides,
)
from app_server.model.model_info import ModelInfo, ReasoningSummary
from app_server.prompt.collaboration import CollaborationMode
from app_server.prompt.instructions import Personality


@dataclass(frozen=True, slots=True)
class ThreadSettings:
    """The settings of one thread at one time (threads-and-turns.md §4.1)."""

    model: str
    cwd: str
    approval_policy: ApprovalPolicy
    approvals_reviewer: ApprovalsReviewer
    sandbox: SandboxPolicy
    permission_profile: str | None
    workspace_roots: tuple[str, ...]
    effort: str | None
    """None leaves the choice to the model's own default."""
    summary: ReasoningSummary | None
    personality: Personality
    service_tier: str | None
    collaboration: CollaborationMode | None = None
    has_machine: bool = True
    """Whether there is one to run commands on."""


def settings_of(config: Config) -> ThreadSettings:
    """The settings that a thread with this configuration starts with."""
    return ThreadSettings(
        model=config.model or default_model(config.model_provider).slug,
        cwd=str(config.cwd),
        approval_policy=config.approval_policy,
        approvals_reviewer=config.approvals_reviewer,
        sandbox=config.sandbox,
        permission_profile=config.permission_profile,
        workspace_roots=config.workspace_roots,
        effort=config.model_reasoning_effort,
        summary=config.model_reasoning_summary,
        personality=config.personality or "pragmatic",
        service_tier=config.service_tier,
    )


def with_cwd(settings: ThreadSettings, cwd: str) -> ThreadSettings:
    """The settings in another folder; a relative one is taken from the server's own."""
    return replace(settings, cwd=normpath(Path(Path.cwd(), cwd)))


def with_mode(settings: ThreadSettings, mode: CollaborationMode) -> ThreadSettings:
    """The settings in a collaboration mode, whose model and effort win over those of the same request."""
    return replace(settings, collaboration=mode, model=mode.model, effort=mode.reasoning_effort)


def model_of(settings: ThreadSettings, config: Config) -> ModelInfo:
    """The facts of the model in use, with what config.toml says about it."""
    info, _ = lookup(settings.model)
    return with_overrides(
        info,
        ModelOverrides(
            with_personality=config.feature("personality"),
            context_window=config.model_context_window,
            auto_compact_token_limit=config.model_auto_compact_token_limit,
            tool_output_token_limit=config.tool_output_token_limit,
            supports_reasoning_summaries=config.model_supports_reasoning_summaries,
        ),
    )


def model_warning(settings: ThreadSettings) -> str | None:
    """What a turn on a model that nobody knows is to be warned of."""
    _, known = lookup(settings.model)
    return None if known else unknown_model_warning(settings.model)
