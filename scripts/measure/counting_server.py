"""Our server; on SIGUSR1 it writes how many tasks it has into the file that TASK_COUNT_FILE names."""

import asyncio
import gc
import os
import signal
import sys
from pathlib import Path


def _tell(*_: object) -> None:
    file = Path(os.environ["TASK_COUNT_FILE"])
    running = sum(isinstance(one, asyncio.Task) and not one.done() for one in gc.get_objects())
    whole = file.with_suffix(".new")
    whole.write_text(str(running), "utf-8")
    whole.replace(file)


if __name__ == "__main__":
    from app_server.__main__ import main

    signal.signal(signal.SIGUSR1, _tell)
    sys.exit(main())
