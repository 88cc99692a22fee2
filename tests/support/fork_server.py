"""Runs commands of ours in forks of one process that has imported all of it: `python fork_server.py SOCKET`.

SOCKET is the number of an open unix socket. Each request on it is a length (four bytes), a JSON object,
`Command`, and four descriptors that come with the length: the stdin, stdout and stderr of the command, and a
socket on which its process id is told, and later its exit code, as subprocess has it (four bytes each). Every
command has a process, an environment and a folder of its own, as if it had been spawned; only the imports are
shared.
"""

import gc
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn, TypedDict

from app_server.__main__ import main
from protocol.wire import WireModel

NUMBER = 4
DESCRIPTORS = 4
_STRAY = 70
_BESIDE = ("anyio._backends._asyncio", "PIL.Image")
"""What ours imports as late as it can."""


class Command(TypedDict):
    """What to run, as `subprocess.Popen` takes it."""

    argv: list[str]
    env: dict[str, str]
    cwd: str


def _warm_up() -> None:
    """Import all of ours, and build the models that are built when they are first used."""
    for package in ("app_server", "protocol"):
        for module in pkgutil.walk_packages(import_module(package).__path__, f"{package}."):
            with suppress(ImportError):  # what is for other systems
                import_module(module.name)
    for name in _BESIDE:
        with suppress(ImportError):
            import_module(name)
    for model in _below(WireModel):
        model.model_rebuild(raise_errors=False)


def _below(model: type[WireModel]) -> Iterator[type[WireModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _below(one)


def _live(command: Command, standard: Sequence[int]) -> NoReturn:
    """The whole life of a command."""
    code = _STRAY
    try:
        for descriptor, given in enumerate(standard):
            os.dup2(given, descriptor)
            os.close(given)
        os.chdir(command["cwd"])
        os.environ.clear()
        os.environ.update(command["env"])
        time.tzset()  # what the C library read when the first process began
        sys.argv = command["argv"]
        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _number(value: int) -> bytes:
    return value.to_bytes(NUMBER, "big", signed=True)


def _keep(command: Command, standard: Sequence[int], report: socket.socket) -> NoReturn:
    """Be the parent of one command, and tell what becomes of it."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        process = os.fork()
        if process == 0:
            report.close()
            _live(command, standard)
        for descriptor in standard:
            os.close(descriptor)
        with suppress(OSError):  # nobody may want to know any more
            report.sendall(_number(process))
        status = os.waitpid(process, 0)[1]
        with suppress(OSError):
            report.sendall(_number(os.waitstatus_to_exitcode(status)))
    finally:
        os._exit(0)


def serve(requests: socket.socket) -> None:
    """Answer until the other end is closed."""
    _warm_up()
    gc.collect()
    gc.freeze()
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # a keeper tells what there is to tell, and nobody waits for it
    while True:
        length, descriptors, _, _ = socket.recv_fds(requests, NUMBER, DESCRIPTORS)
        if not length:
            return
        command: Command = json.loads(requests.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL))
        *standard, reporting = descriptors
        report = socket.socket(fileno=reporting)
        if os.fork() == 0:
            requests.close()
            _keep(command, standard, report)
        report.close()
        for descriptor in standard:
            os.close(descriptor)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
