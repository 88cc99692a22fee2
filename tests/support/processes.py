"""Processes that a server started, and whether they are gone."""

import time
from collections.abc import Iterable

import psutil

from support.client import Client
from support.patience import patience

SHELLS = ("sleep", "sh", "bash", "bwrap")
"""What tests have commands run. A server may keep programs of its own beside them."""


def running_below(client: Client, sleepers: int = 1) -> list[psutil.Process]:
    """The commands that run below the client's server, once so many of them sleep."""
    deadline = time.monotonic() + patience()
    while True:
        tree = _below(client)
        names = [_name(one) for one in tree]
        if names.count("sleep") >= sleepers:
            return [one for one, name in zip(tree, names, strict=True) if name in SHELLS]
        assert time.monotonic() < deadline, names
        time.sleep(0.01)


def _below(client: Client) -> list[psutil.Process]:
    try:
        return psutil.Process(client.process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []  # one went away while they were looked at


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return "gone"


def assert_gone(processes: Iterable[psutil.Process]) -> None:
    """Wait until all have ended. What has not is ended here, so that no test leaves it to the machine."""
    deadline = time.monotonic() + patience()
    alive = list(processes)
    while (alive := [one for one in alive if not _ended(one)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    for one in alive:
        one.kill()
    assert alive == []


def _ended(process: psutil.Process) -> bool:
    """Also when nobody has asked how: whoever inherits a process may leave it so for long."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.Error:
        return True
