"""What a command and all that it started take of the machine."""

import os
import sys

import anyio
import pytest

from app_server.exec.process import Command, open_process
from app_server.exec.usage import Usage, usage_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a POSIX shell")

DEADLINE = 60


async def test_what_a_command_starts_counts_for_it() -> None:
    busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done; echo done; sleep 600"
    script = f"sh -c '{busy}' & sleep 600"
    async with open_process(Command(("/bin/sh", "-c", script), "/", dict(os.environ))) as process:
        with anyio.fail_after(DEADLINE):
            assert await process.stdout.receive(100) == b"done\n"

        usage, pid = usage_of(process.pid), process.pid

    assert usage.cpu_percent is not None
    assert usage.cpu_percent > 0
    assert usage.resident_kb is not None
    assert usage.resident_kb > 0
    assert usage_of(pid) == Usage()
