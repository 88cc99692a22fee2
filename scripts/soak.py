"""Run turns with commands on one server, and see what is left: `.venv/bin/python scripts/soak.py`.

A thread takes ten turns, after which it is archived. The commands end by themselves, fail, say much, leave a
process behind, or go on when their turn is over. The first part of the turns warms the server up; what it
has then is compared with what it has at the end: child processes, descriptors, tasks, memory. The
exit code is 0 when nothing is left over and the memory is flat.
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from environment import ROOT, say
from measure.process import ServerProcess
from measure.upstream import Upstream, instant_upstream, streamed_command, streamed_text

TURNS_OF_A_THREAD = 10
COMMANDS = (
    ("echo hi", 10_000),
    ("echo no >&2; exit 3", 10_000),
    ("head -c 200000 /dev/zero | tr '\\0' x", 10_000),
    ("sleep 600 & echo left one behind", 10_000),
    ("echo going on; sleep 600", 250),
)
GROWTH_MIB = 6.0
"""What an allocator may keep of a heap that is not growing."""
SETTLE_SECONDS = 15.0


class Left(NamedTuple):
    """What a server has."""

    children: int
    descriptors: int
    threads: int
    tasks: int
    resident_mib: float

    def line(self) -> str:
        return (
            f"{self.children} child processes, {self.descriptors} descriptors, {self.threads} threads, "
            f"{self.tasks} tasks, {self.resident_mib:.1f} MiB"
        )


class Soaked:
    """The server under the soak."""

    def __init__(self, home: Path, upstream: Upstream) -> None:
        self._home = home
        self._upstream = upstream
        self._count = home / "tasks"
        server = Path(__file__).parent / "measure" / "counting_server.py"
        os.environ["TASK_COUNT_FILE"] = str(self._count)
        self.server = ServerProcess([sys.executable, str(server), "app-server"], home)
        client = {"name": "soak", "title": None, "version": "1"}
        self.server.request("initialize", {"clientInfo": client, "capabilities": None})
        self.server.write(b'{"method":"initialized"}\n')

    def run(self, first: int, turns: int) -> None:
        """So many turns, from the one of this number on; all threads are gone afterwards."""
        thread_id = ""
        for number in range(first, first + turns):
            if not thread_id:
                thread_id = self._start_thread()
            script, patience_ms = COMMANDS[number % len(COMMANDS)]
            self._upstream.before.append(streamed_command(script, yield_time_ms=patience_ms))
            self.server.run_turn(thread_id)
            if number % TURNS_OF_A_THREAD == TURNS_OF_A_THREAD - 1 or number == first + turns - 1:
                self.server.request("thread/archive", {"threadId": thread_id})
                thread_id = ""

    def left(self, at_most: Left | None = None) -> Left:
        """What it has, once it has no more than that, or when it does not come to it."""
        ends = time.monotonic() + SETTLE_SECONDS
        while True:
            found = self._left()
            if at_most is None or over(found, at_most) == [] or time.monotonic() > ends:
                return found
            time.sleep(0.2)

    def _start_thread(self) -> str:
        asked = {"cwd": str(self._home), "sandbox": "danger-full-access", "approvalPolicy": "never"}
        return self.server.request("thread/start", asked)["thread"]["id"]

    def _left(self) -> Left:
        process = self.server.weight
        with process.oneshot():
            return Left(
                len(process.children(recursive=True)),
                process.num_fds(),
                process.num_threads(),
                self._tasks(),
                self.server.resident_mib(),
            )

    def _tasks(self) -> int:
        self._count.unlink(missing_ok=True)
        self.server.weight.send_signal(signal.SIGUSR1)
        while not self._count.exists():
            time.sleep(0.01)
        return int(self._count.read_text("utf-8"))


def over(found: Left, allowed: Left) -> list[str]:
    """What there is more of than there was. Threads come and go by the load: they are shown only."""
    counted = [
        name for name in ("children", "descriptors", "tasks") if getattr(found, name) > getattr(allowed, name)
    ]
    grown = found.resident_mib > allowed.resident_mib + GROWTH_MIB
    return [*counted, *(["memory"] if grown else [])]


def main() -> int:
    """Soak and print; answer the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--turns", type=int, default=500, help="turns in all (default 500)")
    turns: int = parser.parse_args().turns
    warm = max(TURNS_OF_A_THREAD, turns // 5)
    with _home() as home, instant_upstream() as upstream:
        upstream.answer = streamed_text(3)
        config = f'[model_providers.soak]\nname = "soak"\nbase_url = "{upstream.base_url}"\n'
        head = 'model = "gpt-5.4"\nmodel_provider = "soak"\n'
        (home / "config.toml").write_text(head + config, "utf-8")
        soaked = Soaked(home, upstream)
        try:
            began = time.monotonic()
            soaked.run(0, warm)
            before = after = soaked.left()
            print(f"after {warm:4} turns: {before.line()}", flush=True)
            done = warm
            while done < turns:
                part = min(max(TURNS_OF_A_THREAD, turns // 5), turns - done)
                soaked.run(done, part)
                done += part
                after = soaked.left(before)
                print(f"after {done:4} turns: {after.line()}", flush=True)
            say(f"{turns} turns in {time.monotonic() - began:.0f} s")
            soaked.server.end()
        finally:
            soaked.server.kill()
    more = over(after, before)
    print("left over: " + ", ".join(more) if more else "nothing is left over, and the memory is flat")
    return 1 if more else 0


@contextmanager
def _home() -> Generator[Path]:
    """Not in the system's folder for temporary files, which commands may write to."""
    folder = ROOT / "build" / "soak"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        yield Path(home)


if __name__ == "__main__":
    sys.exit(main())
