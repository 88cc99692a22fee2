"""What a review is asked to look at, as a prompt and as clients call it (threads-and-turns.md §5)."""

import subprocess
from typing import Final

import anyio

from app_server.agent.errors import AgentError
from app_server.agent.git import git_state
from app_server.prompt.texts import template
from protocol.review import (
    BaseBranchReviewTarget,
    CommitReviewTarget,
    CustomReviewTarget,
    ReviewTarget,
    UncommittedChangesReviewTarget,
)

_GIT_SECONDS: Final = 10.0


def trimmed(target: ReviewTarget) -> ReviewTarget:
    """The target without blanks around its words. Raises AgentError when nothing is left of one."""
    match target:
        case BaseBranchReviewTarget():
            return BaseBranchReviewTarget(branch=_some(target.branch, "branch"))
        case CommitReviewTarget():
            title = (target.title or "").strip() or None
            return CommitReviewTarget(sha=_some(target.sha, "sha"), title=title)
        case CustomReviewTarget():
            return CustomReviewTarget(instructions=_some(target.instructions, "instructions"))
        case UncommittedChangesReviewTarget():
            return target


def hint_of(target: ReviewTarget) -> str:
    """How clients call what is reviewed."""
    match target:
        case UncommittedChangesReviewTarget():
            return "current changes"
        case BaseBranchReviewTarget(branch=branch):
            return f"changes against '{branch}'"
        case CommitReviewTarget(sha=sha, title=None):
            return f"commit {sha[:7]}"
        case CommitReviewTarget(sha=sha, title=title):
            return f"commit {sha[:7]}: {title}"
        case CustomReviewTarget(instructions=instructions):
            return instructions


async def prompt_of(target: ReviewTarget, cwd: str) -> str:
    """What the reviewer is told to do. Raises AgentError for a branch outside of any repository."""
    match target:
        case UncommittedChangesReviewTarget():
            return template("review_uncommitted")
        case BaseBranchReviewTarget(branch=branch):
            if await anyio.to_thread.run_sync(git_state, cwd) is None:
                raise AgentError(f"{cwd} is in no git repository, so nothing can be compared with {branch}")
            base = await _merge_base(branch, cwd)
            text = template("review_branch" if base else "review_branch_unknown")
            return text.replace("{base}", base or "").replace("{branch}", branch)
        case CommitReviewTarget(sha=sha, title=title):
            text = template("review_commit_titled" if title else "review_commit")
            return text.replace("{sha}", sha).replace("{title}", title or "")
        case CustomReviewTarget(instructions=instructions):
            return instructions


async def _merge_base(branch: str, cwd: str) -> str | None:
    """The commit where HEAD left the branch; None where git does not know it."""
    if branch.startswith("-"):
        return None  # it would be an option
    try:
        with anyio.fail_after(_GIT_SECONDS):
            done = await anyio.run_process(
                ["git", "merge-base", "HEAD", branch],
                cwd=cwd,
                check=False,
                stdin=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except (OSError, TimeoutError):
        return None
    return done.stdout.decode(errors="replace").strip() or None


def _some(text: str, name: str) -> str:
    kept = text.strip()
    if not kept:
        raise AgentError(f"{name} must not be empty")
    return kept
