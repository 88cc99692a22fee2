"""What children that `subprocess` starts have in common: they are waited for by threads of their own."""

import asyncio
import subprocess
from threading import Thread

import anyio


class PopenChild:
    """The half of `children.Child` that is the same on every system. Create and use it on the loop."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process
        self._loop = asyncio.get_running_loop()
        self._exited = anyio.Event()
        Thread(target=self._wait_in_thread, name=f"child {process.pid}", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        return self._process.returncode

    async def wait(self) -> int:
        await self._exited.wait()
        return self._process.returncode

    async def wait_gone(self) -> None:
        await self._exited.wait()

    def bury(self) -> None:
        """Wait for its end, in its thread. Blocks."""
        self._process.wait()

    def _wait_in_thread(self) -> None:
        self.bury()
        try:
            self._loop.call_soon_threadsafe(self._exited.set)
        except RuntimeError:
            return  # the loop has ended
