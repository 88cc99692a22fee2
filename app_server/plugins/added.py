"""Adding marketplaces, removing them, and bringing clones of repositories up to date (services.md §9).

What is added stands in the user's config.toml, which the caller writes: each function here does the work on
the disk and says what there is to be written.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import anyio.to_thread

from app_server.config.config import Config
from app_server.config.home import user_home
from app_server.plugins.git import clone, newest_revision, revision_of
from app_server.plugins.install import staging, swap_in
from app_server.plugins.marketplace import Marketplace, marketplace_at
from app_server.plugins.marketplaces import CLONES, Added, added_marketplaces
from app_server.plugins.names import PluginError, check_name
from app_server.plugins.sources import FolderSource, source_of


class Addition(NamedTuple):
    """A marketplace that is there now; `is_new` when config has to learn of it."""

    added: Added
    root: str
    is_new: bool


async def add(
    text: str,
    ref: str | None,
    sparse_paths: Sequence[str],
    *,
    config: Config,
    cwd: Path,
    environ: Mapping[str, str],
) -> Addition:
    """Take in the marketplace that the text names. Raises PluginError and OSError."""
    source = source_of(text, ref, cwd=str(cwd), home=user_home(environ))
    if isinstance(source, FolderSource):
        if ref is not None:
            raise PluginError("--ref is only supported for git marketplace sources")
        if sparse_paths:
            raise PluginError("--sparse is only supported for git marketplace sources")
        found = await anyio.to_thread.run_sync(marketplace_at, source.path)
        return _addition(Added(found.name, "local", source.path), config)
    for known in added_marketplaces(config):
        if (known.source, known.ref, known.sparse_paths) == (source.url, source.ref, tuple(sparse_paths)):
            root = known.root(config.codex_home)
            if await anyio.to_thread.run_sync(os.path.isdir, root):
                return Addition(known, root, is_new=False)
    clones = os.path.join(config.codex_home, CLONES)
    async with staging(clones) as staged:
        fresh = os.path.join(staged, "clone")
        await clone(source.url, fresh, ref=source.ref, sparse_paths=tuple(sparse_paths))
        found = await anyio.to_thread.run_sync(marketplace_at, fresh)
        revision = await revision_of(fresh)
        wanted = Added(found.name, "git", source.url, source.ref, tuple(sparse_paths), revision)
        addition = _addition(wanted, config)
        await anyio.to_thread.run_sync(swap_in, fresh, addition.root, staged)
    return addition


def to_remove(name: str, config: Config) -> str | None:
    """The folder of a marketplace that may be removed: its clone, if it has one. Raises PluginError."""
    check_name(name, "marketplace")
    names = [one.name for one in added_marketplaces(config)]
    clone_folder = os.path.join(config.codex_home, CLONES, name)
    has_clone = os.path.isdir(clone_folder)
    if name not in names:
        for other in names:
            if other.lower() == name.lower():
                raise PluginError(
                    f"marketplace `{name}` does not match configured marketplace `{other}` exactly"
                )
        if not has_clone:
            raise PluginError(f"marketplace `{name}` is not configured or installed")
    return clone_folder if has_clone else None


def remove_folder(folder: str) -> None:
    """Raises OSError. Blocks."""
    shutil.rmtree(folder)


def to_upgrade(name: str | None, config: Config) -> tuple[Added, ...]:
    """Those that come from repositories: that one, or all. Raises PluginError."""
    chosen = tuple(
        one for one in added_marketplaces(config) if one.kind == "git" and name in (None, one.name)
    )
    if name is not None and not chosen:
        raise PluginError(f"marketplace `{name}` is not configured as a Git marketplace")
    return chosen


async def upgrade(one: Added, codex_home: Path) -> tuple[Added, Marketplace] | None:
    """Bring the clone to what the repository has now; None when it is there already.

    Raises PluginError and OSError; the old clone is then still there.
    """
    root = one.root(codex_home)
    newest = await newest_revision(one.source, one.ref)
    is_there = await anyio.to_thread.run_sync(os.path.isdir, root)
    if is_there and newest is not None and newest == one.revision:
        return None
    async with staging(os.path.join(codex_home, CLONES)) as staged:
        fresh = os.path.join(staged, "clone")
        await clone(one.source, fresh, ref=one.ref, sparse_paths=one.sparse_paths)
        found = await anyio.to_thread.run_sync(marketplace_at, fresh)
        if found.name != one.name:
            raise PluginError(f"marketplace `{one.name}` calls itself `{found.name}` now")
        revision = await revision_of(fresh)
        await anyio.to_thread.run_sync(swap_in, fresh, root, staged)
    return one._replace(revision=revision), await anyio.to_thread.run_sync(marketplace_at, root)


def _addition(wanted: Added, config: Config) -> Addition:
    """Raises PluginError when the name is that of another source."""
    root = wanted.root(config.codex_home)
    for known in added_marketplaces(config):
        if known.name != wanted.name:
            continue
        if known._replace(revision=None) == wanted._replace(revision=None):
            return Addition(known, root, is_new=False)
        raise PluginError(
            f"marketplace '{wanted.name}' is already added from a different source; "
            "remove it before adding this source"
        )
    return Addition(wanted, root, is_new=True)
