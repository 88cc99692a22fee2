"""`hooks/list`: the hooks of folders, and whether each may run (services.md §7)."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

import anyio.to_thread

from app_server.config.errors import ConfigError
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.hooks.discovery import find_hooks
from app_server.hooks.hook import Hook
from app_server.plugins.brought import all_brought_hooks
from protocol.hook import (
    CommandHookMetadata,
    HookErrorInfo,
    HookEventName,
    HooksListEntry,
    HooksListParams,
    HooksListResponse,
    HookSource,
)


class HookHandlers:
    """Reads the configuration as it is now, each time."""

    def __init__(self, configs: ConfigLoader) -> None:
        self._configs = configs

    async def list_all(self, _call: Call, params: HooksListParams) -> HooksListResponse:
        """The hooks of each folder; of the server's own folder when none is named."""
        folders = params.cwds or [str(self._configs.launch_folder)]
        return HooksListResponse(data=await anyio.to_thread.run_sync(partial(self._entries, folders)))

    def _entries(self, folders: Sequence[str]) -> list[HooksListEntry]:
        return [self._entry(folder) for folder in folders]

    def _entry(self, folder: str) -> HooksListEntry:
        try:
            config = self._configs.load(cwd=Path(folder) if folder else None)
        except ConfigError as error:
            problem = HookErrorInfo(path=folder, message=str(error))
            return HooksListEntry(cwd=folder, hooks=[], warnings=[], errors=[problem])
        if not config.feature("hooks"):
            return HooksListEntry(cwd=folder, hooks=[], warnings=[], errors=[])
        found = find_hooks(config.stack, all_brought_hooks(config))
        return HooksListEntry(
            cwd=folder, hooks=[_on_wire(hook) for hook in found.hooks], warnings=found.warnings, errors=[]
        )


def _on_wire(hook: Hook) -> CommandHookMetadata:
    return CommandHookMetadata(
        key=hook.key,
        event_name=cast("HookEventName", hook.moment.wire),
        matcher=hook.matcher,
        command=hook.command,
        timeout_sec=hook.timeout_seconds,
        status_message=hook.status_message,
        source_path=str(hook.file),
        source=cast("HookSource", hook.source),
        display_order=hook.order,
        enabled=hook.enabled,
        is_managed=hook.managed,
        current_hash=hook.print,
        plugin_id=hook.plugin_id,
        trust_status=hook.trust,
    )
