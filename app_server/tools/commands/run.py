"""A command as clients see it: its item, its output piece by piece, its end (tools.md §3.3)."""

import time
from typing import Final, Literal

from app_server.exec.output import HeadTail, whole_characters
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.host import ToolHost
from protocol.item import CommandExecutionThreadItem
from protocol.item_parts import CommandExecutionSource
from protocol.item_progress import CommandExecutionOutputDeltaNotification

_DELTA_BYTES: Final = 8192
_MOST_DELTAS: Final = 10_000


class CommandRun:
    """Implements `approvals.proposal.CommandItem`. Every item that has begun is completed once."""

    def __init__(
        self, host: ToolHost, proposal: CommandProposal, source: CommandExecutionSource = "agent"
    ) -> None:
        self._host = host
        self._item = CommandExecutionThreadItem(
            id=proposal.call_id,
            command=proposal.shown,
            cwd=proposal.cwd,
            source=source,
            status="inProgress",
            command_actions=list(proposal.actions),
        )
        self._begun = False
        self._over = False
        self._kept = HeadTail()
        self._partial = b""
        self._deltas = 0
        self._began = time.monotonic()

    def runs_as(self, source: CommandExecutionSource, process_id: str) -> None:
        """It is allowed, and what it is run by has a name; an item that has begun shows that at its end."""
        self._item = self._item.model_copy(update={"source": source, "process_id": process_id})

    def begin(self) -> None:
        if not self._begun:
            self._begun = True
            self._began = time.monotonic()
            self._host.started(self._item)

    def end(self, status: Literal["declined", "failed"]) -> None:
        self.begin()
        self._complete(status, None, None)

    async def hear(self, data: bytes) -> None:
        """Pass output on. Waits for clients that read slowly."""
        self._kept.add(data)
        if self._deltas < _MOST_DELTAS:
            self._partial = self._tell_whole(self._partial + data)
        await self._host.commands.drain()

    def start_over(self) -> None:
        """What came so far is another attempt's."""
        self._kept = HeadTail()

    def finish(self, exit_code: int, *, output: str | None = None) -> None:
        """It has ended. `output` replaces what was heard."""
        if self._partial and self._deltas < _MOST_DELTAS:
            self._tell(self._partial)
        self._partial = b""
        text = self._kept.kept().decode("utf-8", "replace") if output is None else output
        self._complete("completed" if exit_code == 0 else "failed", exit_code, text or None)

    def _tell_whole(self, data: bytes) -> bytes:
        """Show what is whole of it, in pieces; what is left is a character that has only begun."""
        told = 0
        while told < len(data) and self._deltas < _MOST_DELTAS:
            piece = data[told : told + _DELTA_BYTES]
            size = whole_characters(piece)
            if not size:
                break
            self._tell(piece[:size])
            told += size
        rest = data[told:]
        return rest if len(rest) < 4 else b""

    def _tell(self, data: bytes) -> None:
        self._deltas += 1
        self._host.emit(
            CommandExecutionOutputDeltaNotification(
                thread_id=self._host.thread_id,
                turn_id=self._host.turn_id,
                item_id=self._item.id,
                delta=data.decode("utf-8", "replace"),
            )
        )

    def _complete(
        self, status: Literal["completed", "declined", "failed"], exit_code: int | None, output: str | None
    ) -> None:
        if self._over:
            return
        self._over = True
        duration = None if exit_code is None else int((time.monotonic() - self._began) * 1000)
        self._host.completed(
            self._item.model_copy(
                update={
                    "status": status,
                    "exit_code": exit_code,
                    "aggregated_output": output,
                    "duration_ms": duration,
                }
            )
        )
