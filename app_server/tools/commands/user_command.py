"""A command of the user's own: in no sandbox, asked of nobody, in the user's login shell (tools.md §3)."""

import time
from typing import Final, NamedTuple

import anyio

from app_server.exec.output import HeadTail
from app_server.exec.process import READ_BYTES, Command, Process, open_process, signalled_code
from app_server.model.cutting import cut_middle
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.commands.actions import command_actions
from app_server.tools.commands.run import CommandRun
from app_server.tools.commands.shells import shell_argv, shown
from app_server.tools.host import ToolHost

_LIMIT_SECONDS: Final = 3600.0
_TIMED_OUT: Final = 124
_TRAILING_SECONDS: Final = 2.0
_ABORTED: Final = "command aborted by user"


class UserCommand(NamedTuple):
    """What the user typed."""

    id: str
    """Of the item that shows it."""
    script: str
    timeout_ms: int | None = None


class UserResult(NamedTuple):
    """How it ended, as the model is told."""

    exit_code: int
    seconds: float
    output: str


async def run_user_command(command: UserCommand, host: ToolHost, env: dict[str, str]) -> UserResult:
    """Run it to its end and show it. Cancelled, it is ended and its item completed before that goes on."""
    argv = shell_argv(command.script, shell=None, login=True, allow_login=True)
    actions = command_actions(argv, host.cwd)
    proposal = CommandProposal("shell_command", command.id, argv, shown(argv), host.cwd, actions)
    run = CommandRun(host, proposal, "userShell")
    run.begin()
    began = time.monotonic()
    limit = _LIMIT_SECONDS if command.timeout_ms is None else max(0, command.timeout_ms) / 1000
    kept = HeadTail()
    try:
        async with open_process(Command(argv, host.cwd, env, merged=True)) as process:
            code = await _watch(process, run, kept, limit)
    except OSError as error:
        code, text = -1, f"execution error: {error.strerror} (os error {error.errno})"
    except anyio.get_cancelled_exc_class():
        run.finish(-1, output=_ABORTED)
        raise
    else:
        text = kept.kept().decode("utf-8", "replace")
    run.finish(code, output=text)
    return UserResult(code, time.monotonic() - began, cut_middle(text, host.model.truncation))


def aborted(seconds: float) -> UserResult:
    """Of a command that was interrupted."""
    return UserResult(-1, seconds, _ABORTED)


async def _watch(process: Process, run: CommandRun, kept: HeadTail, limit: float) -> int:
    code, timed_out = -1, False
    async with anyio.create_task_group() as tasks:
        all_read = anyio.Event()

        async def read() -> None:
            while data := await process.stdout.receive(READ_BYTES):
                kept.add(data)
                await run.hear(data)
            all_read.set()

        tasks.start_soon(read)
        with anyio.move_on_after(limit) as scope:
            await process.wait()
        if timed_out := scope.cancelled_caught:
            process.kill()
        code = signalled_code(await process.wait())
        with anyio.move_on_after(_TRAILING_SECONDS):  # something it left running may hold the pipe
            await all_read.wait()
        tasks.cancel_scope.cancel()
    return _TIMED_OUT if timed_out else code
