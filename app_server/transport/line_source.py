"""The lines of an inbox, awaited on the event loop."""

import asyncio

from app_server.transport.inbox import Inbox


class LineSource:
    """Hands out lines in the batches in which they arrived. One reader at a time."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._arrived = asyncio.Event()
        self._stopping = False
        self._ended = False
        loop = asyncio.get_running_loop()

        def wake() -> None:
            try:
                loop.call_soon_threadsafe(self._arrived.set)
            except RuntimeError:
                # The loop has ended; the reading thread outlives it until the process does.
                return

        inbox.watch(wake)

    async def receive(self) -> list[bytes]:
        """All lines that are there, after waiting for one; an empty list is the end."""
        while not self._ended:
            self._arrived.clear()
            lines = self._inbox.take()
            self._ended = self._stopping or self._inbox.ended
            if lines:
                return lines
            if not self._ended:
                await self._arrived.wait()
        return []

    def stop(self) -> None:
        """Let what has arrived be the last."""
        self._stopping = True
        self._arrived.set()
