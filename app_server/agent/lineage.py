"""Where a thread stands in the tree of agents (threads-and-turns.md §2.1, persistence.md §2.3)."""

from typing import NamedTuple

from app_server.store.session_meta import SessionMeta
from protocol.wire import JsonValue


class Lineage(NamedTuple):
    """What a thread is that an agent started; its `depth` counts from the root, which has none."""

    parent_id: str
    depth: int
    path: str | None = None
    """Its name from the root; only agents of the second form have one."""
    nickname: str | None = None
    role: str | None = None

    def to_source(self) -> JsonValue:
        """As the `source` of a log says it."""
        spawn: JsonValue = {
            "parent_thread_id": self.parent_id,
            "depth": self.depth,
            "agent_path": self.path,
            "agent_nickname": self.nickname,
            "agent_role": self.role,
        }
        return {"subagent": {"thread_spawn": spawn}}


def lineage_of(meta: SessionMeta) -> Lineage | None:
    """What a log says of it; None for a thread that no agent started."""
    agent = meta.source.get("subagent") if isinstance(meta.source, dict) else None
    spawn = agent.get("thread_spawn") if isinstance(agent, dict) else None
    if not isinstance(spawn, dict):
        return None
    parent_id, depth = spawn.get("parent_thread_id"), spawn.get("depth")
    if not isinstance(parent_id, str) or not isinstance(depth, int):
        return None
    path, nickname, role = (spawn.get(f"agent_{key}") for key in ("path", "nickname", "role"))
    return Lineage(
        parent_id,
        depth,
        path if isinstance(path, str) else None,
        nickname if isinstance(nickname, str) else meta.agent_nickname,
        role if isinstance(role, str) else meta.agent_role,
    )
