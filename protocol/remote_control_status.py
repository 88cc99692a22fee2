"""Whether a server can be reached from elsewhere; every client is told when it connects."""

from typing import Literal

from protocol.wire import WireModel

RemoteControlConnectionStatus = Literal["disabled", "connecting", "connected", "errored"]
"""Whether the way is open."""


class RemoteControlStatusChangedNotification(WireModel):
    """`remoteControl/status/changed`; also sent after every handshake."""

    status: RemoteControlConnectionStatus
    server_name: str
    """The machine's."""
    installation_id: str
    """A UUID that stays."""
    environment_id: str | None = None
