"""A handler or double that waits until its test lets it go on."""

import anyio


class Gate:
    """Handlers of one method that report their beginning and wait to be let through."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self._through: dict[str, anyio.Event] = {}
        self._changed = anyio.Event()

    async def wait(self, name: str) -> None:
        """For the handler: begin, and wait for `let_through`."""
        self.begun.append(name)
        changed, self._changed = self._changed, anyio.Event()
        changed.set()
        await self._through.setdefault(name, anyio.Event()).wait()

    def let_through(self, *names: str) -> None:
        for name in names:
            self._through.setdefault(name, anyio.Event()).set()

    async def until_begun(self, count: int) -> list[str]:
        with anyio.fail_after(5):
            while len(self.begun) < count:
                await self._changed.wait()
        return self.begun
