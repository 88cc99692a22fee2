"""`process/*`: processes outside of any sandbox (services.md §3)."""

from typing import Literal

from protocol.wire import I32, I64, U16, AbsolutePath, USize, WireModel, omitted


class ProcessExitedNotification(WireModel):
    """`process/exited`: to the connection that started it."""

    process_handle: str
    exit_code: I32
    output_drain_timed_out: bool | None = omitted()
    """True: something kept the output open after the process had ended."""
    stdout: str
    """Empty when it was streamed."""
    stdout_cap_reached: bool
    stderr: str
    """Empty when it was streamed."""
    stderr_cap_reached: bool


class ProcessKillParams(WireModel):
    """`process/kill`."""

    process_handle: str


class ProcessKillResponse(WireModel):
    """Empty."""


ProcessOutputStream = Literal["stdout", "stderr"]
"""Which of the two."""


class ProcessOutputDeltaNotification(WireModel):
    """`process/outputDelta`: to the connection that started it."""

    process_handle: str
    stream: ProcessOutputStream
    delta_base64: str
    cap_reached: bool


class ProcessTerminalSize(WireModel):
    """In characters."""

    rows: U16
    cols: U16


class ProcessResizePtyParams(WireModel):
    """`process/resizePty`."""

    process_handle: str
    size: ProcessTerminalSize


class ProcessResizePtyResponse(WireModel):
    """Empty."""


class ProcessSpawnParams(WireModel):
    """`process/spawn`. Answered once the process runs."""

    command: list[str]
    """argv; not empty."""
    process_handle: str
    """A name of the client's, unique on its connection."""
    cwd: AbsolutePath
    tty: bool = False
    stream_stdin: bool = False
    stream_stdout_stderr: bool = False
    output_bytes_cap: USize | None = None
    """For each stream; absent: the default, null: no limit."""
    timeout_ms: I64 | None = None
    """Absent: the default, null: none."""
    env: dict[str, str | None] | None = None
    """Name → value, added to the server's; null removes."""
    size: ProcessTerminalSize | None = None


class ProcessSpawnResponse(WireModel):
    """Empty."""


class ProcessWriteStdinParams(WireModel):
    """`process/writeStdin`."""

    process_handle: str
    delta_base64: str | None = None
    close_stdin: bool = False


class ProcessWriteStdinResponse(WireModel):
    """Empty."""
