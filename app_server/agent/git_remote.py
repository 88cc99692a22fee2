"""What a checkout holds that its remote does not (services.md §10). Asks git, and changes nothing."""

import subprocess
from typing import Final

import anyio

_SECONDS: Final = 30.0
_PLAIN: Final = ("--no-ext-diff", "--no-textconv", "--no-color")
# A repository's own settings could name programs that make the diff.


class NoRemoteError(Exception):
    """No repository, no commit, or no remote that has any of it."""


async def diff_to_remote(cwd: str) -> tuple[str, str]:
    """The newest commit that a remote has, and the diff from there to the files as they are.

    Raises NoRemoteError.
    """
    try:
        with anyio.fail_after(_SECONDS):
            top = (await _git(cwd, "rev-parse", "--show-toplevel")).strip()
            sha = await _newest_shared(top)
            parts = [await _git(top, "diff", *_PLAIN, sha, "--")]
            untracked = await _git(top, "ls-files", "--others", "--exclude-standard", "-z")
            for name in filter(None, untracked.split("\0")):
                added = ("diff", *_PLAIN, "--no-index", "--", "/dev/null", name)
                parts.append(await _git(top, *added, fine=(0, 1)))
    except (OSError, TimeoutError) as error:
        raise NoRemoteError(str(error)) from error
    return sha, "".join(parts)


async def _newest_shared(cwd: str) -> str:
    """The newest commit in the history of HEAD that a remote-tracking branch has too."""
    remotes = await _git(cwd, "for-each-ref", "--count=1", "--format=%(objectname)", "refs/remotes")
    if not remotes.strip():
        raise NoRemoteError("no remote-tracking branch")
    lines = (await _git(cwd, "rev-list", "--boundary", "HEAD", "--not", "--remotes")).split()
    if not lines:
        return (await _git(cwd, "rev-parse", "HEAD")).strip()
    shared = [line[1:] for line in lines if line.startswith("-")]
    if not shared:
        raise NoRemoteError("no remote has any of the history")
    newest = await _git(cwd, "rev-list", "--no-walk=sorted", *shared)
    return newest.split()[0]


async def _git(cwd: str, *words: str, fine: tuple[int, ...] = (0,)) -> str:
    """What git says. Raises NoRemoteError when it fails."""
    done = await anyio.run_process(
        ["git", *words],
        cwd=cwd,
        check=False,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if done.returncode not in fine:
        raise NoRemoteError(f"git {words[0]} ended with {done.returncode}")
    return done.stdout.decode(errors="replace")
