"""What is known of a stored thread without replaying it: the facts of a list's row."""

from dataclasses import dataclass
from pathlib import Path

from app_server.store.rollout_head import RolloutHead
from app_server.store.session_meta import GitState, SessionMeta
from app_server.store.session_source import source_kind, wire_source
from app_server.store.timestamps import parse_instant
from protocol.wire import JsonValue


@dataclass(frozen=True, slots=True)
class ThreadRecord:
    """Instants are milliseconds; `source` is the wire's; `model` and `effort` those of the newest turn."""

    id: str
    path: Path
    archived: bool
    preview: str
    name: str | None
    forked_from_id: str | None
    cwd: str
    source: JsonValue
    source_kind: str
    thread_source: str | None
    agent_nickname: str | None
    agent_role: str | None
    model_provider: str | None
    model: str | None
    effort: str | None
    cli_version: str
    originator: str
    git: GitState | None
    memory_mode: str | None
    created_at_ms: int
    updated_at_ms: int


def thread_record(
    path: Path, head: RolloutHead, meta: SessionMeta, *, archived: bool, updated_ms: int, name: str | None
) -> ThreadRecord:
    """Put the row together. A meta without a time counts as created when it was last changed."""
    source = wire_source(meta.source)
    created = parse_instant(meta.timestamp)
    return ThreadRecord(
        id=meta.id,
        path=path,
        archived=archived,
        preview=head.preview,
        name=name,
        forked_from_id=meta.forked_from_id,
        cwd=meta.cwd,
        source=source,
        source_kind=source_kind(source),
        thread_source=meta.thread_source,
        agent_nickname=meta.agent_nickname,
        agent_role=meta.agent_role,
        model_provider=meta.model_provider,
        model=head.model,
        effort=head.effort,
        cli_version=meta.cli_version,
        originator=meta.originator,
        git=meta.git,
        memory_mode=meta.memory_mode,
        created_at_ms=updated_ms if created is None else created,
        updated_at_ms=updated_ms,
    )
