"""windows"""

from typing import Literal

from protocol.wire import AbsolutePath, USize, WireModel

WindowsSandboxReadiness = Literal["ready", "notConfigured", "updateRequired"]


class WindowsSandboxReadinessResponse(WireModel):
    """WindowsSandboxReadinessResponse."""

    status: WindowsSandboxReadiness


WindowsSandboxSetupMode = Literal["elevated", "unelevated"]


class WindowsSandboxSetupCompletedNotification(WireModel):
    """WindowsSandboxSetupCompletedNotification."""

    mode: WindowsSandboxSetupMode
    success: bool
    error: str | None = None


class WindowsSandboxSetupStartParams(WireModel):
    """WindowsSandboxSetupStartParams."""

    mode: WindowsSandboxSetupMode
    cwd: AbsolutePath | None = None


class WindowsSandboxSetupStartResponse(WireModel):
    """WindowsSandboxSetupStartResponse."""

    started: bool


class WindowsWorldWritableWarningNotification(WireModel):
    """WindowsWorldWritableWarningNotification."""

    sample_paths: list[str]
    extra_count: USize
    failed_scan: bool
