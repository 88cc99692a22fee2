"""The git program, for marketplaces and plugins that come from repositories."""

import os
import re
import subprocess
from typing import Final

import anyio

from app_server.plugins.names import PluginError

_SECONDS: Final = 300.0
_PROTOCOLS: Final = "file:git:http:https:ssh"
_REVISION: Final = re.compile(r"[0-9A-Za-z._/+@-]+")


class GitError(PluginError):
    """git is not there, takes too long, or says no."""


async def clone(url: str, folder: str, *, ref: str | None = None, sparse_paths: tuple[str, ...] = ()) -> None:
    """A clone at a branch, tag or commit, in a folder that is yet to be made. Raises GitError."""
    if ref is not None and (ref.startswith("-") or not _REVISION.fullmatch(ref)):
        raise GitError(f"`{ref}` is no name of a branch, tag or commit")
    if sparse_paths:
        await _git(
            ["clone", "--filter=blob:none", "--no-checkout", "--", url, folder], f"clone {url} {folder}"
        )
        await _git(["sparse-checkout", "set", "--", *sparse_paths], "sparse-checkout set", folder)
        await _git(["checkout", ref or "HEAD", "--"], f"checkout {ref or 'HEAD'}", folder)
        return
    await _git(["clone", "--", url, folder], f"clone {url} {folder}")
    if ref is not None:
        await _git(["checkout", ref, "--"], f"checkout {ref}", folder)


async def newest_revision(url: str, ref: str | None) -> str | None:
    """The commit that a repository has there now; None when it tells none of that name. Raises GitError."""
    said = await _git(["ls-remote", "--", url, ref or "HEAD"], f"ls-remote {url}")
    for line in said.splitlines():
        revision, _, _name = line.partition("\t")
        if revision:
            return revision
    return None


async def revision_of(folder: str) -> str:
    """The commit that a clone is at. Raises GitError."""
    return (await _git(["rev-parse", "HEAD"], "rev-parse HEAD", folder)).strip()


async def _git(words: list[str], shown: str, cwd: str | None = None) -> str:
    env = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": _PROTOCOLS}
    try:
        with anyio.fail_after(_SECONDS):
            done = await anyio.run_process(
                ["git", *words],
                cwd=cwd,
                env=env,
                check=False,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
    except TimeoutError:  # first, since it is an OSError too
        raise GitError(f"git {shown} took more than {_SECONDS:g} seconds") from None
    except OSError as error:
        raise GitError(f"failed to run git {shown}: {error.strerror}") from error
    said, complained = (text.decode(errors="replace") for text in (done.stdout, done.stderr))
    if done.returncode:
        raise GitError(
            f"git {shown} failed with status exit status: {done.returncode}\n"
            f"stdout:\n{said.strip()}\nstderr:\n{complained.strip()}"
        )
    return said
