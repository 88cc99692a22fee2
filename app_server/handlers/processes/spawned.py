"""`process/*`: processes outside of any sandbox, whose end is told by a notification (services.md §3)."""

import os
from typing import Final

from app_server.exec.environment import overlaid
from app_server.exec.process import Command
from app_server.handlers.base import Call, Client, Reply
from app_server.handlers.processes.client_processes import (
    DEFAULT_CAP,
    DEFAULT_TIMEOUT_MS,
    ClientProcesses,
    Delta,
    Plan,
    Running,
    Stream,
    Wording,
    refusal,
    text_of,
)
from protocol.jsonrpc import invalid_params, invalid_request
from protocol.process import (
    ProcessExitedNotification,
    ProcessKillParams,
    ProcessKillResponse,
    ProcessOutputDeltaNotification,
    ProcessResizePtyParams,
    ProcessResizePtyResponse,
    ProcessSpawnParams,
    ProcessSpawnResponse,
    ProcessWriteStdinParams,
    ProcessWriteStdinResponse,
)

_WORDING: Final = Wording(
    duplicate="duplicate active process handle: {}",
    unknown="no active process for process handle {}",
    over="process {} is no longer running",
    write="process/writeStdin",
    size="process",
    closed_input="stdin streaming is not enabled for this process",
)


class ProcessHandlers:
    """The processes of all connections."""

    def __init__(self) -> None:
        self._processes = ClientProcesses(_WORDING)

    async def spawn(self, call: Call, params: ProcessSpawnParams) -> Reply[ProcessSpawnResponse]:
        """Answered once it runs. Output that comes before the answer waits for it."""
        _check(params)
        size = self._processes.first_size(params.size, tty=params.tty)
        writable = params.tty or params.stream_stdin
        env = overlaid(os.environ, params.env or {})
        command = Command(params.command, params.cwd, env, terminal=size, input=writable)
        given = params.model_fields_set
        timeout_ms = params.timeout_ms if "timeout_ms" in given else DEFAULT_TIMEOUT_MS
        plan = Plan(
            command,
            cap=params.output_bytes_cap if "output_bytes_cap" in given else DEFAULT_CAP,
            timeout=None if timeout_ms is None else timeout_ms / 1000,
            writable=writable,
            delta=_delta(params),
        )
        try:
            running = await self._processes.start(call.client, params.process_handle, plan)
        except OSError as error:
            raise refusal("failed to spawn process", error) from error
        client, handle = call.client, params.process_handle

        def then() -> None:
            running.told.set()
            client.tasks.start_soon(_tell_end, client, handle, running)

        return Reply(ProcessSpawnResponse(), then)

    async def write_stdin(self, call: Call, params: ProcessWriteStdinParams) -> ProcessWriteStdinResponse:
        await self._processes.write(
            call.client, params.process_handle, params.delta_base64, close=params.close_stdin
        )
        return ProcessWriteStdinResponse()

    async def resize_pty(self, call: Call, params: ProcessResizePtyParams) -> ProcessResizePtyResponse:
        self._processes.resize(call.client, params.process_handle, params.size)
        return ProcessResizePtyResponse()

    async def kill(self, call: Call, params: ProcessKillParams) -> ProcessKillResponse:
        self._processes.find(call.client, params.process_handle).process.kill()
        return ProcessKillResponse()


def _check(params: ProcessSpawnParams) -> None:
    """Raises RpcError."""
    if not params.command:
        raise invalid_request("command must not be empty")
    if not params.process_handle:
        raise invalid_request("processHandle must not be empty")
    if params.size is not None and not params.tty:
        raise invalid_params("process/spawn size requires tty: true")
    if params.timeout_ms is not None and params.timeout_ms < 0:
        raise invalid_params(f"process/spawn timeoutMs must be non-negative, got {params.timeout_ms}")


def _delta(params: ProcessSpawnParams) -> Delta | None:
    if not (params.tty or params.stream_stdout_stderr):
        return None

    def delta(stream: Stream, data: str, last: bool) -> ProcessOutputDeltaNotification:
        return ProcessOutputDeltaNotification(
            process_handle=params.process_handle, stream=stream, delta_base64=data, cap_reached=last
        )

    return delta


async def _tell_end(client: Client, handle: str, running: Running) -> None:
    outcome = await running.result()
    client.notify(
        ProcessExitedNotification(
            process_handle=handle,
            exit_code=outcome.exit_code,
            output_drain_timed_out=outcome.drain_timed_out,
            stdout=text_of(outcome.stdout.kept()),
            stdout_cap_reached=outcome.stdout.full,
            stderr=text_of(outcome.stderr.kept()),
            stderr_cap_reached=outcome.stderr.full,
        )
    )
