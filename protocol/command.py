"""command"""

from typing import Literal

from protocol.permissions import PermissionProfile
from protocol.policy import SandboxPolicy
from protocol.wire import I32, I64, U16, Experimental, PathText, USize, WireModel

CommandExecOutputStream = Literal["stdout", "stderr"]


class CommandExecOutputDeltaNotification(WireModel):
    """CommandExecOutputDeltaNotification."""

    process_id: str
    stream: CommandExecOutputStream
    delta_base64: str
    cap_reached: bool


class CommandExecTerminalSize(WireModel):
    """CommandExecTerminalSize."""

    rows: U16
    cols: U16


class CommandExecParams(WireModel):
    """CommandExecParams."""

    command: list[str]
    process_id: str | None = None
    tty: bool = False
    stream_stdin: bool = False
    stream_stdout_stderr: bool = False
    output_bytes_cap: USize | None = None
    disable_output_cap: bool = False
    disable_timeout: bool = False
    timeout_ms: I64 | None = None
    cwd: PathText | None = None
    env: dict[str, str | None] | None = None
    size: CommandExecTerminalSize | None = None
    sandbox_policy: SandboxPolicy | None = None
    permission_profile: Experimental[str | PermissionProfile | None] = None


class CommandExecResizeParams(WireModel):
    """CommandExecResizeParams."""

    process_id: str
    size: CommandExecTerminalSize


class CommandExecResizeResponse(WireModel):
    """CommandExecResizeResponse."""


class CommandExecResponse(WireModel):
    """CommandExecResponse."""

    exit_code: I32
    stdout: str
    stderr: str


class CommandExecTerminateParams(WireModel):
    """CommandExecTerminateParams."""

    process_id: str


class CommandExecTerminateResponse(WireModel):
    """CommandExecTerminateResponse."""


class CommandExecWriteParams(WireModel):
    """CommandExecWriteParams."""

    process_id: str
    delta_base64: str | None = None
    close_stdin: bool = False


class CommandExecWriteResponse(WireModel):
    """CommandExecWriteResponse."""
