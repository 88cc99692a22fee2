"""What is asked for when a thread is started, resumed or forked (threads-and-turns.md §3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from app_server.config.config import TypedOverrides
from app_server.tools.dynamic import DynamicTool
from protocol.wire import JsonValue

NO_OVERRIDES = TypedOverrides()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadRequest:
    """What a client may ask of a thread that is to be loaded."""

    cwd: str | None = None
    config: Mapping[str, JsonValue] | None = None
    overrides: TypedOverrides = NO_OVERRIDES
    ephemeral: bool = False
    thread_source: str | None = None
    dynamic_tools: tuple[DynamicTool, ...] = ()
    """Only of a new thread; one that comes back has those that it had."""
