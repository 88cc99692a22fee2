"""`command/exec`: one command in the server's sandbox (services.md §2)."""

from typing import Literal

from protocol.permissions import PermissionProfile
from protocol.policy import SandboxPolicy
from protocol.wire import I32, I64, U16, Experimental, PathText, USize, WireModel

CommandExecOutputStream = Literal["stdout", "stderr"]
"""Which of the two."""


class CommandExecOutputDeltaNotification(WireModel):
    """`command/exec/outputDelta`: output of the command, to the connection that started it."""

    process_id: str
    stream: CommandExecOutputStream
    delta_base64: str
    cap_reached: bool
    """True on the last piece when there was more than the limit."""


class CommandExecTerminalSize(WireModel):
    """In characters."""

    rows: U16
    cols: U16


class CommandExecParams(WireModel):
    """`command/exec`. Answered when the command has ended."""

    command: list[str]
    """argv; not empty."""
    process_id: str | None = None
    """A name of the client's, unique on its connection; needed for what follows."""
    tty: bool = False
    """True: in a terminal; implies streaming both ways."""
    stream_stdin: bool = False
    """True: `command/exec/write` may be used."""
    stream_stdout_stderr: bool = False
    """True: output comes as notifications, and the answer's texts are empty."""
    output_bytes_cap: USize | None = None
    """For each stream; absent or null: 1 MiB."""
    disable_output_cap: bool = False
    disable_timeout: bool = False
    timeout_ms: I64 | None = None
    """Absent: the server's default."""
    cwd: PathText | None = None
    """A relative one counts from the server's."""
    env: dict[str, str | None] | None = None
    """Name → value, added to the server's; null removes."""
    size: CommandExecTerminalSize | None = None
    """With `tty` only."""
    sandbox_policy: SandboxPolicy | None = None
    permission_profile: Experimental[str | PermissionProfile | None] = None
    """Its name; clients of 0.131 send it spelled out. Not together with `sandboxPolicy`."""


class CommandExecResizeParams(WireModel):
    """`command/exec/resize`."""

    process_id: str
    size: CommandExecTerminalSize


class CommandExecResizeResponse(WireModel):
    """Empty."""


class CommandExecResponse(WireModel):
    """How it ended."""

    exit_code: I32
    stdout: str
    """Empty when it was streamed."""
    stderr: str
    """Empty when it was streamed."""


class CommandExecTerminateParams(WireModel):
    """`command/exec/terminate`."""

    process_id: str


class CommandExecTerminateResponse(WireModel):
    """Empty."""


class CommandExecWriteParams(WireModel):
    """`command/exec/write`: input for the command."""

    process_id: str
    delta_base64: str | None = None
    close_stdin: bool = False
    """True: and no more will come."""


class CommandExecWriteResponse(WireModel):
    """Empty."""
