"""environment"""

from typing import Literal

from protocol.wire import U64, AppPath, WireModel, omitted


class EnvironmentSkillsParams(WireModel):
    """EnvironmentSkillsParams."""

    required: list[str] | None = None


class EnvironmentAddParams(WireModel):
    """EnvironmentAddParams."""

    environment_id: str
    exec_server_url: str
    auth_bearer_token: str | None = None
    websocket_request_id: str | None = None
    connect_timeout_ms: U64 | None = None
    skills: EnvironmentSkillsParams | None = None


class EnvironmentAddResponse(WireModel):
    """EnvironmentAddResponse."""


class EnvironmentInfoParams(WireModel):
    """EnvironmentInfoParams."""

    environment_id: str


class EnvironmentShellInfo(WireModel):
    """EnvironmentShellInfo."""

    name: str
    path: str


PathUri = str


class EnvironmentInfoResponse(WireModel):
    """EnvironmentInfoResponse."""

    shell: EnvironmentShellInfo
    cwd: PathUri | None = None


EnvironmentStatusKind = Literal["ready", "pending", "disconnected", "unknown"]


class EnvironmentStatusParams(WireModel):
    """EnvironmentStatusParams."""

    environment_id: str


class EnvironmentStatusResponse(WireModel):
    """EnvironmentStatusResponse."""

    status: EnvironmentStatusKind
    error: str | None = omitted()


class TurnEnvironmentParams(WireModel):
    """TurnEnvironmentParams."""

    environment_id: str
    cwd: AppPath
    runtime_workspace_roots: list[AppPath] | None = None
