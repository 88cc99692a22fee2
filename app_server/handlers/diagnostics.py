"""`server/diagnostics`: figures about the process, and never content."""

import os

import psutil

from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Call
from protocol.diagnostics import (
    ServerDiagnosticsGauge,
    ServerDiagnosticsParams,
    ServerDiagnosticsProcess,
    ServerDiagnosticsResponse,
)


class DiagnosticsHandlers:
    """Looks at the process when it is asked."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def read(self, call: Call, _params: ServerDiagnosticsParams) -> ServerDiagnosticsResponse:
        """The requests are those of the connection that asks, this one among them."""
        own = os.getpid()
        gauges = {
            "app.requests.in_flight": call.client.open_requests,
            "app.requests.queued": call.client.queued_requests,
            "app.threads.loaded": len(self._loaded.ids()),
        }
        return ServerDiagnosticsResponse(
            process=ServerDiagnosticsProcess(
                id=own, resident_memory_bytes=psutil.Process(own).memory_info().rss
            ),
            gauges=[ServerDiagnosticsGauge(name=name, value=value) for name, value in gauges.items()],
        )
