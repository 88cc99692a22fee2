"""What a sandbox policy means in a given folder: the roots that may be written, and the profile on record."""

import os
from pathlib import PurePath

from app_server.config.permissions import SandboxPolicy
from app_server.platform import is_windows
from protocol.wire import JsonObject, JsonValue

_PROTECTED = (".git", ".agents", ".codex")


def has_network(policy: SandboxPolicy) -> bool:
    return policy.network_access or policy.mode == "danger-full-access"


def writable_roots(policy: SandboxPolicy, cwd: str, tmpdir: str | None) -> tuple[str, ...]:
    """All folders that may be written to, each once, sorted by path; links stay unresolved.

    `tmpdir` is the value of `$TMPDIR`. Empty unless the policy is workspace-write.
    """
    if policy.mode != "workspace-write":
        return ()
    roots = [cwd, *policy.writable_roots]
    if not policy.exclude_slash_tmp and not is_windows:
        roots.append("/tmp")  # noqa: S108 - the folder itself is meant, nothing is created in it
    if not policy.exclude_tmpdir_env_var and tmpdir:
        roots.append(os.path.join(cwd, tmpdir))  # noqa: PTH118 - an absolute one stands for itself
    return tuple(sorted(dict.fromkeys(os.path.normpath(root) for root in roots), key=_by_components))


def profile_record(policy: SandboxPolicy, cwd: str) -> JsonObject:
    """The policy as `permission_profile` of a turn context record, which the reference compares on resume."""
    network = "enabled" if policy.network_access else "restricted"
    if policy.mode == "danger-full-access":
        return {"type": "disabled"}
    if policy.mode == "external-sandbox":
        return {"type": "external", "network": network}
    entries: list[JsonValue] = [_entry(_special("root"), "read")]
    if policy.mode == "workspace-write":
        entries.append(_entry(_path(cwd), "write"))
        if not policy.exclude_slash_tmp:
            entries.append(_entry(_special("slash_tmp"), "write"))
        if not policy.exclude_tmpdir_env_var:
            entries.append(_entry(_special("tmpdir"), "write"))
        entries += [_entry(_path(root), "write") for root in policy.writable_roots]
        entries += [_entry(_path(f"{cwd.rstrip('/')}/{name}"), "read") for name in _PROTECTED]
    return {"type": "managed", "file_system": {"type": "restricted", "entries": entries}, "network": network}


def _by_components(path: str) -> tuple[str, ...]:
    return PurePath(path).parts


def _special(kind: str) -> JsonObject:
    return {"type": "special", "value": {"kind": kind}}


def _path(path: str) -> JsonObject:
    return {"type": "path", "path": path}


def _entry(path: JsonObject, access: str) -> JsonObject:
    return {"path": path, "access": access}
