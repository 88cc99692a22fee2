"""The keys of config.toml that the server knows, and the shape of each (persistence.md §11.3)."""

from typing import cast

from app_server.config.validate import Shape, Table, first_problem
from protocol.wire import JsonObject, JsonValue

EFFORTS = ("none", "minimal", "low", "medium", "high", "xhigh")
SUMMARIES = ("auto", "concise", "detailed", "none")
VERBOSITIES = ("low", "medium", "high")
PERSONALITIES = ("none", "friendly", "pragmatic")
SANDBOX_MODES = ("read-only", "workspace-write", "danger-full-access")
APPROVAL_POLICIES = ("untrusted", "on-failure", "on-request", "granular", "never")
REVIEWERS = ("user", "guardian_subagent", "auto_review")
WEB_SEARCH_MODES = ("disabled", "cached", "live")
RESERVED_PROVIDERS = ("openai", "ollama", "lmstudio")

_GRANULAR: Table = {
    "sandbox_approval": "bool",
    "rules": "bool",
    "skill_approval": "bool",
    "request_permissions": "bool",
    "mcp_elicitations": "bool",
}
_NO_CHAT = (
    '`wire_api = "chat"` is no longer supported.\n'
    'How to fix: set `wire_api = "responses"` in your provider config.\n'
    "More info: https://github.com/openai/codex/discussions/7782"
)


def _approval_policy(value: JsonValue) -> str | None:
    if not isinstance(value, dict):
        words = tuple(word for word in APPROVAL_POLICIES if word != "granular")
        problem = first_problem(value, APPROVAL_POLICIES) if value not in words else None
        return (
            problem[1]
            if problem
            else None
            if value in words
            else "invalid type: unit variant, expected a table"
        )
    granular = value.get("granular")
    if len(value) != 1 or not isinstance(granular, dict):
        return (
            "wanted exactly 1 element, more than 1 element"
            if len(value) > 1
            else "expected a `granular` table"
        )
    problem = first_problem(granular, _GRANULAR)
    missing = (
        f"missing field `{key}`"
        for key in ("sandbox_approval", "rules", "mcp_elicitations")
        if key not in granular
    )
    return problem[1] if problem else next(missing, None)


def _wire_api(value: JsonValue) -> str | None:
    if value == "chat":
        return _NO_CHAT
    problem = first_problem(value, ("responses",))
    return problem[1] if problem else None


def _switch(value: JsonValue) -> str | None:
    """A feature is a boolean, or a table of its settings."""
    problem = None if isinstance(value, dict) else first_problem(value, "bool")
    return problem[1] if problem else None


def _one_or_more(value: JsonValue) -> str | None:
    problem = first_problem(value, ["str"] if isinstance(value, list) else "str")
    return problem[1] if problem else None


def _tools_web_search(value: JsonValue) -> str | None:
    """A boolean is a relic, and ignored."""
    shape: Table = {"context_size": VERBOSITIES, "allowed_domains": ["str"], "location": {"*": "str"}}
    problem = None if isinstance(value, bool) else first_problem(value, shape)
    return problem[1] if problem else None


def _mcp_server(value: JsonValue) -> str | None:
    problem = first_problem(value, _MCP_SERVER)
    if problem:
        return problem[1]
    known = cast("JsonObject", value)
    if ("command" in known) == ("url" in known):
        return "url is not supported for stdio" if "url" in known else "invalid transport"
    kind, foreign = ("stdio", _HTTP_KEYS) if "command" in known else ("streamable_http", _STDIO_KEYS)
    if "bearer_token" in known:
        return f"bearer_token is not supported for {kind}; name a variable in `bearer_token_env_var`"
    return next((f"{key} is not supported for {kind}" for key in foreign if key in known), None)


def _seconds(value: JsonValue) -> str | None:
    if isinstance(value, float) and value >= 0:
        return None
    problem = first_problem(value, "u64")
    return problem[1] if problem else None


def _forwarded_variable(value: JsonValue) -> str | None:
    shape: Table = {"name": "str", "source": ("local", "remote")}
    problem = first_problem(value, shape if isinstance(value, dict) else "str")
    return problem[1] if problem else None


_HTTP_KEYS = ("bearer_token_env_var", "http_headers", "env_http_headers", "oauth_resource")
_STDIO_KEYS = ("args", "env", "env_vars", "cwd")
_APPROVAL_MODES = ("auto", "prompt", "approve")


_STRINGS: Table = {"*": "str"}
_APP_DEFAULTS: Table = {
    "enabled": "bool",
    "approvals_reviewer": REVIEWERS,
    "destructive_enabled": "bool",
    "open_world_enabled": "bool",
    "default_tools_approval_mode": _APPROVAL_MODES,
}
_APP: Table = {
    **_APP_DEFAULTS,
    "default_tools_enabled": "bool",
    "omit_tools_from": ["str"],
    "tools": {"*": {"enabled": "bool", "approval_mode": _APPROVAL_MODES}},
    "links": "any",
}
_TOOLS: Table = {"web_search": _tools_web_search, "view_image": "bool"}
_PROVIDER: Table = {
    "name": "str",
    "base_url": "str",
    "env_key": "str",
    "env_key_instructions": "str",
    "experimental_bearer_token": "str",
    "auth": {
        "command": "str", "args": ["str"], "timeout_ms": "a nonzero u64", "refresh_interval_ms": "u64",
        "cwd": "path",
    },
    "aws": {"profile": "str", "region": "str"},
    "wire_api": _wire_api,
    "query_params": _STRINGS,
    "http_headers": _STRINGS,
    "env_http_headers": _STRINGS,
    "request_max_retries": "u64",
    "stream_max_retries": "u64",
    "stream_idle_timeout_ms": "u64",
    "websocket_connect_timeout_ms": "u64",
    "requires_openai_auth": "bool",
    "supports_websockets": "bool",
}  # fmt: skip
_MCP_SERVER: Table = {
    "command": "str",
    "args": ["str"],
    "env": _STRINGS,
    "env_vars": [_forwarded_variable],
    "cwd": "str",
    "url": "str",
    "bearer_token_env_var": "str",
    "http_headers": _STRINGS,
    "env_http_headers": _STRINGS,
    "enabled": "bool",
    "required": "bool",
    "enabled_tools": ["str"],
    "disabled_tools": ["str"],
    "supports_parallel_tool_calls": "bool",
    "startup_timeout_sec": _seconds,
    "startup_timeout_ms": "u64",
    "tool_timeout_sec": _seconds,
    "default_tools_approval_mode": _APPROVAL_MODES,
    "tools": {"*": {"approval_mode": _APPROVAL_MODES}},
    "scopes": ["str"],
    "oauth_resource": "str",
}
PROFILE: Table = {
    "model": "str",
    "review_model": "str",
    "model_provider": "str",
    "service_tier": "str",
    "approval_policy": _approval_policy,
    "approvals_reviewer": REVIEWERS,
    "sandbox_mode": SANDBOX_MODES,
    "model_reasoning_effort": EFFORTS,
    "plan_mode_reasoning_effort": EFFORTS,
    "model_reasoning_summary": SUMMARIES,
    "model_verbosity": VERBOSITIES,
    "model_catalog_json": "path",
    "personality": PERSONALITIES,
    "chatgpt_base_url": "str",
    "model_instructions_file": "path",
    "zsh_path": "path",
    "experimental_compact_prompt_file": "path",
    "include_permissions_instructions": "bool",
    "include_apps_instructions": "bool",
    "include_environment_context": "bool",
    "include_collaboration_mode_instructions": "bool",
    "experimental_use_unified_exec_tool": "bool",
    "tools": _TOOLS,
    "web_search": WEB_SEARCH_MODES,
    "analytics": {"enabled": "bool"},
    "windows": "any",
    "tui": "any",
    "oss_provider": "str",
    "features": {"*": _switch},
}
_SHAPED: Table = {
    **PROFILE,
    "profile": "str",
    "profiles": {"*": cast("Shape", PROFILE)},
    "model_context_window": "i64",
    "model_auto_compact_token_limit": "i64",
    "model_supports_reasoning_summaries": "bool",
    "model_providers": {"*": cast("Shape", _PROVIDER)},
    "sandbox_workspace_write": {
        "writable_roots": ["path"],
        "network_access": "bool",
        "exclude_tmpdir_env_var": "bool",
        "exclude_slash_tmp": "bool",
    },
    "default_permissions": "str",
    "permissions": {"*": {"*": "any"}},
    "instructions": "str",
    "developer_instructions": "str",
    "compact_prompt": "str",
    "shell_environment_policy": {
        "inherit": ("core", "all", "none"),
        "ignore_default_excludes": "bool",
        "exclude": ["str"],
        "set": _STRINGS,
        "include_only": ["str"],
        "experimental_use_profile": "bool",
    },
    "allow_login_shell": "bool",
    "mcp_servers": {"*": _mcp_server},
    "apps": {"_default": _APP_DEFAULTS, "*": _APP},
    "apps_mcp_product_sku": "str",
    "mcp_oauth_credentials_store": ("auto", "file", "keyring"),
    "cli_auth_credentials_store": ("file", "keyring", "auto", "ephemeral"),
    "forced_login_method": ("chatgpt", "api"),
    "forced_chatgpt_workspace_id": _one_or_more,
    "openai_base_url": "str",
    "project_doc_max_bytes": "usize",
    "project_doc_fallback_filenames": ["str"],
    "project_root_markers": ["str"],
    "projects": {"*": {"trust_level": ("trusted", "untrusted")}},
    "tool_output_token_limit": "usize",
    "background_terminal_max_timeout": "u64",
    "sqlite_home": "path",
    "log_dir": "path",
    "history": {"persistence": ("save-all", "none"), "max_bytes": "usize"},
    "hide_agent_reasoning": "bool",
    "show_raw_agent_reasoning": "bool",
    "check_for_update_on_startup": "bool",
    "suppress_unstable_features_warning": "bool",
    "notify": ["str"],
    "feedback": {"enabled": "bool"},
    "memories": {
        "generate_memories": "bool",
        "use_memories": "bool",
        "disable_on_external_context": "bool",
        "max_rollout_age_days": "i64",
        "min_rollout_idle_hours": "i64",
        "max_rollouts_per_startup": "usize",
        "max_unused_days": "i64",
        "max_raw_memories_for_consolidation": "usize",
        "min_rate_limit_remaining_percent": "i64",
        "extract_model": "str",
        "consolidation_model": "str",
    },
    "agents": {
        "max_threads": "usize",
        "max_depth": "i64",
        "job_max_runtime_seconds": "u64",
        "interrupt_message": "bool",
        "*": {"description": "str", "config_file": "path", "nickname_candidates": ["str"]},
    },
    "plugins": {"*": {"*": "any"}},
    "marketplaces": {"*": {"*": "any"}},
}  # fmt: skip
_PRESERVED = (
    "audio auto_review debug desktop disable_paste_burst "
    "experimental_realtime_start_instructions experimental_realtime_ws_backend_prompt "
    "experimental_realtime_ws_base_url experimental_realtime_ws_model "
    "experimental_realtime_ws_startup_context experimental_thread_config_endpoint "
    "experimental_thread_store experimental_thread_store_endpoint file_opener ghost_snapshot hooks "
    "js_repl_node_module_dirs js_repl_node_path mcp_oauth_callback_port mcp_oauth_callback_url notice otel "
    "realtime skills tool_suggest"
)
"""Tables and values of other areas, taken as they are."""

NOT_SHOWN: Table = {
    "attestation": {"timeout_ms": "u64"},
    "offline": {"script": "path"},
    "mcp": {"first_turn_wait_ms": "u64"},
    "commit_attribution": "str",
}
"""Keys of this server alone, and one of newer peers: `config/read` shows what its clients know."""

CONFIG: Table = {**_SHAPED, **dict.fromkeys(_PRESERVED.split(), "any"), **NOT_SHOWN}
