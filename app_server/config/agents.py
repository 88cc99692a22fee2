"""What the user says of agents: how many there may be, how deep, and of which kinds (tools.md §1.2, §12)."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from app_server.config.config import Config
from protocol.wire import JsonObject, JsonValue

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


def role_tables(config: Config) -> Mapping[str, JsonObject]:
    """The user's own kinds of agent, by name: the tables within the table `agents`."""
    return {name: table for name, table in config.table("agents").items() if isinstance(table, dict)}


def described_roles(config: Config) -> tuple[tuple[str, str], ...]:
    """The names of the user's own kinds of agent, and what the user says about each."""
    tables = sorted(role_tables(config).items())
    return tuple((name, str(table.get("description") or "")) for name, table in tables)


def _number(value: JsonValue, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
