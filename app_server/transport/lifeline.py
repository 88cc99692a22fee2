"""Notices that whoever started this process is gone, or reads no more, though stdin stays open (P1, W11)."""

from collections.abc import Callable

import anyio

from app_server.platform import parent_process, reader_has_left

_EVERY_SECONDS = 1.0


async def watch_lifeline(
    parent: int, writing_fd: int, on_lost: Callable[[], None], every: float = _EVERY_SECONDS
) -> None:
    """Call `on_lost` once when `parent` is our parent no more, or nobody reads our output any more."""
    while parent_process() == parent and not reader_has_left(writing_fd):  # noqa: ASYNC110 - nobody tells us
        await anyio.sleep(every)
    on_lost()
