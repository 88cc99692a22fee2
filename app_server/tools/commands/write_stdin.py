"""`write_stdin`, carried out: type into a session, or look how far it is (tools.md §3.3)."""

from typing import Final

import anyio

from app_server.exec.process import StdinClosedError
from app_server.tools.arguments import arguments_of
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.commands.session_output import session_text, wait_for_output
from app_server.tools.host import ToolHost
from protocol.item_progress import TerminalInteractionNotification
from protocol.wire import VerbatimModel

_DEFAULT_YIELD_MS: Final = 250
_WRITE_YIELD_MS: Final = (250, 30_000)
_LOOK_YIELD_MS: Final = (5_000, 300_000)
_AFTER_WRITING_SECONDS: Final = 0.1
_CLOSED: Final = (
    "write_stdin failed: stdin is closed for this session; "
    "rerun exec_command with tty=true to keep stdin open"
)


class WriteStdinArgs(VerbatimModel):
    """What the model gives."""

    session_id: int
    chars: str = ""
    yield_time_ms: float | None = None
    max_output_tokens: float | None = None


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Write, wait, and answer with what came since the last answer."""
    asked = arguments_of(call, WriteStdinArgs)
    terminal = host.commands.terminals.use(asked.session_id)
    if terminal is None:
        raise ToolRefusal(f"write_stdin failed: Unknown process id {asked.session_id}")
    if asked.chars:
        try:
            await terminal.process.write(asked.chars.encode("utf-8", "replace"))
        except StdinClosedError as error:
            raise ToolRefusal(_CLOSED) from error
        except OSError as error:
            raise ToolRefusal(f"write_stdin failed: {error.strerror} (os error {error.errno})") from error
        await anyio.sleep(_AFTER_WRITING_SECONDS)
    low, high = _WRITE_YIELD_MS if asked.chars else _LOOK_YIELD_MS
    asked_ms = _DEFAULT_YIELD_MS if asked.yield_time_ms is None else asked.yield_time_ms
    waited = await wait_for_output(terminal, min(max(asked_ms, low), high) / 1000)
    host.emit(
        TerminalInteractionNotification(
            thread_id=host.thread_id,
            turn_id=host.turn_id,
            item_id=terminal.shown.item_id,
            process_id=str(terminal.number),
            stdin=asked.chars,
        )
    )
    return session_text(host, terminal, waited, asked.max_output_tokens)
