"""Sandbox and approval settings as prompt and log know them, and their form in a turn context record."""

import os
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from pydantic import JsonValue

from protocol.wire import JsonObject

SandboxMode = Literal["read-only", "workspace-write", "danger-full-access", "external-sandbox"]
NamedApprovalPolicy = Literal["untrusted", "on-failure", "on-request", "never"]
_PROTECTED = (".git", ".agents", ".codex")


@dataclass(frozen=True, slots=True)
class GranularApproval:
    """Which kinds of question may reach the user; the others are refused at once."""

    sandbox_approval: bool
    rules: bool
    mcp_elicitations: bool
    skill_approval: bool = False
    request_permissions: bool = False


ApprovalPolicy = NamedApprovalPolicy | GranularApproval


def approval_record(policy: ApprovalPolicy) -> JsonValue:
    """The policy as `approval_policy` of a turn context record."""
    if isinstance(policy, str):
        return policy
    return {
        "granular": {
            "sandbox_approval": policy.sandbox_approval,
            "rules": policy.rules,
            "skill_approval": policy.skill_approval,
            "request_permissions": policy.request_permissions,
            "mcp_elicitations": policy.mcp_elicitations,
        }
    }


@dataclass(frozen=True, slots=True)
class SandboxPolicy:
    """What commands may touch. The extra roots and exclusions count in `workspace-write` only."""

    mode: SandboxMode
    network_access: bool = False
    writable_roots: tuple[str, ...] = ()
    exclude_tmpdir_env_var: bool = False
    exclude_slash_tmp: bool = False

    @property
    def has_network(self) -> bool:
        return self.network_access or self.mode == "danger-full-access"

    def roots(self, cwd: str, tmpdir: str | None) -> tuple[str, ...]:
        """All folders that may be written to, each once, sorted by path; links stay unresolved.

        `tmpdir` is the value of `$TMPDIR`.
        """
        if self.mode != "workspace-write":
            return ()
        roots = [cwd, *self.writable_roots]
        if not self.exclude_slash_tmp and os.name == "posix":
            roots.append("/tmp")  # noqa: S108 - the folder itself is meant, nothing is created in it
        if not self.exclude_tmpdir_env_var and tmpdir:
            roots.append(tmpdir)
        return tuple(sorted(dict.fromkeys(os.path.normpath(root) for root in roots), key=_by_components))

    def to_record(self) -> JsonObject:
        """`sandbox_policy` of a turn context record (persistence.md §2.4)."""
        match self.mode:
            case "danger-full-access":
                return {"type": self.mode}
            case "external-sandbox":
                return {"type": self.mode, "network_access": self._network}
            case "read-only":
                network: JsonObject = {"network_access": True} if self.network_access else {}
                return {"type": self.mode, **network}
            case "workspace-write":
                roots: JsonObject = {"writable_roots": [*self.writable_roots]} if self.writable_roots else {}
                return {
                    "type": self.mode,
                    **roots,
                    "network_access": self.network_access,
                    "exclude_tmpdir_env_var": self.exclude_tmpdir_env_var,
                    "exclude_slash_tmp": self.exclude_slash_tmp,
                }

    def profile_record(self, cwd: str) -> JsonObject:
        """The same as the `permission_profile` of a record, which the reference compares on resume."""
        if self.mode == "danger-full-access":
            return {"type": "disabled"}
        if self.mode == "external-sandbox":
            return {"type": "external", "network": self._network}
        entries: list[JsonValue] = [_entry(_special("root"), "read")]
        if self.mode == "workspace-write":
            entries.append(_entry(_path(cwd), "write"))
            entries += [_entry(_path(root), "write") for root in self.writable_roots]
            if not self.exclude_slash_tmp:
                entries.append(_entry(_special("slash_tmp"), "write"))
            if not self.exclude_tmpdir_env_var:
                entries.append(_entry(_special("tmpdir"), "write"))
            entries += [_entry(_path(f"{cwd.rstrip('/')}/{name}"), "read") for name in _PROTECTED]
        return {
            "type": "managed",
            "file_system": {"type": "restricted", "entries": entries},
            "network": self._network,
        }

    @property
    def _network(self) -> str:
        return "enabled" if self.network_access else "restricted"


def sandbox_from_record(record: JsonValue) -> SandboxPolicy | None:
    """The policy of a `sandbox_policy` record, absent members at their defaults; None if it is not one."""
    match record:
        case {"type": "read-only" | "workspace-write" | "danger-full-access" | "external-sandbox" as mode}:
            pass
        case _:
            return None
    roots = record.get("writable_roots")
    return SandboxPolicy(
        mode,
        network_access=record.get("network_access") in (True, "enabled"),
        writable_roots=tuple(root for root in roots if isinstance(root, str))
        if isinstance(roots, list)
        else (),
        exclude_tmpdir_env_var=record.get("exclude_tmpdir_env_var") is True,
        exclude_slash_tmp=record.get("exclude_slash_tmp") is True,
    )


def _by_components(path: str) -> tuple[str, ...]:
    return PurePath(path).parts


def _special(kind: str) -> JsonObject:
    return {"type": "special", "value": {"kind": kind}}


def _path(path: str) -> JsonObject:
    return {"type": "path", "path": path}


def _entry(path: JsonObject, access: str) -> JsonObject:
    return {"path": path, "access": access}
