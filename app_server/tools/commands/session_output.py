"""What a model reads of a session: a piece of its output, and how it is (tools.md §3.3)."""

import os

import anyio

from app_server.exec.process import signalled_code
from app_server.exec.terminals import Terminal
from app_server.model.cutting import cut_middle, estimated_tokens
from app_server.model.model_info import TruncationPolicy
from app_server.tools.host import ToolHost

_DEFAULT_TOKENS = 10_000


async def wait_for_output(terminal: Terminal, seconds: float) -> float:
    """Wait for its end, for so long at most; how long that was."""
    began = anyio.current_time()
    with anyio.move_on_after(seconds):
        await terminal.told.wait()
    return anyio.current_time() - began


def session_text(host: ToolHost, terminal: Terminal, waited: float, max_tokens: float | None) -> str:
    """What came since the last answer. An ended session is forgotten with it."""
    text = terminal.unread.take().decode("utf-8", "replace")
    status = terminal.process.exit_status if terminal.ended.is_set() else None
    if terminal.ended.is_set():
        host.commands.terminals.forget(terminal.number)
        state = f"Process exited with code {signalled_code(-9 if status is None else status)}"
    else:
        state = f"Process running with session ID {terminal.number}"
    tokens = estimated_tokens(len(text.encode("utf-8", "replace")))
    body = cut_middle(text, TruncationPolicy("tokens", _limit(host, max_tokens)))
    if body is not text:
        body = f"Total output lines: {len(text.splitlines())}\n\n{body}"
    return "\n".join(
        (
            f"Chunk ID: {os.urandom(3).hex()}",
            f"Wall time: {waited:.4f} seconds",
            state,
            f"Original token count: {tokens}",
            "Output:",
            body,
        )
    )


def _limit(host: ToolHost, asked: float | None) -> int:
    policy = host.model.truncation
    own = policy.limit if policy.mode == "tokens" else policy.limit // 4
    return min(int(_DEFAULT_TOKENS if asked is None else max(0, asked)), own)
