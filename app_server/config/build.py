"""Merged layers + profile + typed fields → Config (persistence.md §11.1, §11.2)."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, cast

from app_server.config.config import Config, TypedOverrides, Unset
from app_server.config.errors import ConfigError, UnresolvedNameError, os_error_text
from app_server.config.features import effective_features
from app_server.config.layers import LayerStack, root_markers
from app_server.config.merge import merge, merge_all
from app_server.config.permission_profiles import (
    Permissions,
    Workspace,
    check_profiles,
    permissions_by_default,
    permissions_of_mode,
    permissions_of_profile,
)
from app_server.config.permissions import (
    ApprovalPolicy,
    ApprovalsReviewer,
    ApprovalWord,
    SandboxMode,
    approval_policy,
    reviewer_named,
)
from app_server.config.providers import resolve_provider
from app_server.config.requirements import Requirements
from app_server.config.schema import PROFILE
from app_server.config.web_search import WebSearchMode, configured_mode
from protocol.wire import JsonObject, JsonValue

DEFAULT_CHATGPT_URL = "https://chatgpt.com/backend-api/"
DEFAULT_PROJECT_DOC_BYTES = 32_768
FILES_OF_TEXT: Final = ("model_instructions_file", "experimental_compact_prompt_file")
"""Keys that name files whose text is a part of what is built."""
_INSTRUCTIONS_FILE, _COMPACT_PROMPT_FILE = FILES_OF_TEXT


def build_config(
    stack: LayerStack,
    requirements: Requirements,
    typed: TypedOverrides,
    *,
    codex_home: Path,
    cwd: Path,
    enablement: Mapping[str, bool] | None = None,
) -> Config:
    """Resolve checked layers for a thread in `cwd`. Raises ConfigError for what is missing."""
    profile = typed.profile or _text(stack.merged, "profile")
    overlay = profile_values(stack.merged, profile)
    values = merge(stack.merged, overlay) if overlay else stack.merged
    features = effective_features(_table(values, "features"), enablement)
    level = stack.decision.level if stack.decision else None
    tables = _table(values, "model_providers")
    warnings: list[str] = []
    workspace = Workspace(cwd, codex_home / "memories", typed.runtime_workspace_roots)
    permissions = _permissions(stack, overlay, typed, workspace)
    permissions = _allowed_permissions(permissions, values, workspace, requirements, warnings)
    policy = typed.approval_policy or approval_policy(values.get("approval_policy"))
    policy = policy or ("untrusted" if level == "untrusted" else "on-request")
    reviewer = typed.approvals_reviewer or reviewer_named(_text(values, "approvals_reviewer"))
    doc_bytes = _number(values, "project_doc_max_bytes")
    if "model_catalog_json" in values:
        from app_server.config.own_models import own_models  # few have such a file

        own_models(values)
    return Config(
        codex_home=codex_home,
        cwd=cwd,
        stack=stack,
        raw=stack.merged,
        values=values,
        requirements=requirements,
        profile=profile,
        trust_level=level,
        model=typed.model or _text(values, "model"),
        review_model=_text(values, "review_model"),
        model_provider=resolve_provider(typed.model_provider or values.get("model_provider"), tables),
        provider_tables={name: table for name, table in tables.items() if isinstance(table, dict)},
        model_context_window=_number(values, "model_context_window"),
        model_auto_compact_token_limit=_number(values, "model_auto_compact_token_limit"),
        model_reasoning_effort=_text(values, "model_reasoning_effort"),
        plan_mode_reasoning_effort=_text(values, "plan_mode_reasoning_effort"),
        model_reasoning_summary=cast(
            'Literal["auto", "concise", "detailed", "none"] | None', _text(values, "model_reasoning_summary")
        ),
        model_verbosity=cast('Literal["low", "medium", "high"] | None', _text(values, "model_verbosity")),
        model_supports_reasoning_summaries=values.get("model_supports_reasoning_summaries") is True,
        service_tier=_service_tier(values, typed),
        service_tier_chosen=not isinstance(typed.service_tier, Unset) or "service_tier" in values,
        openai_base_url=_text(values, "openai_base_url") or None,
        chatgpt_base_url=_text(values, "chatgpt_base_url") or DEFAULT_CHATGPT_URL,
        tool_output_token_limit=_number(values, "tool_output_token_limit"),
        base_instructions=_first(
            typed.base_instructions,
            _file_text(values, _INSTRUCTIONS_FILE, "model instructions file"),
            _text(values, "instructions"),
        ),
        developer_instructions=_first(typed.developer_instructions, _text(values, "developer_instructions")),
        compact_prompt=_file_text(values, _COMPACT_PROMPT_FILE, "compact prompt file")
        or _text(values, "compact_prompt"),
        personality=_personality(values, typed, features),
        include_permissions_instructions=_switch(values, "include_permissions_instructions"),
        include_apps_instructions=_switch(values, "include_apps_instructions"),
        include_environment_context=_switch(values, "include_environment_context"),
        include_collaboration_mode_instructions=_switch(values, "include_collaboration_mode_instructions"),
        project_doc_max_bytes=DEFAULT_PROJECT_DOC_BYTES if doc_bytes is None else doc_bytes,
        project_doc_fallback_filenames=_strings(values, "project_doc_fallback_filenames"),
        project_root_markers=tuple(_markers_without_projects(stack)),
        approval_policy=_allowed_policy(policy, requirements, warnings),
        approvals_reviewer=_allowed_reviewer(reviewer, requirements, warnings),
        sandbox=permissions.sandbox,
        permission_profile=permissions.profile,
        workspace_roots=permissions.workspace_roots,
        web_search=_web_search(configured_mode(values, features), requirements, warnings),
        features=features,
        allow_login_shell=_switch(values, "allow_login_shell"),
        hide_agent_reasoning=values.get("hide_agent_reasoning") is True,
        show_raw_agent_reasoning=values.get("show_raw_agent_reasoning") is True,
        sqlite_home=_sqlite_home(values, codex_home),
        forced_login_method=_text(values, "forced_login_method"),
        forced_workspaces=_one_or_more(values, "forced_chatgpt_workspace_id"),
        credentials_store=_text(values, "cli_auth_credentials_store") or "file",
        attestation_timeout_ms=_number(_table(values, "attestation"), "timeout_ms"),
        warnings=tuple(warnings),
    )


def profile_values(merged: JsonObject, profile: str | None) -> JsonObject:
    """What the profile sets; other keys in it are not for profiles. Raises UnresolvedNameError."""
    if profile is None:
        return {}
    table = _table(merged, "profiles").get(profile)
    if not isinstance(table, dict):
        raise UnresolvedNameError(f"config profile `{profile}` not found")
    return {key: value for key, value in table.items() if key in PROFILE}


def _permissions(
    stack: LayerStack, overlay: JsonObject, typed: TypedOverrides, workspace: Workspace
) -> Permissions:
    """The highest source that names a mode or a profile decides; a profile wins within one source."""
    settings, profiles = stack.merged.get("sandbox_workspace_write"), stack.merged.get("permissions")
    check_profiles(profiles)
    if typed.sandbox_mode:
        return permissions_of_mode(typed.sandbox_mode, settings, workspace)
    if typed.permissions:
        return permissions_of_profile(typed.permissions, profiles, workspace)
    for source in (overlay, *(layer.values for layer in reversed(list(stack.enabled())))):
        if name := source.get("default_permissions"):
            return permissions_of_profile(str(name), profiles, workspace)
        if mode := source.get("sandbox_mode"):
            return permissions_of_mode(cast("SandboxMode", mode), settings, workspace)
    if isinstance(profiles, dict) and profiles:
        raise ConfigError("config defines `[permissions]` profiles but does not set `default_permissions`")
    return permissions_by_default(stack.decision.level if stack.decision else None, settings, workspace)


def _allowed_permissions(
    permissions: Permissions,
    values: JsonObject,
    workspace: Workspace,
    requirements: Requirements,
    warnings: list[str],
) -> Permissions:
    mode = permissions.sandbox.mode
    if requirements.sandbox_modes is None or mode == "external-sandbox":
        return permissions
    allowed = requirements.sandbox_modes.allowed_or_first(mode, warnings)
    if allowed == mode:
        return permissions
    return permissions_of_mode(cast("SandboxMode", allowed), values.get("sandbox_workspace_write"), workspace)


def _allowed_policy(
    policy: ApprovalPolicy, requirements: Requirements, warnings: list[str]
) -> ApprovalPolicy:
    if requirements.approval_policies is None:
        return policy
    word = policy if isinstance(policy, str) else "granular"
    allowed = requirements.approval_policies.allowed_or_first(word, warnings)
    return policy if allowed == word else cast("ApprovalWord", allowed)


def _allowed_reviewer(
    reviewer: ApprovalsReviewer, requirements: Requirements, warnings: list[str]
) -> ApprovalsReviewer:
    if requirements.approvals_reviewers is None:
        return reviewer
    return reviewer_named(requirements.approvals_reviewers.allowed_or_first(reviewer, warnings))


def _web_search(mode: WebSearchMode, requirements: Requirements, warnings: list[str]) -> WebSearchMode:
    if requirements.web_search_modes is None:
        return mode
    return cast("WebSearchMode", requirements.web_search_modes.allowed_or_first(mode, warnings))


def _service_tier(values: JsonObject, typed: TypedOverrides) -> str | None:
    tier = _text(values, "service_tier") if isinstance(typed.service_tier, Unset) else typed.service_tier
    return "priority" if tier == "fast" else tier


def _personality(
    values: JsonObject, typed: TypedOverrides, features: dict[str, bool]
) -> Literal["none", "friendly", "pragmatic"] | None:
    named = (
        typed.personality
        or _text(values, "personality")
        or ("pragmatic" if features["personality"] else None)
    )
    return cast('Literal["none", "friendly", "pragmatic"] | None', named)


def _first(*texts: str | None) -> str | None:
    """The first that is said at all; an empty one says that there are to be no words."""
    return next((text for text in texts if text is not None), None)


def _sqlite_home(values: JsonObject, codex_home: Path) -> Path:
    """Config, then environment, then CODEX_HOME (persistence.md §1.2)."""
    configured = _text(values, "sqlite_home")
    if configured:
        return Path(configured)
    named = os.environ.get("CODEX_SQLITE_HOME")
    return Path(named).absolute() if named else codex_home


def _file_text(values: JsonObject, key: str, what: str) -> str | None:
    """The trimmed text of a file that a key names. Raises ConfigError when it cannot be read or is empty."""
    path = _text(values, key)
    if path is None:
        return None
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"failed to read {what} {path}: {os_error_text(error)}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"failed to read {what} {path}: it is not UTF-8") from error
    if not text:
        raise ConfigError(f"{what} is empty: {path}")
    return text


def _markers_without_projects(stack: LayerStack) -> Sequence[str]:
    layers = [layer for layer in stack.enabled() if layer.source.type != "project"]
    if not any("project_root_markers" in layer.values for layer in layers):
        return root_markers({})
    return root_markers(merge_all(layer.effective for layer in layers))


def _text(values: JsonObject, key: str) -> str | None:
    value = values.get(key)
    return value if isinstance(value, str) else None


def _number(values: JsonObject, key: str) -> int | None:
    value = values.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _switch(values: JsonObject, key: str) -> bool:
    """A setting that is on unless it was turned off."""
    return values.get(key) is not False


def _strings(values: JsonObject, key: str) -> tuple[str, ...]:
    value: JsonValue = values.get(key)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _one_or_more(values: JsonObject, key: str) -> tuple[str, ...]:
    one = _text(values, key)
    return _strings(values, key) if one is None else (one,)


def _table(values: JsonObject, key: str) -> JsonObject:
    value = values.get(key)
    return value if isinstance(value, dict) else {}
