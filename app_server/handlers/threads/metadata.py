"""What is said of a thread and can be changed: name, git facts, memory mode (threads-and-turns.md §3.10)."""

from app_server.agent.loaded_threads import LoadedThreads
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.reads import ThreadReads
from app_server.store.session_meta import GitState
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_request
from protocol.thread_admin import (
    ThreadMetadataGitInfoUpdateParams,
    ThreadMetadataUpdateParams,
    ThreadMetadataUpdateResponse,
    ThreadSetNameParams,
    ThreadSetNameResponse,
)
from protocol.thread_changes import ThreadNameUpdatedNotification
from protocol.thread_control import ThreadMemoryModeSetParams, ThreadMemoryModeSetResponse

_GIT_FIELDS = (("sha", "sha"), ("branch", "branch"), ("origin_url", "originUrl"))


class ThreadMetadata:
    """Changes logs without running anything."""

    def __init__(
        self, store: LocalThreadStore, loaded: LoadedThreads, audience: Audience, reads: ThreadReads
    ) -> None:
        self._store = store
        self._loaded = loaded
        self._audience = audience
        self._reads = reads

    async def set_name(self, _call: Call, params: ThreadSetNameParams) -> Reply[ThreadSetNameResponse]:
        """Name a thread, loaded or stored; a loaded one without a log gets one."""
        thread_id = thread_id_of(params.thread_id)
        self._refuse_ephemeral(thread_id, "metadata updates")
        with refusals():
            name = await self._store.set_name(thread_id, params.name)
        return Reply(
            ThreadSetNameResponse(),
            lambda: self._audience.emit(ThreadNameUpdatedNotification(thread_id=thread_id, thread_name=name)),
        )

    async def update(self, _call: Call, params: ThreadMetadataUpdateParams) -> ThreadMetadataUpdateResponse:
        """Absent fields stay, null clears. Nobody is told."""
        thread_id = thread_id_of(params.thread_id)
        asked = params.git_info
        if asked is None or not asked.model_fields_set:
            raise invalid_request("gitInfo must include at least one field")
        given = _checked(asked)
        self._refuse_ephemeral(thread_id, "metadata updates")
        with refusals():
            record = await self._reads.record(thread_id)
            now = (record.git if record else None) or GitState()
            git = GitState(
                given.get("sha", now.commit_hash),
                given.get("branch", now.branch),
                given.get("origin_url", now.repository_url),
            )
            await self._store.set_git(thread_id, git)
            return ThreadMetadataUpdateResponse(thread=await self._reads.view(thread_id))

    async def set_memory_mode(
        self, _call: Call, params: ThreadMemoryModeSetParams
    ) -> ThreadMemoryModeSetResponse:
        thread_id = thread_id_of(params.thread_id)
        self._refuse_ephemeral(thread_id, "memory mode updates")
        with refusals():
            await self._store.set_memory_mode(thread_id, params.mode)
        return ThreadMemoryModeSetResponse()

    def _refuse_ephemeral(self, thread_id: str, what: str) -> None:
        thread = self._loaded.get(thread_id)
        if thread is not None and thread.facts.ephemeral:
            raise invalid_request(f"ephemeral thread does not support {what}: {thread_id}")


def _checked(asked: ThreadMetadataGitInfoUpdateParams) -> dict[str, str | None]:
    """The fields that were given, trimmed. Raises RpcError for a blank one."""
    given: dict[str, str | None] = {}
    for field, key in _GIT_FIELDS:
        if field in asked.model_fields_set:
            value: str | None = getattr(asked, field)
            given[field] = None if value is None else value.strip()
            if given[field] == "":
                raise invalid_request(f"gitInfo.{key} must not be empty")
    return given
