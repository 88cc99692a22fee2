"""Having ready what a first command would wait for: its modules, and the program that commands run under."""

import logging
from importlib import import_module
from typing import Final

import anyio
import anyio.to_thread

from app_server.agent.loaded_threads import LoadedThreads

logger = logging.getLogger("app_server.agent")

PAUSE_SECONDS: Final = 1.0
"""How long a thread has been there, at least: a first turn is not to share the processor with this."""

_MODULES: Final = (
    "app_server.tools.commands.exec_command",
    "app_server.tools.commands.write_stdin",
    "app_server.sandbox.confine",
    "app_server.exec.process",
    "tree_sitter",
    "tree_sitter_bash",
    "app_server.agent.compaction.automatic",
)


async def get_ready(loaded: LoadedThreads, *, pause: float = PAUSE_SECONDS) -> None:
    """Wait for a first thread, and then load what commands need. One that comes sooner loads it itself."""
    await loaded.first_came.wait()
    await anyio.sleep(pause)
    for module in _MODULES:
        try:
            await anyio.to_thread.run_sync(import_module, module)
        except Exception:
            # An installation that is not whole fails the call that needs the module, and not the server.
            logger.warning("%s cannot be loaded", module, exc_info=True)
    from app_server.platform.starting import prepare_children

    await prepare_children()
