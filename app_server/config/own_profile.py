"""A profile of `[permissions]` that is spelled out, as the nearest plain policy (persistence.md §11.3)."""

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Final

from app_server.config.errors import ConfigError
from app_server.config.permissions import SandboxPolicy
from app_server.config.validate import absolute_path
from protocol.wire import JsonObject, JsonValue

_WORKSPACE: Final = ":workspace_roots"
_ROOTS: Final = frozenset({":root", "/"})


def own_profile_policy(
    profile: JsonObject, cwd: str, memories: str, workspace: Sequence[str] | None
) -> SandboxPolicy:
    """What may be written, what inside of that may only be read, what is hidden, and the network.

    `memories` may be written where anything may. `workspace`: its folders, if they are not just the cwd.
    Special places that nobody knows mean nothing. Raises ConfigError for a path that means nothing.
    """
    access = dict(_entries(profile.get("filesystem"), cwd))
    written = {path for path, how in access.items() if how == "write"}
    hidden = tuple(path for path, how in sorted(access.items()) if how in ("none", "deny") and _is_path(path))
    settings = profile.get("network")
    network = isinstance(settings, dict) and settings.get("enabled") is True
    if ":root" in written and len(written) == len(access):
        return SandboxPolicy("external-sandbox", network_access=network)
    roots = ["/"] if written & _ROOTS else [path for path in sorted(written) if _is_path(path)]
    if not roots and not written & {_WORKSPACE, ":tmpdir"}:
        return SandboxPolicy("read-only", network_access=network, hidden=hidden)
    folders = [] if _WORKSPACE not in written else [cwd] if workspace is None else [*workspace]
    others = [folder for folder in folders if folder != cwd]
    return SandboxPolicy(
        "workspace-write",
        tuple(dict.fromkeys([*others, *roots, memories])),
        network_access=network,
        exclude_tmpdir_env_var=":tmpdir" not in written,
        exclude_slash_tmp=True,
        without_cwd=cwd not in folders,
        kept=tuple(
            path
            for path, how in sorted(access.items())
            if how == "read" and _lies_in(path, [*roots, *folders])
        ),
        hidden=hidden,
    )


def _entries(value: JsonValue, cwd: str) -> Iterator[tuple[str, JsonValue]]:
    """Each place, absolute or special, with what may be done there; a table names places below its own."""
    for key, how in value.items() if isinstance(value, dict) else ():
        if not key.startswith((":", "/", "~/")) and key != "~":
            raise ConfigError(f"filesystem path `{key}` must be absolute, use `~/...`, or start with `:`")
        base = cwd if key == _WORKSPACE else key if key.startswith(":") else absolute_path(key, cwd)
        if not isinstance(how, dict):
            yield (key if key.startswith(":") else base), how
        elif not base.startswith(":"):
            for below, access in how.items():
                yield (
                    (key if key == _WORKSPACE else base) if below == "." else absolute_path(below, base),
                    access,
                )


def _is_path(place: str) -> bool:
    return not place.startswith(":")


def _lies_in(place: str, roots: list[str]) -> bool:
    return _is_path(place) and any(PurePath(root) in PurePath(place).parents for root in roots)
