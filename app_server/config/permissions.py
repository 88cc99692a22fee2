"""What a thread may do by itself: the sandbox policy, when it must ask, and who answers.

As requests, responses, rollouts and config have them (threads-and-turns.md §3.1, persistence.md §2.4).
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, cast

from protocol.wire import JsonObject, JsonValue

SandboxMode = Literal["read-only", "workspace-write", "danger-full-access"]
ApprovalWord = Literal["untrusted", "on-failure", "on-request", "never"]
ApprovalsReviewer = Literal["user", "auto_review"]


class GranularApproval(NamedTuple):
    """Which kinds of questions may be put; the others are answered with no."""

    sandbox_approval: bool
    rules: bool
    mcp_elicitations: bool
    skill_approval: bool = False
    request_permissions: bool = False

    def to_wire(self) -> JsonObject:
        """As wire, rollout and config have it."""
        return {
            "granular": {
                "sandbox_approval": self.sandbox_approval,
                "rules": self.rules,
                "skill_approval": self.skill_approval,
                "request_permissions": self.request_permissions,
                "mcp_elicitations": self.mcp_elicitations,
            }
        }


ApprovalPolicy = ApprovalWord | GranularApproval


def approval_policy(value: JsonValue) -> ApprovalPolicy:
    """The policy that a checked value of wire, rollout or config stands for."""
    granular = value.get("granular") if isinstance(value, dict) else None
    if isinstance(granular, dict):
        return GranularApproval(**{key: bool(on) for key, on in granular.items() if key in _GRANULAR_KEYS})
    return cast("ApprovalWord", value)


_GRANULAR_KEYS = ("sandbox_approval", "rules", "mcp_elicitations", "skill_approval", "request_permissions")


def approval_on_wire(policy: ApprovalPolicy) -> JsonValue:
    """The policy as wire, rollout and config have it."""
    return policy if isinstance(policy, str) else policy.to_wire()


def reviewer_named(word: str | None) -> ApprovalsReviewer:
    """`guardian_subagent` is the older name of `auto_review`."""
    return "auto_review" if word in ("auto_review", "guardian_subagent") else "user"


def reviewer_on_wire(reviewer: ApprovalsReviewer) -> str:
    """Responses still say `guardian_subagent`, whichever name the request used."""
    return "guardian_subagent" if reviewer == "auto_review" else reviewer


class SandboxPolicy(NamedTuple):
    """What commands may write, and whether they reach the network.

    `writable_roots` come on top of the thread's cwd, which workspace-write includes.
    """

    mode: Literal["read-only", "workspace-write", "danger-full-access", "external-sandbox"]
    writable_roots: tuple[str, ...] = ()
    network_access: bool = False
    exclude_tmpdir_env_var: bool = False
    exclude_slash_tmp: bool = False
    without_cwd: bool = False
    """Whether the thread's cwd is none of what may be written. Only profiles say this and what follows, and
    the wire has none of it."""
    kept: tuple[str, ...] = ()
    """What lies in something that may be written, and may only be read."""
    hidden: tuple[str, ...] = ()
    """What commands may not even read."""

    @property
    def may_write(self) -> bool:
        return self.mode != "read-only"

    def to_wire(self) -> JsonObject:
        """As requests and responses have it, camelCase."""
        match self.mode:
            case "danger-full-access":
                return {"type": "dangerFullAccess"}
            case "read-only":
                return {"type": "readOnly", "networkAccess": self.network_access}
            case "external-sandbox":
                return {"type": "externalSandbox", "networkAccess": self._network_word()}
            case "workspace-write":
                return {
                    "type": "workspaceWrite",
                    "writableRoots": list(self.writable_roots),
                    "networkAccess": self.network_access,
                    "excludeTmpdirEnvVar": self.exclude_tmpdir_env_var,
                    "excludeSlashTmp": self.exclude_slash_tmp,
                }

    def to_record(self) -> JsonObject:
        """As a rollout's `turn_context` has it (persistence.md §2.4)."""
        match self.mode:
            case "danger-full-access":
                return {"type": self.mode}
            case "read-only":
                return {"type": self.mode, **({"network_access": True} if self.network_access else {})}
            case "external-sandbox":
                return {"type": self.mode, "network_access": self._network_word()}
            case "workspace-write":
                return {
                    "type": self.mode,
                    "writable_roots": list(self.writable_roots),
                    "network_access": self.network_access,
                    "exclude_tmpdir_env_var": self.exclude_tmpdir_env_var,
                    "exclude_slash_tmp": self.exclude_slash_tmp,
                }

    def _network_word(self) -> str:
        return "enabled" if self.network_access else "restricted"

    @classmethod
    def from_wire(cls, value: Mapping[str, JsonValue]) -> "SandboxPolicy":
        """A decoded `sandboxPolicy`, or a record of one; missing fields take their defaults."""
        mode = _MODES.get(str(value.get("type")), "read-only")
        roots = value.get("writableRoots", value.get("writable_roots"))
        network = value.get("networkAccess", value.get("network_access", False))
        return cls(
            mode,
            tuple(str(root) for root in roots) if isinstance(roots, list) else (),
            network_access=mode == "danger-full-access" or network is True or network == "enabled",
            exclude_tmpdir_env_var=value.get("excludeTmpdirEnvVar", value.get("exclude_tmpdir_env_var"))
            is True,
            exclude_slash_tmp=value.get("excludeSlashTmp", value.get("exclude_slash_tmp")) is True,
        )


_MODES: dict[str, Literal["read-only", "workspace-write", "danger-full-access", "external-sandbox"]] = {
    "readOnly": "read-only",
    "workspaceWrite": "workspace-write",
    "dangerFullAccess": "danger-full-access",
    "externalSandbox": "external-sandbox",
    "workspace-write": "workspace-write",
    "danger-full-access": "danger-full-access",
    "external-sandbox": "external-sandbox",
}
