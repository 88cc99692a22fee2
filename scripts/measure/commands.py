"""What tools cost a turn: one command, one patch, and a command that says 100 MB.

The thread has full access and asks nobody, so that what is measured is the server and not a sandbox.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import psutil

from .process import ServerProcess
from .upstream import Upstream, streamed_command, streamed_patch, streamed_text

_TURNS = 15
_OUTPUT_BYTES = 100_000_000
_LOUD = f"head -c {_OUTPUT_BYTES} /dev/zero | tr '\\0' x"
_PATIENCE = 120.0
_SAMPLE_SECONDS = 0.01


def tool_costs(
    server: ServerProcess, home: Path, upstream: Upstream, wanted: Callable[[str], bool]
) -> dict[str, float]:
    """The readings of these rows that are wanted."""
    asked = {"cwd": str(home), "sandbox": "danger-full-access", "approvalPolicy": "never"}
    thread_id: str = server.request("thread/start", asked)["thread"]["id"]
    upstream.answer = streamed_text(3)
    readings: dict[str, float] = {}
    if wanted("turn_command"):
        readings["turn_command"] = _turns_ms(
            server, thread_id, upstream, lambda _: streamed_command("echo hi")
        )
    if wanted("turn_patch"):
        (home / "patched.txt").write_text("0\n", "utf-8")
        readings["turn_patch"] = _turns_ms(
            server,
            thread_id,
            upstream,
            lambda number: streamed_patch(
                "*** Begin Patch\n*** Update File: patched.txt\n@@\n"
                f"-{number}\n+{number + 1}\n*** End Patch\n"
            ),
        )
    if wanted("output_time") or wanted("output_memory"):
        readings |= _loud(server, thread_id, upstream)
    return readings


def _turns_ms(
    server: ServerProcess, thread_id: str, upstream: Upstream, call: Callable[[int], bytes]
) -> float:
    """Milliseconds of a turn with such a call, the median of warm ones."""
    taken: list[float] = []
    for number in range(_TURNS + 1):
        upstream.before.append(call(number))
        started = time.perf_counter()
        server.run_turn(thread_id)
        taken.append((time.perf_counter() - started) * 1e3)
    return median(taken[1:])


def _loud(server: ServerProcess, thread_id: str, upstream: Upstream) -> dict[str, float]:
    over = threading.Event()
    peak = [0]

    def watch() -> None:
        weight = psutil.Process(server.weight.pid)
        while not over.wait(_SAMPLE_SECONDS):
            peak[0] = max(peak[0], weight.memory_info().rss)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    upstream.before.append(streamed_command(_LOUD, yield_time_ms=30_000))
    started = time.perf_counter()
    server.run_turn(thread_id, _PATIENCE)
    taken = time.perf_counter() - started
    over.set()
    watcher.join()
    return {"output_time": taken * 1e3, "output_memory": peak[0] / 2**20}
