"""How many agents there may be, and how far down agents may have agents of their own (tools.md §1.2, §12)."""

from typing import Final, NamedTuple

from app_server.config.config import Config
from protocol.wire import JsonValue

_THREADS: Final = 6
_DEPTH: Final = 1
_THREADS_WITH_ROOT: Final = 4


class Limits(NamedTuple):
    """`threads` counts the living agents of a whole tree, without its root."""

    threads: int
    depth: int | None
    """None: any."""


def limits_of(config: Config) -> Limits:
    """Those of the form of agents that the configuration chose."""
    if config.feature("multi_agent_v2"):
        settings = config.table("features").get("multi_agent_v2")
        table = settings if isinstance(settings, dict) else {}
        at_once = _number(table.get("max_concurrent_threads_per_session"), _THREADS_WITH_ROOT)
        return Limits(max(0, at_once - 1), None)
    table = config.table("agents")
    return Limits(_number(table.get("max_threads"), _THREADS), _number(table.get("max_depth"), _DEPTH))


def may_spawn(config: Config, depth: int) -> bool:
    """Whether an agent that deep may have agents of its own."""
    deepest = limits_of(config).depth
    return deepest is None or depth < deepest


def _number(value: JsonValue, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
