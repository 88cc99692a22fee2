"""What building a prompt costs: by a command of its own, in a running server, with a long history."""

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from .process import Message, ServerProcess

HISTORIES = (1_000, 10_000, 20_000)
"""Items in the histories that the cost is shown for."""
_METHOD = "debug/buildPromptInput"


def command_ms(command: Sequence[str], home: Path, times: int = 5) -> float:
    """`debug prompt-input`, spawn to end. `command` is the server's and ends with `app-server`."""
    words = [*command[:-1], "debug", "prompt-input", "hello"]
    environment = {**os.environ, "CODEX_HOME": str(home)}
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        subprocess.run(
            words, cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
        )
        taken.append((time.perf_counter() - started) * 1e3)
    return median(taken)


def can_preview(server: ServerProcess) -> bool:
    """Whether the server builds prompts on request; the reference has its command alone."""
    number, line = server.encode(_METHOD, {})
    server.write(line)
    while (message := server.message()).get("id") != number:
        pass
    return "result" in message


def fresh_thread_ms(server: ServerProcess, home: Path) -> float:
    """A prompt for a new thread, by request; the median of 20."""
    params: Message = {"cwd": str(home), "input": [{"type": "text", "text": "hello"}]}
    return _request_ms(server, params, 20)


def history_ms(server: ServerProcess, thread_id: str, items: int) -> float:
    """The prompt of the next turn of a thread with so many items in its history; the median of 5."""
    server.request("thread/inject_items", {"threadId": thread_id, "items": _history(items)})
    return _request_ms(server, {"threadId": thread_id, "input": [{"type": "text", "text": "go on"}]}, 5)


def _request_ms(server: ServerProcess, params: Message, times: int) -> float:
    server.request(_METHOD, params)
    taken: list[float] = []
    for _ in range(times):
        number, line = server.encode(_METHOD, params)
        started = time.perf_counter()
        server.write(line)
        # Looked at as bytes: parsing thousands of items here would measure this script.
        while b'"id":%d,' % number not in server.line()[:40]:
            pass
        taken.append((time.perf_counter() - started) * 1e3)
    return median(taken)


def _history(items: int) -> list[Message]:
    """A user's words, a call, its output and an answer, over and over."""
    history: list[Message] = []
    for number in range(items // 4):
        call_id = f"call-{number}"
        said = [{"type": "input_text", "text": f"question {number} " * 8}]
        answer = [{"type": "output_text", "text": f"answer {number} " * 16}]
        history += [
            {"type": "message", "role": "user", "content": said},
            {
                "type": "function_call",
                "name": "exec_command",
                "arguments": '{"cmd": "ls"}',
                "call_id": call_id,
            },
            {"type": "function_call_output", "call_id": call_id, "output": "a file\n" * 30},
            {"type": "message", "role": "assistant", "content": answer},
        ]
    return history
