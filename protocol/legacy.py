"""Methods of the protocol before this one that are still answered. They are in no schema."""

from typing import Annotated, Literal

from protocol.account import AuthMode
from protocol.thread import SubAgentSource, ThreadId
from protocol.wire import OneKey, PathText, Variants, VerbatimModel, WireModel


class GetConversationSummaryParams(WireModel):
    """`getConversationSummary`: by id, or by the path of the rollout; one of the two."""

    conversation_id: ThreadId | None = None
    rollout_path: PathText | None = None


class ConversationGitInfo(VerbatimModel):
    """The state of the repository when the conversation began."""

    sha: str | None = None
    branch: str | None = None
    origin_url: str | None = None


InternalSessionSource = Literal["memory_consolidation", "guardian"]
"""What the server does for itself in a thread of its own."""


class CustomLegacySessionSource(OneKey):
    """`{"custom": …}`: a host of its own name."""

    custom: str


class InternalLegacySessionSource(OneKey):
    """`{"internal": …}`: the server itself."""

    internal: InternalSessionSource


class SubAgentLegacySessionSource(OneKey):
    """`{"subagent": …}`: a thread that another thread owns."""

    subagent: SubAgentSource


LegacySessionSource = Annotated[
    Literal["cli", "vscode", "exec", "mcp", "unknown"]
    | CustomLegacySessionSource
    | InternalLegacySessionSource
    | SubAgentLegacySessionSource,
    Variants("SessionSource", "cli", "vscode", "exec", "mcp", "custom", "internal", "subagent", "unknown"),
]
"""What kind of host created the conversation, in the words of rollouts: `mcp` is today's `appServer`."""


class ConversationSummary(WireModel):
    """What the head of a rollout tells about a conversation."""

    conversation_id: ThreadId
    path: str
    preview: str
    timestamp: str | None = None
    """RFC 3339, of the creation."""
    updated_at: str | None = None
    """RFC 3339."""
    model_provider: str
    cwd: str
    cli_version: str
    source: LegacySessionSource
    git_info: ConversationGitInfo | None = None


class GetConversationSummaryResponse(WireModel):
    """The summary."""

    summary: ConversationSummary


class GitDiffToRemoteParams(WireModel):
    """`gitDiffToRemote`: what differs between a checkout and what its remote has."""

    cwd: PathText


class GitDiffToRemoteResponse(WireModel):
    """The newest commit that the remote has, and the diff from there, untracked files included."""

    sha: str
    diff: str


class GetAuthStatusParams(WireModel):
    """`getAuthStatus`: superseded by `account/read`."""

    include_token: bool | None = None
    refresh_token: bool | None = None
    """True to renew the login first."""


class GetAuthStatusResponse(WireModel):
    """How the server is signed in."""

    auth_method: AuthMode | None = None
    auth_token: str | None = None
    """None unless `includeToken` was true."""
    requires_openai_auth: bool | None = None
    """Whether the active provider needs a login at all."""
