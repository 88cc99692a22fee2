"""Children under wardens (`warden`): the server's end of it."""

import asyncio
import os
import socket
import sys
from typing import Final

import anyio
import anyio.to_thread

from app_server.platform import warden
from app_server.platform.children import Order

_ITS_SOCKET: Final = 3
_LAST_SECONDS: Final = 2.0
"""How long the end of a start that was given up is waited for."""


class NoWardenError(Exception):
    """The program that forks wardens cannot be run."""


class WardedChild:
    """Implements `children.Child`. Create and use it on the loop."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._loop = asyncio.get_running_loop()
        self._pid: int | None = None
        self._problem: int | None = None
        self._status: int | None = None
        self._decided = anyio.Event()
        self._exited = anyio.Event()
        self._gone = anyio.Event()
        self._loop.add_reader(control.fileno(), self._told)

    @property
    def pid(self) -> int:
        return self._pid or 0

    @property
    def exit_status(self) -> int | None:
        return self._status

    async def started(self) -> None:
        """Wait until it runs. Raises OSError when it does not, NoWardenError when nobody tells."""
        await self._decided.wait()
        if self._problem is not None:
            raise OSError(self._problem, os.strerror(self._problem))
        if self._pid is None:
            raise NoWardenError

    async def wait(self) -> int:
        await self._exited.wait()
        return -9 if self._status is None else self._status  # a warden that was killed took it along

    async def wait_gone(self) -> None:
        await self._gone.wait()

    def ask_to_end(self) -> None:
        self._say(warden.ASK_TO_END)

    def kill(self) -> None:
        self._say(warden.KILL)

    def release(self) -> None:
        if self._control.fileno() >= 0:
            self._loop.remove_reader(self._control.fileno())
            self._control.close()
        self._over()

    def _say(self, word: bytes) -> None:
        try:
            self._control.send(word)
        except OSError:
            return  # it is gone, or has more of our words than it can read

    def _told(self) -> None:
        try:
            report = self._control.recv(warden.REPORT.size)
        except BlockingIOError:
            return
        except OSError:
            report = b""
        if len(report) != warden.REPORT.size:
            self._loop.remove_reader(self._control.fileno())
            self._over()
            return
        kind, number = warden.REPORT.unpack(report)
        if kind == warden.STARTED:
            self._pid = number
        elif kind == warden.FAILED:
            self._problem = number
        else:
            self._status = os.waitstatus_to_exitcode(number)
            self._exited.set()
        self._decided.set()

    def _over(self) -> None:
        self._decided.set()
        self._exited.set()
        self._gone.set()


class Wardens:
    """Owns the program that forks them; it ends when we do."""

    def __init__(self) -> None:
        self._orders: socket.socket | None = None
        self._lock: anyio.Lock | None = None

    async def prepare(self) -> None:
        """Start the program unless it runs. Never raises."""
        if self._orders is None:
            try:
                await self._connect()
            except NoWardenError:
                return

    async def start(self, order: Order) -> WardedChild:
        """Raises OSError for a command that cannot be started, NoWardenError when there is no warden."""
        described = warden.pack_order(
            [_bytes(word) for word in order.argv],
            _bytes(order.cwd),
            [_bytes(f"{name}={value}") for name, value in order.env.items()],
            terminal=order.terminal,
        )
        for last in (False, True):
            orders = self._orders or await self._connect()
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.setblocking(False)  # noqa: FBT003 - its own signature
            file = os.memfd_create("order")
            try:
                os.write(file, described)
                descriptors = [file, theirs.fileno(), order.stdin, order.stdout, order.stderr]
                descriptors += [] if order.reading is None else [order.reading]
                socket.send_fds(orders, [b"+"], descriptors, socket.MSG_NOSIGNAL)
            except OSError:  # somebody ended the program: once more, with a new one
                ours.close()
                self._orders = None
                orders.close()
                if last:
                    raise NoWardenError from None
                continue
            finally:
                os.close(file)
                theirs.close()
            return await _running(WardedChild(ours))
        raise NoWardenError

    async def _connect(self) -> socket.socket:
        if self._lock is None:
            self._lock = anyio.Lock()
        async with self._lock:
            if self._orders is None:
                self._orders = await anyio.to_thread.run_sync(_start_program)
            return self._orders


async def _running(child: WardedChild) -> WardedChild:
    try:
        await child.started()
    except BaseException:
        # Whoever gives a start up may rely on it that nothing of it is left, or will yet come to be.
        with anyio.CancelScope(shield=True), anyio.move_on_after(_LAST_SECONDS):
            child.kill()
            await child.wait_gone()
        child.release()
        raise
    return child


def _start_program() -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, "-I", "-S", "-X", "utf8", warden.__file__, str(_ITS_SOCKET)]
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in range(3)]
    try:
        os.posix_spawn(
            sys.executable,
            command,
            os.environ,
            file_actions=[*nowhere, (os.POSIX_SPAWN_DUP2, theirs.fileno(), _ITS_SOCKET)],
            setsid=True,  # a terminal's Ctrl-C is for the server to handle
        )
    except OSError as error:
        ours.close()
        raise NoWardenError from error
    finally:
        theirs.close()
    ours.setblocking(False)  # noqa: FBT003 - its own signature
    return ours


def _bytes(text: str) -> bytes:
    """Raises OSError for what no system takes."""
    data = os.fsencode(text)
    if b"\0" in data:
        raise OSError(22, "nul byte found in provided data")
    return data


WARDENS: Final = Wardens()
"""Of the process, like the processes themselves."""
