"""`shell_command`, carried out: one command, run to its end (tools.md §3.2)."""

import time
from typing import Final, NamedTuple

import anyio

from app_server.exec.output import HeadTail
from app_server.exec.process import READ_BYTES, Process, open_process, signalled_code
from app_server.model.cutting import cut_middle
from app_server.platform.pipes import ReadEnd
from app_server.sandbox.confinement import NoSandboxError
from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.arguments import arguments_of
from app_server.tools.asking.commands import clear_command, clear_retry, denied_by_sandbox
from app_server.tools.call import Output, ToolCall, ToolRefusal
from app_server.tools.commands.approval_arguments import ApprovalArgs, proposal_of
from app_server.tools.commands.run import CommandRun
from app_server.tools.commands.sandboxed import attempt_of, is_confined
from app_server.tools.commands.shells import shell_argv, working_folder
from app_server.tools.host import ToolHost
from app_server.tools.patch.apply_patch import apply
from app_server.tools.patch.shell import intercepted, output_of

_DEFAULT_TIMEOUT_MS: Final = 10_000
_TIMED_OUT: Final = 124
_DRAIN_SECONDS: Final = 2.0


class ShellCommandArgs(ApprovalArgs):
    """What the model gives."""

    command: str
    workdir: str | None = None
    timeout_ms: float | None = None
    login: bool | None = None


class _Ended(NamedTuple):
    exit_code: int
    output: str
    seconds: float


async def run(call: ToolCall, host: ToolHost) -> Output:
    """Run it, and answer with its code, its time and its output."""
    asked = arguments_of(call, ShellCommandArgs)
    argv = shell_argv(asked.command, shell=None, login=asked.login, allow_login=host.commands.allow_login)
    cwd = working_folder(host.cwd, asked.workdir)
    if (given := intercepted(argv, cwd)) is not None:
        return output_of(await apply(call.id, given.text, host, given.cwd))
    proposal = proposal_of("shell_command", call, argv, cwd, asked)
    run = CommandRun(host, proposal)
    cleared = await clear_command(host, proposal, run)
    run.begin()
    timeout = (_DEFAULT_TIMEOUT_MS if asked.timeout_ms is None else asked.timeout_ms) / 1000
    ended = await _attempt(host, proposal, run, timeout, sandboxed=cleared.sandboxed)
    confined = is_confined(host, sandboxed=cleared.sandboxed)
    if (
        confined
        and denied_by_sandbox(ended.exit_code, ended.output)
        and await clear_retry(host, proposal, run, cleared)
    ):
        run.start_over()
        ended = await _attempt(host, proposal, run, timeout, sandboxed=False)
    run.finish(ended.exit_code, output=ended.output)
    return _text(host, ended)


async def _attempt(
    host: ToolHost, proposal: CommandProposal, run: CommandRun, limit: float, *, sandboxed: bool
) -> _Ended:
    """Raises ToolRefusal when it cannot be started; an interrupt ends it and completes its item."""
    began = time.monotonic()
    try:
        command = await attempt_of(host, proposal, host.commands.environment, sandboxed=sandboxed)
        async with open_process(command) as process:
            code, output = await _watch(process, run, limit)
    except NoSandboxError as error:
        run.finish(-1, output=f"execution error: {error}")
        raise ToolRefusal(f"execution error: {error}") from error
    except OSError as error:
        kind = "NotFound" if error.errno == 2 else "PermissionDenied" if error.errno == 13 else "Other"
        text = f'execution error: Io(Os {{ code: {error.errno}, kind: {kind}, message: "{error.strerror}" }})'
        run.finish(-1, output=text)
        raise ToolRefusal(text) from error
    except anyio.get_cancelled_exc_class():
        run.finish(-1)
        raise
    return _Ended(code, output, time.monotonic() - began)


async def _watch(process: Process, run: CommandRun, limit: float) -> tuple[int, str]:
    kept = (HeadTail(), HeadTail())
    timed_out = 0.0
    code = -1
    async with anyio.create_task_group() as tasks:
        done = [anyio.Event(), anyio.Event()]

        async def read(end: ReadEnd, buffer: HeadTail, read_all: anyio.Event) -> None:
            while data := await end.receive(READ_BYTES):
                buffer.add(data)
                await run.hear(data)
            read_all.set()

        for end, buffer, read_all in zip((process.stdout, process.stderr), kept, done, strict=True):
            assert end is not None  # noqa: S101 - it was not asked to be merged
            tasks.start_soon(read, end, buffer, read_all)
        began = time.monotonic()
        with anyio.move_on_after(limit) as scope:
            await process.wait()
        if scope.cancelled_caught:
            timed_out = time.monotonic() - began
            process.kill()
        code = signalled_code(await process.wait())
        with anyio.move_on_after(_DRAIN_SECONDS):
            for read_all in done:
                await read_all.wait()
        tasks.cancel_scope.cancel()
    text = (kept[0].kept() + kept[1].kept()).decode("utf-8", "replace")
    if timed_out:
        return _TIMED_OUT, f"command timed out after {int(timed_out * 1000)} milliseconds\n{text}"
    return code, text


def _text(host: ToolHost, ended: _Ended) -> str:
    body = cut_middle(ended.output, host.model.truncation)
    head = [f"Exit code: {ended.exit_code}", f"Wall time: {_rounded(ended.seconds)} seconds"]
    if body is not ended.output:
        lines = len(ended.output.splitlines())
        if lines != len(body.splitlines()):
            head.append(f"Total output lines: {lines}")
    return "\n".join([*head, "Output:", body])


def _rounded(seconds: float) -> str:
    return f"{seconds:.1f}".removesuffix(".0")
