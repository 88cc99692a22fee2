"""What kind of host a thread comes from: as stored, as the wire has it, and as lists filter by it."""

from typing import Final

from protocol.wire import JsonValue

_PLAIN: Final = {"cli": "cli", "vscode": "vscode", "exec": "exec", "mcp": "appServer"}
_SUBAGENT_KINDS: Final = {"review": "subAgentReview", "compact": "subAgentCompact"}


def wire_source(stored: JsonValue) -> JsonValue:
    """A stored source as the wire's SessionSource (persistence.md §2.3); unrecognised becomes `unknown`."""
    if isinstance(stored, str):
        return _PLAIN.get(stored, "unknown")
    if isinstance(stored, dict) and len(stored) == 1:
        if isinstance(custom := stored.get("custom"), str):
            return {"custom": custom}
        if _is_subagent(agent := stored.get("subagent")):
            return {"subAgent": agent}
    return "unknown"


def parent_of(source: JsonValue) -> str | None:
    """The thread whose agent started the one of this wire source, if an agent did."""
    agent = source.get("subAgent") if isinstance(source, dict) else None
    spawn = agent.get("thread_spawn") if isinstance(agent, dict) else None
    parent_id = spawn.get("parent_thread_id") if isinstance(spawn, dict) else None
    return parent_id if isinstance(parent_id, str) else None


def source_kind(source: JsonValue) -> str:
    """The name by which lists filter threads of this wire source; `custom:x` for hosts of their own name."""
    if isinstance(source, str):
        return source
    if not isinstance(source, dict):
        return "unknown"
    if "custom" in source:
        return f"custom:{source['custom']}"
    agent = source.get("subAgent")
    if isinstance(agent, dict) and "thread_spawn" in agent:
        return "subAgentThreadSpawn"
    return _SUBAGENT_KINDS.get(str(agent), "subAgentOther")


def _is_subagent(agent: JsonValue) -> bool:
    if isinstance(agent, str):
        return agent in {"review", "compact", "memory_consolidation"}
    if not isinstance(agent, dict) or len(agent) != 1:
        return False
    spawn = agent.get("thread_spawn")
    if isinstance(spawn, dict):
        return isinstance(spawn.get("parent_thread_id"), str) and isinstance(spawn.get("depth"), int)
    return isinstance(agent.get("other"), str)
