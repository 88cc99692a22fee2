"""Children as jobs, on Windows: all that a job holds ends when its handle closes, also by our own death.

Written with care and never run: there is no such machine among those that test this.
"""

import subprocess
import sys
from functools import partial

import anyio.to_thread

from app_server.platform.children import Order
from app_server.platform.popen_children import PopenChild

_KILL_ON_JOB_CLOSE = 0x2000
_EXTENDED_LIMITS = 9


class JobChild(PopenChild):
    """Implements `children.Child`. Create and use it on the loop."""

    def __init__(self, process: "subprocess.Popen[bytes]", job: int) -> None:
        super().__init__(process)
        self._job = job

    def ask_to_end(self) -> None:
        """There is no such thing for a process without a console of its own."""

    def kill(self) -> None:
        if self._job and sys.platform == "win32":
            _kernel().TerminateJobObject(self._job, 1)
        elif self._process.returncode is None:
            self._process.kill()  # by its handle, not by its number

    def release(self) -> None:
        job, self._job = self._job, 0
        if job and sys.platform == "win32":
            _kernel().CloseHandle(job)


async def start_in_job(order: Order) -> JobChild:
    """Raises OSError."""
    process, job = await anyio.to_thread.run_sync(partial(_start, order))
    return JobChild(process, job)


def _start(order: Order) -> "tuple[subprocess.Popen[bytes], int]":
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    process = subprocess.Popen(  # noqa: S603 - what to run is decided above
        list(order.argv),
        cwd=order.cwd,
        env=dict(order.env),
        stdin=order.stdin,
        stdout=order.stdout,
        stderr=order.stderr,
        creationflags=flags,
    )
    return process, _job_of(process)


def _job_of(process: "subprocess.Popen[bytes]") -> int:
    """A job that holds the process; 0 when the system allows none. What it starts joins it by itself."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", wintypes.LARGE_INTEGER),
            ("job_time", wintypes.LARGE_INTEGER),
            ("flags", wintypes.DWORD),
            ("smallest", ctypes.c_size_t),
            ("largest", ctypes.c_size_t),
            ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t),
            ("priority", wintypes.DWORD),
            ("scheduling", wintypes.DWORD),
        )

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic),
            ("counters", ctypes.c_ulonglong * 6),
            ("memory", ctypes.c_size_t * 4),
        )

    kernel = _kernel()
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    job = kernel.CreateJobObjectW(None, None)
    if not job:
        return 0
    limits = Extended()
    limits.basic.flags = _KILL_ON_JOB_CLOSE
    kernel.SetInformationJobObject(
        wintypes.HANDLE(job), _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    handle = wintypes.HANDLE(int(getattr(process, "_handle")))  # noqa: B009 - Popen has no other name for it
    kernel.AssignProcessToJobObject(wintypes.HANDLE(job), handle)
    return int(job)


if sys.platform == "win32":

    def _kernel():  # noqa: ANN202 - ctypes has no name for it
        import ctypes

        return ctypes.WinDLL("kernel32", use_last_error=True)
