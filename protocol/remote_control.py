"""Control of this server from elsewhere."""

from typing import Literal

from protocol.wire import WireModel

RemoteControlConnectionStatus = Literal["disabled", "connecting", "connected", "errored"]
"""Whether the way is open."""


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


class RemoteControlStatusChangedNotification(WireModel):
    """`remoteControl/status/changed`; also sent after every handshake."""

    status: RemoteControlConnectionStatus
    server_name: str
    """The machine's."""
    installation_id: str
    """A UUID that stays."""
    environment_id: str | None = None


class RemoteControlStatusReadResponse(WireModel):
    """The state as it is now."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str
    environment_id: str | None = None
