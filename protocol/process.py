"""process"""

from typing import Literal

from protocol.wire import I32, I64, U16, AbsolutePath, USize, WireModel, omitted


class ProcessExitedNotification(WireModel):
    """ProcessExitedNotification."""

    process_handle: str
    exit_code: I32
    output_drain_timed_out: bool | None = omitted()
    stdout: str
    stdout_cap_reached: bool
    stderr: str
    stderr_cap_reached: bool


class ProcessKillParams(WireModel):
    """ProcessKillParams."""

    process_handle: str


class ProcessKillResponse(WireModel):
    """ProcessKillResponse."""


ProcessOutputStream = Literal["stdout", "stderr"]


class ProcessOutputDeltaNotification(WireModel):
    """ProcessOutputDeltaNotification."""

    process_handle: str
    stream: ProcessOutputStream
    delta_base64: str
    cap_reached: bool


class ProcessTerminalSize(WireModel):
    """ProcessTerminalSize."""

    rows: U16
    cols: U16


class ProcessResizePtyParams(WireModel):
    """ProcessResizePtyParams."""

    process_handle: str
    size: ProcessTerminalSize


class ProcessResizePtyResponse(WireModel):
    """ProcessResizePtyResponse."""


class ProcessSpawnParams(WireModel):
    """ProcessSpawnParams."""

    command: list[str]
    process_handle: str
    cwd: AbsolutePath
    tty: bool = False
    stream_stdin: bool = False
    stream_stdout_stderr: bool = False
    output_bytes_cap: USize | None = None
    timeout_ms: I64 | None = None
    env: dict[str, str | None] | None = None
    size: ProcessTerminalSize | None = None


class ProcessSpawnResponse(WireModel):
    """ProcessSpawnResponse."""


class ProcessWriteStdinParams(WireModel):
    """ProcessWriteStdinParams."""

    process_handle: str
    delta_base64: str | None = None
    close_stdin: bool = False


class ProcessWriteStdinResponse(WireModel):
    """ProcessWriteStdinResponse."""
