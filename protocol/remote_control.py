"""remote_control"""

from typing import Literal

from protocol.wire import WireModel

RemoteControlConnectionStatus = Literal["disabled", "connecting", "connected", "errored"]


class RemoteControlDisableParams(WireModel):
    """RemoteControlDisableParams."""

    ephemeral: bool = False


class RemoteControlDisableResponse(WireModel):
    """RemoteControlDisableResponse."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None


class RemoteControlEnableParams(WireModel):
    """RemoteControlEnableParams."""

    ephemeral: bool = False


class RemoteControlEnableResponse(WireModel):
    """RemoteControlEnableResponse."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None


class RemoteControlStatusChangedNotification(WireModel):
    """RemoteControlStatusChangedNotification."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None


class RemoteControlStatusReadResponse(WireModel):
    """RemoteControlStatusReadResponse."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None
