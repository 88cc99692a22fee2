"""What an administrator allows: requirements.toml, and the old managed file (persistence.md §11.4)."""

from pathlib import Path
from typing import NamedTuple

from app_server.config.errors import ConfigError
from app_server.config.permissions import ApprovalPolicy, ApprovalsReviewer, SandboxPolicy
from app_server.config.schema import APPROVAL_POLICIES, REVIEWERS, SANDBOX_MODES, WEB_SEARCH_MODES
from app_server.config.toml import TomlError, read_toml_file, unreadable
from app_server.config.validate import Table, first_problem
from protocol.wire import JsonObject, JsonValue, to_camel

REQUIREMENTS_FILE = "requirements.toml"
_SHAPE: Table = {
    "allowed_approval_policies": [tuple(word for word in APPROVAL_POLICIES if word != "granular")],
    "allowed_approvals_reviewers": [REVIEWERS],
    "allowed_sandbox_modes": [SANDBOX_MODES],
    "allowed_web_search_modes": [WEB_SEARCH_MODES],
    "remote_sandbox_config": [{"hostname_patterns": ["str"], "allowed_sandbox_modes": [SANDBOX_MODES]}],
    "features": {"*": "bool"},
    "feature_requirements": {"*": "bool"},
    "enforce_residency": ("us",),
    "guardian_policy_config": "str",
}
_SPOKEN = {"untrusted": "UnlessTrusted"}
"""How an error names a value, where that is more than its words run together."""


class NotAllowedError(ConfigError):
    """A value that the requirements rule out; the text names it and what is allowed."""


class AllowedValues(NamedTuple):
    """The values that one setting may have, the first being what a forbidden one falls back to."""

    setting: str
    values: tuple[str, ...]
    source: Path

    def check(self, value: str) -> None:
        """Raises NotAllowedError."""
        if value not in self.values:
            allowed = ", ".join(map(_spoken, self.values))
            raise NotAllowedError(
                f"invalid value for `{self.setting}`: `{_spoken(value)}` is not in the allowed set "
                f"[{allowed}] (set by {self.source})"
            )

    def allowed_or_first(self, value: str, warnings: list[str]) -> str:
        """The value, or the first allowed one and a warning that says so."""
        try:
            self.check(value)
        except NotAllowedError as error:
            warnings.append(
                f"Configured value for `{self.setting}` is disallowed by requirements; falling back to "
                f"required value {_spoken(self.values[0])}. Details: {error}"
            )
            return self.values[0]
        return value


class Requirements(NamedTuple):
    """Limits per setting; None where there is none. `raw` has all keys, of every source, by field."""

    approval_policies: AllowedValues | None = None
    approvals_reviewers: AllowedValues | None = None
    sandbox_modes: AllowedValues | None = None
    web_search_modes: AllowedValues | None = None
    raw: JsonObject | None = None


def check_allowed(
    requirements: Requirements,
    *,
    approval_policy: ApprovalPolicy | None = None,
    approvals_reviewer: ApprovalsReviewer | None = None,
    sandbox: SandboxPolicy | None = None,
) -> None:
    """Raises NotAllowedError for the first override of a turn that the requirements rule out.

    The edge says `invalid turn context override: ` before its text.
    """
    if approval_policy is not None and requirements.approval_policies is not None:
        requirements.approval_policies.check(
            approval_policy if isinstance(approval_policy, str) else "granular"
        )
    if approvals_reviewer is not None and requirements.approvals_reviewers is not None:
        requirements.approvals_reviewers.check(approvals_reviewer)
    if sandbox is not None and requirements.sandbox_modes is not None and sandbox.mode != "external-sandbox":
        requirements.sandbox_modes.check(sandbox.mode)


def load_requirements(system_folder: Path, managed_file: Path) -> Requirements:
    """Read the files as they are now; earlier sources win field by field. Raises ConfigError."""
    fields: dict[str, tuple[JsonValue, Path]] = {}
    for path, read in ((system_folder / REQUIREMENTS_FILE, _as_requirements), (managed_file, _as_managed)):
        for key, value in read(_values(path)).items():
            fields.setdefault(key, (value, path))
    if not fields:
        return Requirements()
    return Requirements(
        approval_policies=_allowed("approval_policy", fields.get("allowed_approval_policies")),
        approvals_reviewers=_allowed("approvals_reviewer", fields.get("allowed_approvals_reviewers")),
        sandbox_modes=_allowed("sandbox_mode", fields.get("allowed_sandbox_modes")),
        web_search_modes=_allowed("web_search", fields.get("allowed_web_search_modes")),
        raw={key: value for key, (value, _) in fields.items()},
    )


def _values(path: Path) -> JsonObject:
    try:
        return read_toml_file(path) or {}
    except TomlError as error:
        raise unreadable(path, error) from error


def _as_requirements(values: JsonObject) -> JsonObject:
    problem = first_problem(values, _SHAPE)
    if problem:
        raise ConfigError(f"requirements: {'.'.join(problem[0])}: {problem[1]}")
    fields = dict(values)
    if "feature_requirements" in fields:
        fields.setdefault("features", fields.pop("feature_requirements"))
    modes = fields.get("allowed_web_search_modes")
    if isinstance(modes, list) and "disabled" not in modes:
        fields["allowed_web_search_modes"] = [*modes, "disabled"]
    remote = _modes_of_this_host(fields.get("remote_sandbox_config"))
    if remote is not None:
        fields["allowed_sandbox_modes"] = remote
    if not str(fields.get("guardian_policy_config", "")).strip():
        fields.pop("guardian_policy_config", None)
    return fields


def _modes_of_this_host(entries: JsonValue) -> JsonValue:
    if not isinstance(entries, list) or not entries:
        return None
    from fnmatch import fnmatchcase  # for the few that have such entries
    from socket import gethostname

    host = gethostname().lower()
    for entry in entries:
        patterns = entry.get("hostname_patterns") if isinstance(entry, dict) else None
        names = [str(pattern).lower() for pattern in patterns] if isinstance(patterns, list) else []
        if isinstance(entry, dict) and any(fnmatchcase(host, name) for name in names):
            return entry.get("allowed_sandbox_modes")
    return None


def _as_managed(values: JsonObject) -> JsonObject:
    """A value that the old file sets is the only one allowed, with what is always harmless beside it."""
    fields: JsonObject = {}
    if isinstance(policy := values.get("approval_policy"), str):
        fields["allowed_approval_policies"] = [policy]
    if isinstance(mode := values.get("sandbox_mode"), str):
        fields["allowed_sandbox_modes"] = [mode] if mode == "read-only" else [mode, "read-only"]
    if isinstance(reviewer := values.get("approvals_reviewer"), str):
        fields["allowed_approvals_reviewers"] = [reviewer] if reviewer == "user" else [reviewer, "user"]
    return fields


def _allowed(setting: str, field: tuple[JsonValue, Path] | None) -> AllowedValues | None:
    if field is None or not isinstance(field[0], list):
        return None
    words = (_reviewer(str(value)) if setting == "approvals_reviewer" else str(value) for value in field[0])
    values = tuple(dict.fromkeys(words))
    if not values:
        raise ConfigError(f"empty allowed set for `{setting}` (set by {field[1]})")
    return AllowedValues(setting, values, field[1])


def _reviewer(word: str) -> str:
    return "auto_review" if word == "guardian_subagent" else word


def _spoken(value: str) -> str:
    return _SPOKEN.get(value) or "".join(word.capitalize() for word in value.replace("_", "-").split("-"))


def requirements_on_wire(requirements: Requirements) -> JsonObject | None:
    """`configRequirements/read`'s `requirements`: None when nothing is required."""
    raw = requirements.raw
    if raw is None:
        return None
    network = raw.get("experimental_network")
    return {
        "allowedApprovalPolicies": raw.get("allowed_approval_policies"),
        "allowedApprovalsReviewers": raw.get("allowed_approvals_reviewers"),
        "allowedSandboxModes": raw.get("allowed_sandbox_modes"),
        "allowedWebSearchModes": raw.get("allowed_web_search_modes"),
        "allowManagedHooksOnly": raw.get("allow_managed_hooks_only"),
        "featureRequirements": raw.get("features"),
        "hooks": raw.get("hooks"),
        "enforceResidency": raw.get("enforce_residency"),
        "network": _camel(network) if isinstance(network, dict) else None,
    }


def _camel(table: JsonObject) -> JsonObject:
    return {to_camel(key): value for key, value in table.items()}


def network_domains(requirements: Requirements) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The sorted allowed and denied domains of a managed network; None when no network is managed."""
    network = (requirements.raw or {}).get("experimental_network")
    if not isinstance(network, dict):
        return None
    return _domains(network, "allowed_domains", "allow"), _domains(network, "denied_domains", "deny")


def _domains(network: JsonObject, key: str, rule: str) -> tuple[str, ...]:
    """Both ways to name them: a list of domains, and a table from domain to rule."""
    listed, ruled = network.get(key), network.get("domains")
    domains = {str(one) for one in listed} if isinstance(listed, list) else set[str]()
    domains |= (
        {name for name, word in ruled.items() if word == rule} if isinstance(ruled, dict) else set[str]()
    )
    return tuple(sorted(domains))
