"""What a server without the vendor's services, off Windows, answers to those who ask (services.md §10)."""

import shutil
from pathlib import Path
from typing import Final

import anyio.to_thread

from app_server.agent.identifiers import new_item_id
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from protocol.feedback import FeedbackUploadParams, FeedbackUploadResponse
from protocol.jsonrpc import internal_error, invalid_params, invalid_request
from protocol.memory import MemoryResetResponse, MemoryStatusParams, MemoryStatusResponse
from protocol.windows import (
    WindowsSandboxReadinessResponse,
    WindowsSandboxSetupCompletedNotification,
    WindowsSandboxSetupStartParams,
    WindowsSandboxSetupStartResponse,
)

_MEMORY_FOLDERS: Final = ("memories", "memories_extensions")
_MOST_CONSOLIDATED: Final = 4096


class UpkeepHandlers:
    """Memories, feedback, and the sandbox of another platform."""

    def __init__(self, configs: ConfigLoader) -> None:
        self._configs = configs

    async def reset_memory(self, _call: Call, _params: None) -> MemoryResetResponse:
        """Empty the folders of memories, and keep the folders. One that is a link is not followed."""
        try:
            await anyio.to_thread.run_sync(_empty, self._configs.codex_home)
        except OSError as error:
            raise internal_error(f"failed to clear memories: {error.strerror or error}") from error
        return MemoryResetResponse()

    async def memory_status(self, _call: Call, params: MemoryStatusParams) -> MemoryStatusResponse:
        """Nothing is consolidated here; what is ready are the files that users keep themselves."""
        asked = params.min_consolidated_threads
        if asked is not None and not 1 <= asked <= _MOST_CONSOLIDATED:
            raise invalid_params(f"minConsolidatedThreads must be between 1 and {_MOST_CONSOLIDATED}")
        return MemoryStatusResponse(v2_consolidated_threads=0, v2_ready=True)

    async def upload_feedback(self, _call: Call, params: FeedbackUploadParams) -> FeedbackUploadResponse:
        """An id to speak of it by. Nothing is sent: there is no service behind this server."""
        with refusals():
            settings = self._configs.startup().config.table("feedback")
        if settings.get("enabled") is False:
            raise invalid_request("sending feedback is disabled by configuration")
        if params.thread_id is not None:
            return FeedbackUploadResponse(thread_id=thread_id_of(params.thread_id))
        return FeedbackUploadResponse(thread_id=f"no-active-thread-{new_item_id()}")

    async def windows_readiness(self, _call: Call, _params: None) -> WindowsSandboxReadinessResponse:
        return WindowsSandboxReadinessResponse(status="notConfigured")

    async def set_up_windows(
        self, call: Call, params: WindowsSandboxSetupStartParams
    ) -> Reply[WindowsSandboxSetupStartResponse]:
        """It begins, and fails, since this server has no such sandbox."""
        kind = "elevated" if params.mode == "elevated" else "legacy"
        ended = WindowsSandboxSetupCompletedNotification(
            mode=params.mode,
            success=False,
            error=f"{kind} Windows sandbox setup is only supported on Windows",
        )
        return Reply(WindowsSandboxSetupStartResponse(started=True), lambda: call.client.notify(ended))


def _empty(home: Path) -> None:
    for name in _MEMORY_FOLDERS:
        folder = home / name
        if folder.is_symlink():
            raise OSError(f"{folder} is a link")
        if folder.is_dir():
            for entry in folder.iterdir():
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
