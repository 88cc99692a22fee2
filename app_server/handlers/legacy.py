"""Methods of the protocol before this one: `getConversationSummary`, `gitDiffToRemote` (services.md §10)."""

from datetime import UTC, datetime

from app_server.agent.git_remote import NoRemoteError, diff_to_remote
from app_server.config.loader import ConfigLoader
from app_server.handlers.base import Call
from app_server.handlers.errors import refusals
from app_server.store.errors import NoRolloutError
from app_server.store.threads import LocalThreadStore
from protocol.jsonrpc import invalid_request
from protocol.legacy import (
    ConversationGitInfo,
    ConversationSummary,
    GetConversationSummaryParams,
    GetConversationSummaryResponse,
    GitDiffToRemoteParams,
    GitDiffToRemoteResponse,
)


class LegacyHandlers:
    """Kept for clients that have not moved on."""

    def __init__(self, store: LocalThreadStore, configs: ConfigLoader) -> None:
        self._store = store
        self._configs = configs

    async def conversation_summary(
        self, _call: Call, params: GetConversationSummaryParams
    ) -> GetConversationSummaryResponse:
        """What the head of a rollout tells, by the id of the thread or by the path of the file."""
        with refusals():
            if params.rollout_path is not None:
                stored = await self._store.load_path(params.rollout_path)
            elif params.conversation_id is not None:
                try:
                    stored = await self._store.load(params.conversation_id)
                except NoRolloutError:
                    raise invalid_request(
                        f"no rollout found for conversation id {params.conversation_id}"
                    ) from None
            else:
                raise invalid_request("either conversationId or rolloutPath is required")
            record = await self._store.record_at(stored.path)
        git = record.git
        summary = {
            "conversation_id": record.id,
            "path": str(record.path),
            "preview": record.preview,
            "timestamp": stored.meta.timestamp or None,
            "updated_at": _rfc3339(record.updated_at_ms),
            "model_provider": record.model_provider or self._configs.without_projects().model_provider,
            "cwd": record.cwd,
            "cli_version": record.cli_version,
            "source": stored.meta.source,
            "git_info": None
            if git is None
            else ConversationGitInfo(sha=git.commit_hash, branch=git.branch, origin_url=git.repository_url),
        }
        return GetConversationSummaryResponse(summary=ConversationSummary.model_validate(summary))

    async def git_diff_to_remote(self, _call: Call, params: GitDiffToRemoteParams) -> GitDiffToRemoteResponse:
        """What a checkout holds that its remote does not, untracked files included."""
        try:
            sha, diff = await diff_to_remote(params.cwd)
        except NoRemoteError:
            raise invalid_request(f'failed to compute git diff to remote for cwd: "{params.cwd}"') from None
        return GitDiffToRemoteResponse(sha=sha, diff=diff)


def _rfc3339(milliseconds: int) -> str:
    moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
