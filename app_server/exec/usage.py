"""What a running command and all that it has started take of the machine."""

import time
from typing import NamedTuple

import psutil


class Usage(NamedTuple):
    """Each is None when it cannot be told."""

    cpu_percent: float | None = None
    """Of one processor, on average since the command began; may be more than 100."""
    resident_kb: int | None = None


def usage_of(pid: int) -> Usage:
    """Looks at the processes as they are now; what has ended meanwhile counts no more. Never raises."""
    try:
        first = psutil.Process(pid)
        seconds = time.time() - first.create_time()
        tree = [first, *first.children(recursive=True)]
    except psutil.Error:  # it has just ended, or is not ours to look at
        return Usage()
    cpu, resident, seen = 0.0, 0, False
    for process in tree:
        try:
            with process.oneshot():
                times = process.cpu_times()
                resident += process.memory_info().rss
        except psutil.Error:
            continue
        cpu, seen = cpu + times.user + times.system, True
    if not seen:
        return Usage()
    return Usage(round(100 * cpu / seconds, 1) if seconds > 0 else 0.0, resident // 1024)
