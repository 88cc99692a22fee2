"""The sandbox on Windows."""

from typing import Literal

from protocol.wire import AbsolutePath, USize, WireModel

WindowsSandboxReadiness = Literal["ready", "notConfigured", "updateRequired"]
"""Whether it can be used."""


class WindowsSandboxReadinessResponse(WireModel):
    """The answer to `windowsSandbox/readiness`."""

    status: WindowsSandboxReadiness


WindowsSandboxSetupMode = Literal["elevated", "unelevated"]
"""With or without an administrator's rights."""


class WindowsSandboxSetupCompletedNotification(WireModel):
    """`windowsSandbox/setupCompleted`: to the connection that asked."""

    mode: WindowsSandboxSetupMode
    success: bool
    error: str | None = None


class WindowsSandboxSetupStartParams(WireModel):
    """`windowsSandbox/setupStart`."""

    mode: WindowsSandboxSetupMode
    cwd: AbsolutePath | None = None


class WindowsSandboxSetupStartResponse(WireModel):
    """It has begun."""

    started: bool


class WindowsWorldWritableWarningNotification(WireModel):
    """`windows/worldWritableWarning`: folders that anybody can write to."""

    sample_paths: list[str]
    extra_count: USize
    """How many more there are."""
    failed_scan: bool
