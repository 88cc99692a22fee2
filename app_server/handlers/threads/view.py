"""Threads as clients see them: from what is loaded, and from what is stored (threads-and-turns.md §2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from app_server.config.permissions import approval_on_wire, reviewer_on_wire
from app_server.store.session_source import parent_of, wire_source
from app_server.store.timestamps import parse_instant
from protocol.mode import CollaborationMode, Settings
from protocol.policy import ActivePermissionProfile
from protocol.thread import GitInfo, NotLoadedThreadStatus, Thread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app_server.agent.thread import AgentThread
    from app_server.store.session_meta import GitState
    from app_server.store.thread_record import ThreadRecord
    from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxPolicy
    from protocol.thread import SessionSource, ThreadStatus
    from protocol.thread_settings import ThreadSettings
    from protocol.turn import Turn


def loaded_thread(
    thread: AgentThread, turns: Sequence[Turn] = (), record: ThreadRecord | None = None
) -> Thread:
    """A loaded thread. `record` is what the store knows of it beyond that: its name, git, last change."""
    session, meta = thread.session, thread.facts.meta
    created = (parse_instant(meta.timestamp) or 0) // 1000
    return Thread(
        id=thread.id,
        session_id=session.session_id,
        forked_from_id=meta.forked_from_id,
        preview=record.preview if record else session.preview,
        ephemeral=thread.facts.ephemeral,
        project_id=None,
        model_provider=session.config.model_provider,
        model=session.settings.model,
        reasoning_effort=session.settings.effort,
        created_at=created,
        updated_at=record.updated_at_ms // 1000 if record else created,
        status=session.status.current,
        path=None if thread.path is None else str(thread.path),
        cwd=session.settings.cwd,
        cli_version=meta.cli_version,
        originator=meta.originator,
        source=cast("SessionSource", wire_source(meta.source)),
        thread_source=meta.thread_source,
        parent_thread_id=None if session.lineage is None else session.lineage.parent_id,
        agent_nickname=meta.agent_nickname,
        agent_role=meta.agent_role,
        git_info=_git(record.git) if record else None,
        name=_name(record) if record else None,
        turns=list(turns),
    )


def stored_thread(
    record: ThreadRecord,
    *,
    default_provider: str,
    turns: Sequence[Turn] = (),
    status: ThreadStatus | None = None,
) -> Thread:
    """A thread as its log tells of it."""
    return Thread(
        id=record.id,
        session_id=record.id,
        forked_from_id=record.forked_from_id,
        preview=record.preview,
        ephemeral=False,
        project_id=None,
        model_provider=record.model_provider or default_provider,
        model=record.model,
        reasoning_effort=record.effort,
        created_at=record.created_at_ms // 1000,
        updated_at=record.updated_at_ms // 1000,
        status=status or NotLoadedThreadStatus(),
        path=str(record.path),
        cwd=record.cwd,
        cli_version=record.cli_version,
        originator=record.originator,
        source=cast("SessionSource", record.source),
        thread_source=record.thread_source,
        parent_thread_id=parent_of(record.source),
        agent_nickname=record.agent_nickname,
        agent_role=record.agent_role,
        git_info=_git(record.git),
        name=_name(record),
        turns=list(turns),
    )


def loading_answer(thread: AgentThread, view: Thread) -> dict[str, Any]:
    """The fields that the answers of `thread/start`, `thread/resume` and `thread/fork` share."""
    settings = thread.session.settings
    profile = settings.permission_profile
    return {
        "thread": view,
        "model": settings.model,
        "model_provider": thread.session.config.model_provider,
        "service_tier": settings.service_tier,
        "cwd": settings.cwd,
        "runtime_workspace_roots": list(settings.workspace_roots),
        "instruction_sources": [str(path) for path in thread.facts.instruction_sources],
        "approval_policy": cast("AskForApproval", approval_on_wire(settings.approval_policy)),
        "approvals_reviewer": reviewer_on_wire(settings.approvals_reviewer),
        "sandbox": cast("SandboxPolicy", settings.sandbox.to_wire()),
        "active_permission_profile": None if profile is None else ActivePermissionProfile(id=profile),
        "reasoning_effort": settings.effort,
    }


def thread_settings(thread: AgentThread) -> ThreadSettings:
    """What the next turn of a loaded thread begins with."""
    from protocol.thread_settings import ThreadSettings  # told only when they change

    settings = thread.session.settings
    mode, profile = settings.collaboration, settings.permission_profile
    return ThreadSettings(
        cwd=settings.cwd,
        approval_policy=cast("AskForApproval", approval_on_wire(settings.approval_policy)),
        approvals_reviewer=cast("ApprovalsReviewer", reviewer_on_wire(settings.approvals_reviewer)),
        sandbox_policy=cast("SandboxPolicy", settings.sandbox.to_wire()),
        active_permission_profile=None if profile is None else ActivePermissionProfile(id=profile),
        model=settings.model,
        model_provider=thread.session.config.model_provider,
        service_tier=settings.service_tier,
        effort=settings.effort,
        summary=settings.summary,
        collaboration_mode=CollaborationMode(
            mode="default" if mode is None else mode.mode,
            settings=Settings(
                model=settings.model,
                reasoning_effort=settings.effort,
                developer_instructions=None if mode is None else mode.developer_instructions,
            ),
        ),
        personality=settings.personality,
    )


def _git(git: GitState | None) -> GitInfo | None:
    if git is None:
        return None
    return GitInfo(sha=git.commit_hash, branch=git.branch, origin_url=git.repository_url)


def _name(record: ThreadRecord) -> str | None:
    """The user's name for it, unless it says no more than the preview."""
    return None if record.name == record.preview else record.name
