"""The rows of the table, and one whole measured life of a server that fills them."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from . import commands, prompts, routes
from .process import ServerProcess, ServerSilentError
from .upstream import Upstream, streamed_text

DELTAS = 4000
BURST = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    key: str
    label: str
    unit: str
    meaning: str
    bound: float | None = None
    """Ours divided by the reference's must stay at or below this; None: shown only."""
    higher_is_better: bool = False
    at_most: float | None = None
    """What ours itself must stay at or below, in the row's unit."""
    ours_alone: bool = False
    """Whether the reference has nothing like it."""


ROWS = (
    Row("initialize", "start: initialize", "ms", "spawn → `initialize` answered", 2.0),
    Row(
        "memory_initialized", "memory then", "MiB", "resident, once the request after it is answered too", 1.0
    ),
    Row(
        "first_turn",
        "start: first turn",
        "ms",
        "spawn → end of a first turn, each request after the last's answer",
        1.2,
    ),
    Row("memory_turn", "memory then", "MiB", "resident after the first turn", 1.0),
    Row("thread_start", "thread/start", "ms", "request → answer, warm, median of 20"),
    Row(
        "turn",
        "turn",
        "ms",
        "turn/start → turn/completed, 3 deltas, instant upstream, warm, median of 30",
        0.5,
    ),
    Row("turn_socket", "turn over a websocket", "ms", "the same, asked over an upstream websocket"),
    Row("turn_login", "turn with a login", "ms", "the same over HTTP under a ChatGPT login, no attestation"),
    Row("turn_attested", "turn with attestation", "ms", "the same, from a client that attests"),
    Row(
        "attestation",
        "attestation",
        "ms",
        "the difference of the two, without the client's own time",
        at_most=2.0,
    ),
    Row(
        "turn_command", "turn with a command", "ms", "the same with one `echo hi`, full access, median of 15"
    ),
    Row("turn_patch", "turn with a patch", "ms", "the same with one line of a file changed"),
    Row("output_time", "100 MB of output", "ms", "a turn whose command says as much"),
    Row("output_memory", "memory meanwhile", "MiB", "the most that was resident"),
    Row("delta_cpu", "processor per delta", "µs", f"the server's own, over turns of {DELTAS:,} deltas", 1.0),
    Row("delta_wall", "time per delta", "µs", "the same by the clock"),
    Row("loaded_one", "thread/loaded/list, 1", "req/s", "one request by one", higher_is_better=True),
    Row("loaded_64", "thread/loaded/list, 64", "req/s", "64 requests in flight", higher_is_better=True),
    Row("models_one", "model/list, 1", "req/s", "one request by one", higher_is_better=True),
    Row("models_64", "model/list, 64", "req/s", "64 requests in flight", higher_is_better=True),
    Row(
        "burst",
        f"burst of {BURST:,}",
        "results",
        "written at once; a refusal is no result",
        higher_is_better=True,
    ),
    Row("memory_after", "memory after", "MiB", "resident after all of that"),
    Row("prompt_command", "debug prompt-input", "ms", "spawn → end of the command, median of 5"),
    Row(
        "prompt_fresh",
        "prompt of a new thread",
        "ms",
        "debug/buildPromptInput, warm, median of 20; of the reference its command, the only way it has",
        1.0,
    ),
    *(
        Row(
            f"prompt_{count}",
            f"prompt of {count:,} items",
            "ms",
            "debug/buildPromptInput with `threadId`, warm",
            ours_alone=True,
        )
        for count in prompts.HISTORIES
    ),
    Row("exit", "exit", "ms", "stdin closed → process gone"),
)

Readings = dict[str, float]
_CLIENT = {
    "clientInfo": {"name": "bench", "title": None, "version": "1"},
    "capabilities": {"experimentalApi": True},
}


def measured_life(
    command: Sequence[str], home: Path, upstream: Upstream, wanted: Callable[[str], bool]
) -> Readings:
    """Spawn a server, put it through everything wanted, end it; the readings by row."""
    upstream.answer = streamed_text(3)
    server = ServerProcess(command, home)
    try:
        readings = dict(_start(server, home))
        thread_id = _start_thread(server, home)
        if wanted("thread_start"):
            readings["thread_start"] = median(_timed_ms(lambda: _start_thread(server, home), 20))
        if wanted("turn"):
            readings["turn"] = median(_timed_ms(lambda: server.run_turn(thread_id), 30))
        if wanted("delta_cpu") or wanted("delta_wall"):
            readings |= _stream(server, thread_id, upstream)
        for key, method in (("loaded", "thread/loaded/list"), ("models", "model/list")):
            if wanted(f"{key}_one"):
                readings[f"{key}_one"] = _rate(server, method, count=400, at_once=1)
            if wanted(f"{key}_64"):
                readings[f"{key}_64"] = _rate(server, method, count=1280, at_once=64)
        if wanted("burst"):
            readings["burst"] = _burst(server)
        if any(wanted(key) for key in ("turn_command", "turn_patch", "output_time", "output_memory")):
            readings |= commands.tool_costs(server, home, upstream, wanted)
        readings["memory_after"] = server.resident_mib()
        # Last, because the reference has no such rows, and no long histories in its memory.
        if any(wanted(row.key) for row in ROWS if row.key.startswith("prompt_")):
            readings |= _prompts(server, command, home)
        readings["exit"] = server.end()
    except BaseException:
        server.kill()
        raise
    return readings | _routes(command, home, upstream, wanted)


def _routes(
    command: Sequence[str], home: Path, upstream: Upstream, wanted: Callable[[str], bool]
) -> Readings:
    readings: Readings = {}
    if wanted("turn_socket"):
        readings["turn_socket"] = routes.socket_turn_ms(command, home, upstream)
    if any(wanted(key) for key in ("turn_login", "turn_attested", "attestation")):
        upstream.answer = streamed_text(3)
        without, attested = routes.attestation_costs_ms(command, home, upstream)
        readings |= {"turn_login": without, "turn_attested": attested, "attestation": attested - without}
    return readings


def _start(server: ServerProcess, home: Path) -> Iterator[tuple[str, float]]:
    server.request("initialize", _CLIENT)
    yield "initialize", server.age_ms()
    server.write(b'{"method":"initialized"}\n')
    # A server may answer before it has loaded what it needs next; that counts as its memory all the same.
    server.request("thread/loaded/list", {})
    yield "memory_initialized", server.resident_mib()
    server.run_turn(_start_thread(server, home))
    yield "first_turn", server.age_ms()
    yield "memory_turn", server.resident_mib()


def _start_thread(server: ServerProcess, home: Path) -> str:
    return server.request("thread/start", {"cwd": str(home)})["thread"]["id"]


def _timed_ms(action: Callable[[], object], times: int) -> list[float]:
    action()
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        taken.append((time.perf_counter() - started) * 1e3)
    return taken


def _stream(server: ServerProcess, thread_id: str, upstream: Upstream) -> Readings:
    turns = 4
    upstream.answer = streamed_text(DELTAS)
    server.run_turn(thread_id)
    cpu, clock = server.cpu_us(), time.perf_counter()
    for _ in range(turns):
        server.run_turn(thread_id)
    wall = (time.perf_counter() - clock) * 1e6
    used = server.cpu_us() - cpu
    return {"delta_cpu": used / (turns * DELTAS), "delta_wall": wall / (turns * DELTAS)}


def _prompts(server: ServerProcess, command: Sequence[str], home: Path) -> Readings:
    readings = {"prompt_command": prompts.command_ms(command, home)}
    if not prompts.can_preview(server):
        return {**readings, "prompt_fresh": readings["prompt_command"]}
    readings["prompt_fresh"] = prompts.fresh_thread_ms(server, home)
    for count in prompts.HISTORIES:
        thread_id = _start_thread(server, home)
        readings[f"prompt_{count}"] = prompts.history_ms(server, thread_id, count)
        server.request("thread/unsubscribe", {"threadId": thread_id})
    return readings


def _rate(server: ServerProcess, method: str, *, count: int, at_once: int) -> float:
    server.request(method, {})
    lines = [server.encode(method, {})[1] for _ in range(count)]
    started = time.perf_counter()
    server.write(b"".join(lines[:at_once]))
    sent, answered = at_once, 0
    while answered < count:
        answered += "id" in server.message()
        if sent < count:
            server.write(lines[sent])
            sent += 1
    return count / (time.perf_counter() - started)


def _burst(server: ServerProcess) -> float:
    numbers, lines = zip(*(server.encode("thread/loaded/list", {}) for _ in range(BURST)), strict=True)
    # From a thread: a server that stops reading until its answers are read must not stop this script.
    writer = threading.Thread(target=server.write, args=(b"".join(lines),), daemon=True)
    writer.start()
    waiting = set(numbers)
    results = 0
    try:
        while waiting:
            message = server.message(patience=3.0)
            if message.get("id") in waiting:
                waiting.discard(message["id"])
                results += "result" in message
    except ServerSilentError:
        return float(results)
    return float(results)
