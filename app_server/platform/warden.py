"""Runs commands on Linux and answers for all that they start; a program of its own, of the standard library.

The server starts it once. For every order that comes with its descriptors it forks a *warden*, which forks
the command. A warden is the reaper of the whole tree below it: a process that loses its parent becomes its
child, whatever session or group it went to, so none can slip away (P2, P3). It lives as long as anything of
the tree does and as the server holds the other end of its control socket: when that closes, because the
server let go or was killed, the tree is ended at once.

A fork of this small process takes a tenth of the time that one of the server's would, and has no threads to
be afraid of.
"""

import ctypes
import errno
import os
import select
import signal
import socket
import struct
import sys
from typing import Final, NoReturn

STARTED: Final = b"S"
FAILED: Final = b"F"
EXITED: Final = b"E"
"""What a warden tells: the command's process id, the errno of a failed start, the wait status of its end."""
ASK_TO_END: Final = b"T"
KILL: Final = b"K"
"""What a warden is told: send SIGTERM to the tree, or end it."""
REPORT: Final = struct.Struct("=ci")

_SET_PARENT_DEATH_SIGNAL, _SET_CHILD_SUBREAPER = 1, 36
_TIOCSCTTY = 0x540E
_IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)
_MOST_DESCRIPTORS = 6
_MOST_INHERITED = 65_536
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 1.0


def pack_order(argv: list[bytes], cwd: bytes, env: list[bytes], *, terminal: bool) -> bytes:
    """An order as its file has it. `env` is `NAME=value`; no part may hold a zero byte."""
    return b"\0".join([b"1" if terminal else b"0", cwd, str(len(argv)).encode(), *argv, *env])


def main() -> None:
    """Take orders from the socket that is descriptor number `argv[1]`, until it closes."""
    os.closerange(int(sys.argv[1]) + 1, _MOST_INHERITED)  # what somebody left open for the server
    orders = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # wardens are nobody's to wait for
    while True:
        data, descriptors, _, _ = socket.recv_fds(orders, 1, _MOST_DESCRIPTORS)
        if not data:
            return
        for descriptor in descriptors:  # or a command would inherit them, its warden's socket among them
            os.set_inheritable(descriptor, False)  # noqa: FBT003 - its own signature
        if os.fork() == 0:
            orders.close()
            try:
                _Warden(*descriptors).run()
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)


class _Warden:
    """One command and its tree."""

    def __init__(self, order: int, control: int, *streams: int) -> None:
        self._order = order
        self._control = socket.socket(fileno=control)
        self._streams = streams
        """What the command has as 0, 1, 2, and perhaps 3."""
        self._command = 0
        self._ending = False

    def run(self) -> NoReturn:
        """Until nothing of the tree is left."""
        _prctl(_SET_CHILD_SUBREAPER, 1)
        wake, woken = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, _nothing)
        if not self._start():
            os._exit(0)
        poll = select.poll()
        poll.register(wake, select.POLLIN)
        poll.register(self._control, select.POLLIN)
        pause = _FIRST_PAUSE
        while self._reap():
            if self._ending:
                self._signal_tree(signal.SIGKILL)
            ready = [fd for fd, _ in poll.poll(pause * 1000 if self._ending else None)]
            pause = min(pause * 2, _LONGEST_PAUSE) if self._ending else pause
            if wake in ready:
                os.read(wake, 512)
            if self._control.fileno() in ready and not self._obey():
                poll.unregister(self._control)
        os._exit(0)

    def _start(self) -> bool:
        problems, low = os.pipe2(os.O_CLOEXEC)
        report = _high(low)
        os.close(low)
        warden = os.getpid()
        self._command = os.fork()
        if self._command == 0:
            try:
                _become_command(self._order, self._streams, warden)
            except OSError as error:
                os.write(report, struct.pack("=i", error.errno or errno.EIO))
            finally:
                os._exit(127)
        for descriptor in (report, self._order, *self._streams):
            os.close(descriptor)
        problem = os.read(problems, 4)
        os.close(problems)
        if problem:
            self._tell(FAILED, struct.unpack("=i", problem)[0])
        else:
            self._tell(STARTED, self._command)
        return not problem

    def _reap(self) -> bool:
        """Bury the dead; whether anything of the tree is left."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return False
            if pid == 0:
                return True
            if pid == self._command:
                self._command = 0
                self._tell(EXITED, status)

    def _obey(self) -> bool:
        """Do what we are told; False when nobody is there any more to tell us anything."""
        try:
            word = self._control.recv(1)
        except OSError:
            word = b""
        if word == ASK_TO_END:
            self._signal_tree(signal.SIGTERM)
        else:
            self._ending = True
        return bool(word)

    def _tell(self, what: bytes, number: int) -> None:
        try:
            self._control.send(REPORT.pack(what, number), socket.MSG_NOSIGNAL)
        except OSError:
            return  # nobody is there: the closed socket ends us

    def _signal_tree(self, number: signal.Signals) -> None:
        if self._command:
            try:  # noqa: SIM105 - this program imports little
                os.killpg(self._command, number)  # not waited for yet, so the number is still its own
            except OSError:
                pass
        for pid, began in _descendants(os.getpid()):
            try:
                handle = os.pidfd_open(pid)
            except OSError:
                continue
            try:
                if _stat(pid)[1] == began:  # else the number has got a new owner
                    signal.pidfd_send_signal(handle, number)
            except OSError:
                pass
            finally:
                os.close(handle)


def _become_command(order: int, streams: tuple[int, ...], warden: int) -> NoReturn:
    """Raises OSError."""
    with open(order, "rb", closefd=False) as file:
        file.seek(0)
        terminal, cwd, count, *rest = file.read().split(b"\0")
    argv, env = rest[: int(count)], rest[int(count) :]
    os.setsid()
    _prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != warden:
        os._exit(127)
    high = [_high(descriptor) for descriptor in streams]
    for number, descriptor in enumerate(high):
        os.dup2(descriptor, number)
    if terminal == b"1":
        import fcntl

        fcntl.ioctl(0, _TIOCSCTTY, 0)
    os.chdir(cwd)
    for number in (signal.SIGCHLD, signal.SIGINT, *_IGNORED_BY_PYTHON):
        signal.signal(number, signal.SIG_DFL)
    os.execvpe(argv[0], argv, dict(pair.split(b"=", 1) for pair in env))  # noqa: S606 - what it is for


def _high(descriptor: int) -> int:
    """A copy that is not in the way of what the command is given."""
    import fcntl

    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)


def _descendants(root: int) -> list[tuple[int, bytes]]:
    """All processes below `root`, each with the time at which it began."""
    children: dict[int, list[tuple[int, bytes]]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - this program imports little
        if name.isdecimal():
            try:
                parent, began = _stat(int(name))
            except OSError:
                continue
            children.setdefault(parent, []).append((int(name), began))
    found = list(children.get(root, ()))
    for pid, _ in found:
        found += children.get(pid, ())
    return found


def _stat(pid: int) -> tuple[int, bytes]:
    """A process's parent, and when it began. Raises OSError."""
    with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - this program imports little
        fields = file.read().rpartition(b")")[2].split()
    return int(fields[1]), fields[19]


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _nothing(_number: int, _frame: object) -> None:
    """Only the wake-up matters."""


if __name__ == "__main__":
    main()
