"""The features of the reference: name, stage, default; and which are on (persistence.md §11.3)."""

from collections.abc import Iterable, Mapping

from app_server.platform import is_windows
from protocol.wire import JsonValue

_STABLE_ON = (
    "apps browser_use browser_use_external computer_use enable_request_compression fast_mode "
    "guardian_approval hooks image_generation in_app_browser multi_agent personality plugin_hooks "
    "plugin_sharing plugins shell_snapshot shell_tool skill_mcp_dependency_install "
    "tool_call_mcp_elicitation tool_search tool_suggest workspace_dependencies"
)
_EXPERIMENTAL = "external_migration goals memories mentions_v2 network_proxy prevent_idle_sleep"
_UNDER_DEVELOPMENT = (
    "apply_patch_streaming_events apps_mcp_path_override artifact auth_elicitation child_agents_md chronicle "
    "code_mode code_mode_only default_mode_request_user_input enable_fanout enable_mcp_apps "
    "exec_permission_approvals multi_agent_v2 realtime_conversation remote_compaction_v2 remote_plugin "
    "request_permissions_tool responses_websocket_response_processed runtime_metrics shell_zsh_fork "
    "skill_env_var_dependency_prompt tool_search_always_defer_mcp_tools"
)
_DEPRECATED = "use_legacy_landlock web_search_cached web_search_request"
_REMOVED_ON = "collaboration_modes sqlite steer tui_app_server"
_REMOVED = (
    "apply_patch_freeform codex_git_commit elevated_windows_sandbox experimental_windows_sandbox "
    "image_detail_original js_repl js_repl_tools_only remote_control remote_models request_rule "
    "responses_websockets responses_websockets_v2 search_tool unavailable_dummy_tools undo "
    "use_linux_sandbox_bwrap workspace_owner_usage_nudge"
)
_GROUPS = (
    ("stable", True, _STABLE_ON),
    ("stable", not is_windows, "unified_exec"),
    ("experimental", True, "terminal_resize_reflow"),
    ("experimental", False, _EXPERIMENTAL),
    ("under development", False, _UNDER_DEVELOPMENT),
    ("deprecated", False, _DEPRECATED),
    ("removed", True, _REMOVED_ON),
    ("removed", False, _REMOVED),
)
STAGES: Mapping[str, str] = {name: stage for stage, _, names in _GROUPS for name in names.split()}
DEFAULTS: Mapping[str, bool] = {name: on for _, on, names in _GROUPS for name in names.split()}

_FORMER_NAMES = {
    "codex_hooks": "hooks",
    "collab": "multi_agent",
    "connectors": "apps",
    "enable_experimental_windows_sandbox": "experimental_windows_sandbox",
    "experimental_use_unified_exec_tool": "unified_exec",
    "memory_tool": "memories",
    "request_permissions": "exec_permission_approvals",
    "telepathy": "chronicle",
    "web_search": "web_search_request",
}
SHOWN = (
    "apps",
    "memories",
    "mentions_v2",
    "plugins",
    "remote_control",
    "tool_search",
    "tool_suggest",
    "tool_call_mcp_elicitation",
)
"""The features whose effective value `config/read` always tells, and which clients may switch."""


class UnknownFeatureError(Exception):
    """`--enable` or `--disable` with a name that no feature has."""


def known_feature(name: str) -> str:
    """Today's name of a feature. Raises UnknownFeatureError."""
    name = _FORMER_NAMES.get(name, name)
    if name not in DEFAULTS:
        raise UnknownFeatureError(f"Unknown feature flag: {name}")
    return name


def check_enablement(names: Iterable[str]) -> None:
    """Raises UnknownFeatureError for a feature that clients may not switch while the server runs."""
    for name in sorted(names):
        if name in SHOWN:
            continue
        if name in DEFAULTS:
            known = ", ".join(SHOWN)
            raise UnknownFeatureError(
                f"unsupported feature enablement `{name}`: currently supported features are {known}"
            )
        use = f": use canonical feature key `{_FORMER_NAMES[name]}`" if name in _FORMER_NAMES else ""
        raise UnknownFeatureError(f"invalid feature enablement `{name}`{use}")


def effective_features(
    configured: Mapping[str, JsonValue], enablement: Mapping[str, bool] | None = None
) -> dict[str, bool]:
    """Every feature, as the `features` table of the merged layers has it. Unknown names are passed over.

    A feature with settings of its own is a table with `enabled`. `enablement` replaces defaults.
    """
    features = {**DEFAULTS, **(enablement or {})}
    for name, value in configured.items():
        name = _FORMER_NAMES.get(name, name)  # noqa: PLW2901 - the same feature under its present name
        if isinstance(value, dict):
            value = value.get("enabled")  # noqa: PLW2901 - the switch inside the table
        if name in features and isinstance(value, bool):
            features[name] = value
    if features["code_mode_only"]:
        features["code_mode"] = True
    return features


_TOLD_TOO = "remote_compaction_v2"
"""Not an experiment, but it changes what a provider is asked."""


def beta_features(features: Mapping[str, bool]) -> tuple[str, ...]:
    """The features that are on and that a provider wants to know of (model-client.md §2.1)."""
    experiments = (name for name, stage in STAGES.items() if stage == "experimental")
    return tuple(name for name in (*experiments, _TOLD_TOO) if features.get(name))
