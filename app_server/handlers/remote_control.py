"""`remoteControl/*`: driving this server from elsewhere, through the vendor's relay (services.md §10).

This server has no way to the relay. Whoever asks for it is answered as the reference answers whom the relay
does not let in: it is tried, and has failed.
"""

import socket
from typing import TypedDict

from app_server.handlers.base import Audience, Call, Reply
from protocol.remote_control import (
    RemoteControlDisableParams,
    RemoteControlDisableResponse,
    RemoteControlEnableParams,
    RemoteControlEnableResponse,
    RemoteControlStatusReadResponse,
)
from protocol.remote_control_status import (
    RemoteControlConnectionStatus,
    RemoteControlStatusChangedNotification,
)


class _Facts(TypedDict):
    """What every answer and every notification holds."""

    status: RemoteControlConnectionStatus
    server_name: str
    installation_id: str


class RemoteControlHandlers:
    """Owns the state, which is that of the process."""

    def __init__(self, audience: Audience, installation_id: str) -> None:
        self._audience = audience
        self._installation_id = installation_id
        self._status: RemoteControlConnectionStatus = "disabled"

    async def read(self, _call: Call, _params: None) -> RemoteControlStatusReadResponse:
        return RemoteControlStatusReadResponse(**self._facts())

    async def enable(
        self, _call: Call, _params: RemoteControlEnableParams | None
    ) -> Reply[RemoteControlEnableResponse]:
        """It is being connected, says the answer; that it cannot be is told after it."""
        self._status = "connecting"
        answer = RemoteControlEnableResponse(**self._facts())

        def fail() -> None:
            if self._status == "connecting":
                self._become("errored")

        return Reply(answer, fail)

    async def disable(
        self, _call: Call, _params: RemoteControlDisableParams | None
    ) -> RemoteControlDisableResponse:
        if self._status != "disabled":
            self._become("disabled")
        return RemoteControlDisableResponse(**self._facts())

    def _become(self, status: RemoteControlConnectionStatus) -> None:
        self._status = status
        self._audience.emit(RemoteControlStatusChangedNotification(**self._facts()))

    def _facts(self) -> _Facts:
        return {
            "status": self._status,
            "server_name": socket.gethostname(),
            "installation_id": self._installation_id,
        }
