"""Machines that commands run on."""

from typing import Literal

from protocol.wire import U64, WireModel, omitted


class EnvironmentSkillsParams(WireModel):
    """What to do about the skills of an environment."""

    required: list[str] | None = None


class EnvironmentAddParams(WireModel):
    """`environment/add`: a machine that is reached over the network."""

    environment_id: str
    exec_server_url: str
    auth_bearer_token: str | None = None
    websocket_request_id: str | None = None
    connect_timeout_ms: U64 | None = None
    skills: EnvironmentSkillsParams | None = None


class EnvironmentAddResponse(WireModel):
    """Empty."""


class EnvironmentInfoParams(WireModel):
    """`environment/info`."""

    environment_id: str


class EnvironmentShellInfo(WireModel):
    """Its shell."""

    name: str
    path: str


PathUri = str
"""A path as an address."""


class EnvironmentInfoResponse(WireModel):
    """What is known of it."""

    shell: EnvironmentShellInfo
    cwd: PathUri | None = None


EnvironmentStatusKind = Literal["ready", "pending", "disconnected", "unknown"]
"""Whether it can be reached."""


class EnvironmentStatusParams(WireModel):
    """`environment/status`."""

    environment_id: str


class EnvironmentStatusResponse(WireModel):
    """Whether it can be reached."""

    status: EnvironmentStatusKind
    error: str | None = omitted()
