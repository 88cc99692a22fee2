"""The first line of every rollout: who the thread is and how it began (persistence.md §2.3)."""

from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from app_server.store.rollout_items import SESSION_META, RolloutItem
from protocol.wire import JsonObject, JsonValue


class GitState(NamedTuple):
    """The repository that a thread's folder belongs to, as far as it could be told."""

    commit_hash: str | None = None
    branch: str | None = None
    repository_url: str | None = None


class HistoryBase(NamedTuple):
    """Where a log of the newer reference goes on from: another log's first bytes (its forks and reverts)."""

    thread_id: str
    end_byte_offset: int


@dataclass(frozen=True, slots=True)
class SessionMeta:
    """What a thread starts with and keeps. `source` and `dynamic_tools` stay the JSON that they are."""

    id: str
    timestamp: str
    cwd: str
    originator: str
    cli_version: str
    source: JsonValue = "vscode"
    model_provider: str | None = None
    base_instructions: str | None = None
    forked_from_id: str | None = None
    thread_source: str | None = None
    agent_nickname: str | None = None
    agent_role: str | None = None
    agent_path: str | None = None
    dynamic_tools: tuple[JsonObject, ...] | None = None
    memory_mode: str | None = None
    git: GitState | None = None
    history_base: HistoryBase | None = None

    def with_git(self, git: GitState | None) -> "SessionMeta":
        return replace(self, git=git)

    def with_memory_mode(self, mode: str) -> "SessionMeta":
        """As the line of a change of it alone, which says nothing of git."""
        return replace(self, memory_mode=mode, git=None)

    def to_item(self) -> RolloutItem:
        """The line; keys without a value are left out, but for the two that the format writes as null."""
        payload: JsonObject = {"id": self.id}
        if self.forked_from_id is not None:
            payload["forked_from_id"] = self.forked_from_id
        payload |= {
            "timestamp": self.timestamp,
            "cwd": self.cwd,
            "originator": self.originator,
            "cli_version": self.cli_version,
            "source": self.source,
        }
        for key in ("thread_source", "agent_nickname", "agent_role", "agent_path"):
            value = cast("str | None", getattr(self, key))
            if value is not None:
                payload[key] = value
        payload["model_provider"] = self.model_provider
        payload["base_instructions"] = (
            None if self.base_instructions is None else {"text": self.base_instructions}
        )
        if self.dynamic_tools is not None:
            payload["dynamic_tools"] = list(self.dynamic_tools)
        if self.memory_mode is not None:
            payload["memory_mode"] = self.memory_mode
        if self.git is not None:
            payload["git"] = _git_payload(self.git)
        return RolloutItem(SESSION_META, payload)


def _git_payload(git: GitState) -> JsonObject:
    fields: dict[str, str | None] = {
        "commit_hash": git.commit_hash,
        "branch": git.branch,
        "repository_url": git.repository_url,
    }
    return {key: value for key, value in fields.items() if value is not None}


def parse_meta(payload: JsonObject) -> SessionMeta | None:
    """Read a meta line of any version; None when it has no id. Everything else has a stand-in."""
    thread_id = _text(payload, "id")
    if thread_id is None:
        return None
    instructions = payload.get("base_instructions")
    tools = payload.get("dynamic_tools")
    return SessionMeta(
        id=thread_id,
        timestamp=_text(payload, "timestamp") or "",
        cwd=_text(payload, "cwd") or "",
        originator=_text(payload, "originator") or "",
        cli_version=_text(payload, "cli_version") or "",
        source=payload.get("source", "vscode"),
        model_provider=_text(payload, "model_provider"),
        base_instructions=_text(instructions, "text") if isinstance(instructions, dict) else None,
        forked_from_id=_text(payload, "forked_from_id"),
        thread_source=_text(payload, "thread_source"),
        agent_nickname=_text(payload, "agent_nickname"),
        agent_role=_text(payload, "agent_role") or _text(payload, "agent_type"),
        agent_path=_text(payload, "agent_path"),
        dynamic_tools=tuple(tool for tool in tools if isinstance(tool, dict))
        if isinstance(tools, list)
        else None,
        memory_mode=_text(payload, "memory_mode"),
        git=_parse_git(payload.get("git")),
        history_base=_parse_base(payload.get("history_base")),
    )


def _parse_git(value: JsonValue) -> GitState | None:
    if not isinstance(value, dict):
        return None
    return GitState(_text(value, "commit_hash"), _text(value, "branch"), _text(value, "repository_url"))


def _parse_base(value: JsonValue) -> HistoryBase | None:
    if not isinstance(value, dict):
        return None
    thread_id, end = value.get("thread_id"), value.get("end_byte_offset")
    if not isinstance(thread_id, str) or not isinstance(end, int) or end < 0:
        return None
    return HistoryBase(thread_id, end)


def _text(payload: JsonObject, key: str) -> str | None:
    value = payload.get(key)
    return value if isinstance(value, str) else None
