"""Noticing that skills were added, edited or removed while threads are loaded (services.md §7).

The folders are compared with what was seen of them, once a second: that takes a few microseconds for each, no
handle of the operating system, and works on every file system. A watcher of the system would wake up more
often than that.
"""

from collections.abc import Callable

import anyio
import anyio.to_thread

from app_server.skills.library import SkillLibrary

LOOK_EVERY_SECONDS = 1.0
QUIET_SECONDS = 10.0
"""After a change was told, further ones are told together when this time is over."""


async def watch_skills(
    library: SkillLibrary,
    wanted: Callable[[], bool],
    changed: Callable[[], None],
    *,
    every: float = LOOK_EVERY_SECONDS,
    quiet: float = QUIET_SECONDS,
) -> None:
    """Call `changed` for changes, as long as the caller's scope lives. Nothing is done while not `wanted`."""
    while True:
        await anyio.sleep(every)
        if wanted() and await anyio.to_thread.run_sync(library.take_change):
            changed()
            await anyio.sleep(quiet)
