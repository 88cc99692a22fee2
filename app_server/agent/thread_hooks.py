"""Which hooks a thread has (tools.md §10)."""

from dataclasses import dataclass
from typing import Literal

from app_server.config.config import Config
from app_server.hooks.discovery import find_hooks
from app_server.hooks.hook import Hook
from app_server.plugins.brought import all_brought_hooks

Beginning = Literal["startup", "resume", "clear"]


@dataclass(slots=True)
class ThreadHooks:
    """The hooks of one thread that may run."""

    hooks: tuple[Hook, ...]
    beginning: Beginning | None = "startup"
    """How the thread was begun; None once its hooks were told."""
    only_tools: bool = False
    """Whether nobody talks to the thread, so that only what its tools do is a moment for hooks."""


def thread_hooks(config: Config) -> ThreadHooks | None:
    """The hooks that a thread with this configuration runs; None when there are none. Reads files."""
    only_managed = (config.requirements.raw or {}).get("allow_managed_hooks_only") is True
    found = [hook for hook in find_hooks(config.stack, all_brought_hooks(config)).hooks if hook.runs]
    hooks = tuple(hook for hook in found if hook.managed or not only_managed)
    return ThreadHooks(hooks) if hooks else None
