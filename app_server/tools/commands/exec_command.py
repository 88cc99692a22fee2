"""`exec_command`, carried out: a command in a session that may go on (tools.md §3.3)."""

from typing import Final

import anyio

from app_server.exec.process import signalled_code
from app_server.exec.terminals import Shown, Terminal
from app_server.platform.pipes import TerminalSize
from app_server.sandbox.confinement import NoSandboxError
from app_server.tools.approvals.proposal import CommandProposal, exec_command_failed
from app_server.tools.arguments import arguments_of
from app_server.tools.asking.commands import clear_command, clear_retry, denied_by_sandbox
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.commands.approval_arguments import ApprovalArgs, proposal_of
from app_server.tools.commands.run import CommandRun
from app_server.tools.commands.sandboxed import attempt_of, is_confined
from app_server.tools.commands.session_output import session_text, wait_for_output
from app_server.tools.commands.shells import shell_argv, working_folder
from app_server.tools.host import ToolHost
from app_server.tools.patch.apply_patch import apply
from app_server.tools.patch.shell import intercepted, output_of

_WINDOW_SECONDS: Final = 0.15
"""What ends within it took no time, and only such a command is tried again without a sandbox."""
_DEFAULT_YIELD_MS: Final = 10_000
_YIELD_MS: Final = (250, 30_000)


class ExecCommandArgs(ApprovalArgs):
    """What the model gives."""

    cmd: str
    workdir: str | None = None
    shell: str | None = None
    login: bool | None = None
    tty: bool = False
    yield_time_ms: float | None = None
    max_output_tokens: float | None = None


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Begin it, and answer with what it said until it ended or the time to wait was over."""
    asked = arguments_of(call, ExecCommandArgs)
    argv = shell_argv(asked.cmd, shell=asked.shell, login=asked.login, allow_login=host.commands.allow_login)
    cwd = working_folder(host.cwd, asked.workdir)
    if (given := intercepted(argv, cwd)) is not None:
        applied = output_of(await apply(call.id, given.text, host, given.cwd))
        return f"Wall time: 0.0000 seconds\nOutput:\n{applied}"  # no session's time: there was none
    proposal = proposal_of("exec_command", call, argv, cwd, asked, tty=asked.tty)
    attempt, terminal = await _begun(host, proposal)
    waited = await _first_output(attempt, terminal, _wait_seconds(asked.yield_time_ms))
    return session_text(host, terminal, waited, asked.max_output_tokens)


async def _begun(host: ToolHost, proposal: CommandProposal) -> "tuple[_Attempt, Terminal]":
    """Have the command allowed and started: in its sandbox, then outside if it was denied and may go there.

    Raises ToolRefusal.
    """
    number = host.commands.terminals.new_number()
    shown_run = CommandRun(host, proposal)
    cleared = await clear_command(host, proposal, shown_run)
    shown_run.runs_as("unifiedExecStartup", str(number))
    shown_run.begin()
    attempt = _Attempt(host, proposal, shown_run, number)
    try:
        terminal = await attempt.start(sandboxed=cleared.sandboxed)
        if (
            is_confined(host, sandboxed=cleared.sandboxed)
            and terminal.ended.is_set()
            and attempt.denied(terminal)
            and await clear_retry(host, proposal, shown_run, cleared)
        ):
            attempt.abandon()
            shown_run.start_over()
            attempt = _Attempt(host, proposal, shown_run, number)
            terminal = await attempt.start(sandboxed=False)
    except ToolRefusal:
        shown_run.end("failed")
        attempt.abandon()
        raise
    except anyio.get_cancelled_exc_class():
        await attempt.stop()
        raise
    attempt.settled.set()
    return attempt, terminal


async def _first_output(attempt: "_Attempt", terminal: Terminal, seconds: float) -> float:
    """Wait until it has ended, or for so long; how many seconds that took."""
    waited = 0.0
    try:
        if not terminal.ended.is_set():
            waited = await wait_for_output(terminal, seconds)
        if terminal.ended.is_set():
            await terminal.told.wait()
    except anyio.get_cancelled_exc_class():
        await attempt.stop()
        raise
    return waited


def _wait_seconds(asked_ms: float | None) -> float:
    low, high = _YIELD_MS
    return min(max(_DEFAULT_YIELD_MS if asked_ms is None else asked_ms, low), high) / 1000


class _Attempt:
    """One try at it. Its item is completed once it is settled that there is no other."""

    def __init__(self, host: ToolHost, proposal: CommandProposal, shown_run: CommandRun, number: int) -> None:
        self._host = host
        self._proposal = proposal
        self._run = shown_run
        self._number = number
        self._terminal: Terminal | None = None
        self._abandoned = False
        self.settled = anyio.Event()

    async def start(self, *, sandboxed: bool) -> Terminal:
        """Begin, and give it a moment to end. Raises ToolRefusal."""
        proposal = self._proposal
        try:
            command = await attempt_of(
                self._host, proposal, self._host.commands.session_environment, sandboxed=sandboxed
            )
            command = command._replace(terminal=TerminalSize() if proposal.tty else None, merged=True)
            terminal = await self._host.commands.terminals.start(
                self._number,
                Shown(proposal.call_id, proposal.shown, proposal.cwd),
                command,
                self._run.hear,
                self._ended,
            )
        except NoSandboxError as error:
            raise ToolRefusal(exec_command_failed(proposal.argv, str(error))) from error
        except OSError as error:
            reason = f"Failed to create unified exec process: {error.strerror} (os error {error.errno})"
            raise ToolRefusal(exec_command_failed(proposal.argv, reason)) from error
        self._terminal = terminal
        with anyio.move_on_after(_WINDOW_SECONDS):
            await terminal.ended.wait()
        return terminal

    def denied(self, terminal: Terminal) -> bool:
        status = terminal.process.exit_status
        said = terminal.unread.kept().decode("utf-8", "replace")
        return denied_by_sandbox(signalled_code(status or 0), said)

    def abandon(self) -> None:
        """Another attempt follows, whose end is the command's."""
        self._abandoned = True
        self.settled.set()
        self._host.commands.terminals.forget(self._number)

    async def stop(self) -> None:
        """The turn was interrupted: it ends, and its item with it."""
        self.settled.set()
        if self._terminal is not None:
            with anyio.CancelScope(shield=True):
                await self._terminal.close()
            self._host.commands.terminals.forget(self._number)
        self._run.finish(-1)

    async def _ended(self, status: int) -> None:
        with anyio.CancelScope(shield=True):
            await self.settled.wait()
        if not self._abandoned:
            self._run.finish(signalled_code(status))
