"""Control of this server from elsewhere."""

from protocol.remote_control_status import RemoteControlConnectionStatus
from protocol.wire import WireModel


class RemoteControlDisableParams(WireModel):
    """`remoteControl/disable`. May be left out altogether."""

    ephemeral: bool = False
    """True: only until the server ends."""


class RemoteControlDisableResponse(WireModel):
    """The state as it is now."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None


class RemoteControlEnableParams(WireModel):
    """`remoteControl/enable`. May be left out altogether."""

    ephemeral: bool = False
    """True: only until the server ends."""


class RemoteControlEnableResponse(WireModel):
    """The state as it is now."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None


class RemoteControlStatusReadResponse(WireModel):
    """The state as it is now."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None
