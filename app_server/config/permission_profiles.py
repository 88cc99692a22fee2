"""From modes and named profiles to a sandbox policy and the folders of the workspace.

persistence.md §11.2 and §11.3, threads-and-turns.md §3.1.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from app_server.config.errors import ConfigError
from app_server.config.own_profile import own_profile_policy
from app_server.config.permissions import SandboxMode, SandboxPolicy
from app_server.config.trust import TrustLevel
from protocol.wire import JsonObject, JsonValue

READ_ONLY, WORKSPACE, FULL_ACCESS = ":read-only", ":workspace", ":danger-full-access"
_BUILT_IN: dict[str, SandboxMode] = {
    READ_ONLY: "read-only",
    WORKSPACE: "workspace-write",
    FULL_ACCESS: "danger-full-access",
}


class Permissions(NamedTuple):
    """A sandbox policy, the profile that it came from, and the folders that are the workspace."""

    sandbox: SandboxPolicy
    profile: str | None
    workspace_roots: tuple[str, ...]


class Workspace(NamedTuple):
    """What the policy of a thread is made for."""

    cwd: Path
    memories: Path
    runtime_roots: Sequence[str] | None = None
    """Replaces the default workspace roots."""

    @property
    def has_cwd(self) -> bool:
        """Whether the cwd is a part of it."""
        return self.runtime_roots is None or str(self.cwd) in self.runtime_roots


def sandbox_of_mode(mode: SandboxMode, settings: JsonValue, workspace: Workspace) -> SandboxPolicy:
    """The policy of a plain mode with the `[sandbox_workspace_write]` settings."""
    if mode == "danger-full-access":
        return SandboxPolicy(mode, network_access=True)
    if mode == "read-only":
        return SandboxPolicy(mode)
    table = settings if isinstance(settings, dict) else {}
    return SandboxPolicy(
        mode,
        _writable(workspace, _configured_roots(table)),
        network_access=table.get("network_access") is True,
        exclude_tmpdir_env_var=table.get("exclude_tmpdir_env_var") is True,
        exclude_slash_tmp=table.get("exclude_slash_tmp") is True,
        without_cwd=not workspace.has_cwd,
    )


def permissions_of_mode(mode: SandboxMode, settings: JsonValue, workspace: Workspace) -> Permissions:
    """A plain mode, which is no profile."""
    table = settings if isinstance(settings, dict) else {}
    roots = _configured_roots(table)
    sandbox = sandbox_of_mode(mode, table, workspace)
    if not workspace.has_cwd:  # then what is written are the folders named, and not even memories
        memories = str(workspace.memories)
        kept = tuple(root for root in sandbox.writable_roots if root != memories)
        sandbox = sandbox._replace(writable_roots=kept)
    return Permissions(sandbox, None, _workspace_roots(workspace, roots))


def permissions_by_default(
    level: TrustLevel | None, settings: JsonValue, workspace: Workspace
) -> Permissions:
    """Nobody said anything: read-only until there is a decision about trust, either way workspace-write."""
    if level is not None and isinstance(settings, dict):
        return permissions_of_mode("workspace-write", settings, workspace)
    table = settings if isinstance(settings, dict) else {}
    profile = READ_ONLY if level is None else WORKSPACE
    sandbox = sandbox_of_mode(_BUILT_IN[profile], None, workspace)
    return Permissions(sandbox, profile, _workspace_roots(workspace, _configured_roots(table)))


def permissions_of_profile(name: str, profiles: JsonValue, workspace: Workspace) -> Permissions:
    """A built-in profile (`:read-only`, `:workspace`, `:danger-full-access`) or one of `[permissions]`.

    Raises ConfigError for a name that nobody defined, and for a path that means nothing.
    """
    roots = _workspace_roots(workspace, ())
    if name.startswith(":"):
        mode = _BUILT_IN.get(name)
        if mode is None:
            raise ConfigError(f"default_permissions refers to unknown built-in profile `{name}`")
        return Permissions(sandbox_of_mode(mode, None, workspace), name, roots)
    if not isinstance(profiles, dict):
        raise ConfigError("default_permissions requires a `[permissions]` table")
    profile = profiles.get(name)
    if not isinstance(profile, dict):
        raise ConfigError(f"default_permissions refers to undefined profile `{name}`")
    sandbox = own_profile_policy(
        profile, str(workspace.cwd), str(workspace.memories), workspace.runtime_roots
    )
    return Permissions(sandbox, name, roots)


def check_profiles(profiles: JsonValue) -> None:
    """Raises ConfigError when `[permissions]` takes a name that is reserved."""
    for name in profiles if isinstance(profiles, dict) else ():
        if name.startswith(":"):
            raise ConfigError(f"permissions profile `{name}` uses a reserved built-in profile prefix")


def still_hiding(sandbox: SandboxPolicy, hidden: Sequence[str]) -> SandboxPolicy:
    """The policy of another profile, which does not lay open what the first one hides."""
    if not hidden:
        return sandbox
    hidden = tuple(dict.fromkeys([*sandbox.hidden, *hidden]))
    if sandbox.mode in ("read-only", "workspace-write"):
        return sandbox._replace(hidden=hidden)
    return SandboxPolicy(
        "workspace-write",
        ("/",),
        network_access=sandbox.network_access,
        exclude_tmpdir_env_var=True,
        exclude_slash_tmp=True,
        without_cwd=True,
        hidden=hidden,
    )


def with_workspace_roots(
    sandbox: SandboxPolicy, before: Sequence[str], after: Sequence[str], settings: JsonValue, cwd: str
) -> SandboxPolicy:
    """The policy when other folders are the workspace from now on; what is configured stays writable."""
    if sandbox.mode != "workspace-write":
        return sandbox
    configured = _configured_roots(settings if isinstance(settings, dict) else {})
    fixed = [root for root in sandbox.writable_roots if root not in before or root in configured]
    runtime = [root for root in after if root != cwd]
    return sandbox._replace(
        writable_roots=tuple(dict.fromkeys([*runtime, *fixed])), without_cwd=cwd not in after
    )


def _configured_roots(settings: JsonObject) -> list[str]:
    roots = settings.get("writable_roots")
    return [root for root in roots if isinstance(root, str)] if isinstance(roots, list) else []


def _writable(workspace: Workspace, configured: Sequence[str]) -> tuple[str, ...]:
    cwd = str(workspace.cwd)
    runtime = [root for root in workspace.runtime_roots or () if root != cwd]
    return tuple(dict.fromkeys([*runtime, *configured, str(workspace.memories)]))


def _workspace_roots(workspace: Workspace, configured: Sequence[str]) -> tuple[str, ...]:
    if workspace.runtime_roots is not None:
        return tuple(workspace.runtime_roots)
    return tuple(dict.fromkeys([str(workspace.cwd), *configured]))
