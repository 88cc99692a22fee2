"""From the fields of requests to the configuration's typed overrides and to the settings of a turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app_server.agent.settings import ThreadSettings, with_cwd, with_mode
from app_server.config.config import UNSET, Config, TypedOverrides
from app_server.config.errors import ConfigError
from app_server.config.permission_profiles import (
    Workspace,
    permissions_of_profile,
    still_hiding,
    with_workspace_roots,
)
from app_server.config.permissions import (
    ApprovalPolicy,
    ApprovalsReviewer,
    SandboxPolicy,
    approval_policy,
)
from app_server.config.requirements import NotAllowedError, check_allowed
from app_server.prompt.collaboration import CollaborationMode, preset_instructions
from protocol.jsonrpc import invalid_request

if TYPE_CHECKING:  # a method that is called has its types already
    from collections.abc import Sequence

    from protocol.mode import CollaborationMode as WireMode
    from protocol.mode import Personality
    from protocol.policy import ApprovalsReviewer as WireReviewer
    from protocol.policy import AskForApproval
    from protocol.thread_resume import ThreadForkParams, ThreadResumeParams
    from protocol.thread_start import ThreadStartParams
    from protocol.turn_environment import TurnEnvironmentParams
    from protocol.turn_start import TurnStartParams


def policy_of(asked: AskForApproval | None) -> ApprovalPolicy | None:
    """The approval policy that a request names."""
    if asked is None or isinstance(asked, str):
        return asked
    return approval_policy(asked.to_wire())


def reviewer_of(asked: WireReviewer | None) -> ApprovalsReviewer | None:
    """Two names of the automatic reviewer mean the same."""
    return None if asked is None else "user" if asked == "user" else "auto_review"


def thread_overrides(
    params: ThreadStartParams | ThreadResumeParams | ThreadForkParams, personality: Personality | None = None
) -> TypedOverrides:
    """What a request that loads a thread says over the configuration. Raises RpcError.

    `personality`: a fork's request has none.
    """
    if params.sandbox is not None and params.permissions is not None:
        raise invalid_request("`permissions` cannot be combined with `sandbox`")
    roots = params.runtime_workspace_roots
    return TypedOverrides(
        model=params.model,
        model_provider=params.model_provider,
        approval_policy=policy_of(params.approval_policy),
        approvals_reviewer=reviewer_of(params.approvals_reviewer),
        sandbox_mode=params.sandbox,
        permissions=params.permissions,
        runtime_workspace_roots=None if roots is None else tuple(roots),
        service_tier=params.service_tier if "service_tier" in params.model_fields_set else UNSET,
        base_instructions=params.base_instructions,
        developer_instructions=params.developer_instructions,
        personality=personality,
    )


def places_asked_for(environments: Sequence[TurnEnvironmentParams] | None) -> tuple[str, ...] | None:
    """The folders where commands shall be run; none: nowhere. None when the request leaves that open.

    Raises RpcError for any machine but this one: what is meant for another must not run here.
    """
    if environments is None:
        return None
    names: set[str] = set()
    for one in environments:
        if one.environment_id in names:
            raise invalid_request(f"duplicate turn environment id `{one.environment_id}`")
        names.add(one.environment_id)
        if one.environment_id != "local":
            raise invalid_request(f"unknown turn environment id `{one.environment_id}`")
    return tuple(one.cwd for one in environments)


def turn_settings(settings: ThreadSettings, config: Config, params: TurnStartParams) -> ThreadSettings:
    """The thread's settings with a turn's overrides, which hold for later turns too. Raises RpcError."""
    if params.sandbox_policy is not None and params.permissions is not None:
        raise invalid_request("`permissions` cannot be combined with `sandboxPolicy`")
    if params.cwd is not None:
        settings = with_cwd(settings, params.cwd)
    changed = _with_permissions(_with_choices(settings, params), config, params)
    if params.collaboration_mode is not None:
        changed = with_mode(changed, _mode(params.collaboration_mode))
    try:
        check_allowed(
            config.requirements,
            approval_policy=None if params.approval_policy is None else changed.approval_policy,
            approvals_reviewer=None if params.approvals_reviewer is None else changed.approvals_reviewer,
            sandbox=None if changed.sandbox == settings.sandbox else changed.sandbox,
        )
    except NotAllowedError as error:
        raise invalid_request(f"invalid turn context override: {error}") from error
    return changed


def _with_choices(settings: ThreadSettings, params: TurnStartParams) -> ThreadSettings:
    changed = replace(
        settings,
        model=params.model or settings.model,
        approval_policy=policy_of(params.approval_policy) or settings.approval_policy,
        approvals_reviewer=reviewer_of(params.approvals_reviewer) or settings.approvals_reviewer,
        effort=params.effort or settings.effort,
        summary=params.summary or settings.summary,
        personality=params.personality or settings.personality,
    )
    if "service_tier" in params.model_fields_set:
        changed = replace(changed, service_tier=wire_tier(params.service_tier))
    return changed


def wire_tier(tier: str | None) -> str | None:
    """A service tier by the name that providers have for it."""
    return "priority" if tier == "fast" else tier


def _with_permissions(settings: ThreadSettings, config: Config, params: TurnStartParams) -> ThreadSettings:
    """The settings with another sandbox, when the turn asks for one."""
    roots, profile = params.runtime_workspace_roots, params.permissions
    if roots is not None:
        configured = config.table("sandbox_workspace_write")
        sandbox = with_workspace_roots(
            settings.sandbox, settings.workspace_roots, roots, configured, settings.cwd
        )
        profile = profile or settings.permission_profile
        settings = replace(settings, sandbox=sandbox, workspace_roots=tuple(roots))
    if params.sandbox_policy is not None:
        sandbox = SandboxPolicy.from_wire(params.sandbox_policy.to_wire())
        return replace(settings, sandbox=sandbox, permission_profile=None)
    if profile is None:
        return settings
    workspace = Workspace(Path(settings.cwd), config.codex_home / "memories", settings.workspace_roots)
    try:
        found = permissions_of_profile(profile, config.values.get("permissions"), workspace)
    except ConfigError as error:
        raise invalid_request(f"invalid turn context override: {error}") from error
    return replace(
        settings,
        sandbox=still_hiding(found.sandbox, config.sandbox.hidden),
        permission_profile=found.profile,
        workspace_roots=found.workspace_roots,
    )


def _mode(asked: WireMode) -> CollaborationMode:
    instructions = asked.settings.developer_instructions
    return CollaborationMode(
        asked.mode,
        asked.settings.model,
        asked.settings.reasoning_effort,
        preset_instructions(asked.mode) if instructions is None else instructions,
    )
