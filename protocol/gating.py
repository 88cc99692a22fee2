"""What of a request needs `capabilities.experimentalApi` (connection.md §4).

The gate looks at decoded params, before any other check. Fields are tried in the order of declaration, and
the first one in use is the reason. In use is what the client has sent and that is neither null nor false: an
empty list or text counts.
"""

from typing import Protocol

from protocol.wire import WireModel, to_camel

FIELDS: dict[str, tuple[str, ...]] = {
    "thread/start": (
        "allow_provider_model_fallback",
        "runtime_workspace_roots",
        "approval_policy",
        "permissions",
        "multi_agent_mode",
        "history_mode",
        "project_id",
        "daybreak_enabled",
        "environments",
        "dynamic_tools",
        "selected_capability_roots",
        "mock_experimental_field",
        "experimental_raw_events",
        "persist_extended_history",
    ),
    "thread/resume": (
        "history",
        "path",
        "runtime_workspace_roots",
        "approval_policy",
        "permissions",
        "initial_turns_page",
        "persist_extended_history",
    ),
    "thread/fork": (
        "experimental_prediction_mode",
        "experimental_disable_prediction_mcp",
        "before_turn_id",
        "path",
        "runtime_workspace_roots",
        "approval_policy",
        "permissions",
        "attach_to_source",
        "defer_goal_continuation",
        "persist_extended_history",
    ),
    "thread/list": (
        "include_attached_threads",
        "project_id",
        "parent_thread_id",
        "ancestor_thread_id",
        "attached_to_thread_id",
    ),
    "thread/metadata/update": ("project_id", "daybreak_enabled"),
    "turn/start": (
        "responsesapi_client_metadata",
        "responsesapi_client_metadata_patch",
        "additional_context",
        "environments",
        "runtime_workspace_roots",
        "approval_policy",
        "permissions",
        "collaboration_mode",
        "multi_agent_mode",
        "cyber_access_program",
    ),
    "turn/steer": (
        "responsesapi_client_metadata",
        "responsesapi_client_metadata_patch",
        "additional_context",
    ),
    "command/exec": ("permission_profile",),
    "account/login/start": ("type",),
}
"""Method → the params that are experimental, or that may hold an experimental value."""

_REASONS = {"persist_extended_history": "persistFullHistory"}


class GatedRow(Protocol):
    """A row of the table of methods, as far as the gate needs it."""

    @property
    def name(self) -> str: ...

    @property
    def experimental(self) -> bool: ...


def experimental_use(row: GatedRow, params: WireModel | None) -> str | None:
    """Why the request needs the capability, as its refusal names it; None when it does not."""
    if row.experimental:
        return row.name
    if params is None or row.name not in FIELDS:
        return None
    sent = params.model_fields_set
    for field in FIELDS[row.name]:
        if field in sent and (reason := _reason(row.name, field, getattr(params, field))):
            return reason
    return None


def _reason(method: str, field: str, value: object) -> str | None:
    if value is None or value is False:
        return None
    if field == "approval_policy":  # a word is stable, the granular object is not
        return None if isinstance(value, str) else "askForApproval.granular"
    if field == "type":
        return f"{method}.{value}" if value == "chatgptAuthTokens" else None
    return f"{method}.{_REASONS.get(field) or to_camel(field)}"
