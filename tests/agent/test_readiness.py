"""What a first command would wait for is there before it (P8)."""

import subprocess
import sys

ASKED = """
import sys, anyio
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.readiness import get_ready

def ready():
    names = ("app_server.exec.process", "app_server.tools.commands.exec_command")
    return [name in sys.modules for name in names]

async def main():
    loaded = LoadedThreads(has_subscribers=lambda _: True, on_unloaded=lambda _: None)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: get_ready(loaded, pause=0))
        await anyio.wait_all_tasks_blocked()
        print(ready())
        loaded.first_came.set()
    print(ready())

anyio.run(main)
"""


def test_what_commands_need_is_loaded_once_there_is_a_thread_and_not_before() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n") == ["[False, False]", "[True, True]", ""]
