"""Putting plugins into the cache, and taking them out: `plugins/cache/MARKETPLACE/NAME/VERSION`."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

import anyio
import anyio.to_thread

from app_server.plugins.installed import LOCAL, cache_of
from app_server.plugins.manifest import read_manifest
from app_server.plugins.names import PluginError, PluginId

_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z._+-]*")
_STAGING: Final = ".staging"


def put_in(source: str, plugin_id: PluginId, codex_home: str | os.PathLike[str]) -> str:
    """Copy a plugin's folder into the cache, in place of any other version: the version.

    Links are left out. Raises PluginError for what is no such plugin, OSError. Blocks.
    """
    manifest = read_manifest(source)
    if manifest is None:
        raise PluginError("missing plugin.json")
    if manifest.name != plugin_id.name:
        raise PluginError(
            f"plugin.json name `{manifest.name}` does not match marketplace plugin name `{plugin_id.name}`"
        )
    version = manifest.version or LOCAL
    if not _VERSION.fullmatch(version):
        raise PluginError(f"invalid plugin version `{version}`")
    cache = cache_of(codex_home)
    staged = new_staging(cache)
    try:
        fresh = os.path.join(staged, plugin_id.name)
        _copy(source, os.path.join(fresh, version))
        swap_in(fresh, os.path.join(cache, plugin_id.marketplace, plugin_id.name), staged)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return version


def take_out(plugin_id: PluginId, codex_home: str | os.PathLike[str]) -> None:
    """Remove all versions; one that is not there is no error. Raises OSError. Blocks."""
    folder = os.path.join(cache_of(codex_home), plugin_id.marketplace, plugin_id.name)
    if os.path.lexists(folder):
        shutil.rmtree(folder)


def new_staging(beside: str) -> str:
    """A folder on the same disk for what is not yet whole; whoever made it removes it. Blocks."""
    parent = os.path.join(beside, _STAGING)
    os.makedirs(parent, exist_ok=True)
    return tempfile.mkdtemp(dir=parent)


@asynccontextmanager
async def staging(beside: str) -> AsyncGenerator[str]:
    """The same for a block, after which nothing is left of it."""
    folder = await anyio.to_thread.run_sync(new_staging, beside)
    try:
        yield folder
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(partial(shutil.rmtree, folder, ignore_errors=True))


def swap_in(fresh: str, target: str, staged: str) -> None:
    """Put a whole folder where another may be, so that no half of either is ever seen there."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    old = os.path.join(staged, ".old")
    had_one = os.path.lexists(target)
    if had_one:
        os.rename(target, old)
    try:
        os.rename(fresh, target)
    except OSError:
        if had_one:
            os.rename(old, target)
        raise


def _copy(source: str, target: str) -> None:
    os.makedirs(target)
    with os.scandir(source) as entries:
        for entry in entries:
            into = os.path.join(target, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if entry.name != ".git":
                    _copy(entry.path, into)
            elif entry.is_file(follow_symlinks=False):
                shutil.copyfile(entry.path, into)
                os.chmod(into, stat.S_IMODE(entry.stat(follow_symlinks=False).st_mode))
