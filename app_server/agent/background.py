"""Work beside a thread's turns, which may fail in ways that nobody foresaw without taking the server down."""

import logging
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import TypeVarTuple

logger = logging.getLogger("app_server.agent")

Given = TypeVarTuple("Given")


def carefully(
    work: Callable[[*Given], Coroutine[object, object, None]],
) -> Callable[[*Given], Coroutine[object, object, None]]:
    """The same work, whose error is logged where it would end the task group, and with that the process."""

    @wraps(work)
    async def guarded(*given: *Given) -> None:
        try:
            await work(*given)
        except Exception:
            logger.exception("%s failed", work)

    return guarded
