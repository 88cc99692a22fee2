"""item_parts"""

from typing import Annotated, Literal

from protocol.wire import I64, U32, AbsolutePathText, AppPath, VerbatimModel, WireModel, by_tag

AgentMessageDelivery = Literal["async"]


class AgentMessageDisplay(WireModel):
    """AgentMessageDisplay."""

    action: str
    block_type: str | None = None
    cyber_trusted_access: bool | None = None
    check_trusted_contacts: bool | None = None


class AgentMessageModeration(WireModel):
    """AgentMessageModeration."""

    moderated: bool
    display: AgentMessageDisplay | None = None


class AsyncUserInputQuestion(WireModel):
    """AsyncUserInputQuestion."""

    title: str
    options: list[str] | None = None


class ReadCommandAction(WireModel):
    """ReadCommandAction."""

    type: Literal["read"] = "read"
    command: str
    name: str
    path: AppPath


class ListFilesCommandAction(WireModel):
    """ListFilesCommandAction."""

    type: Literal["listFiles"] = "listFiles"
    command: str
    path: str | None = None


class SearchCommandAction(WireModel):
    """SearchCommandAction."""

    type: Literal["search"] = "search"
    command: str
    query: str | None = None
    path: str | None = None


class UnknownCommandAction(WireModel):
    """UnknownCommandAction."""

    type: Literal["unknown"] = "unknown"
    command: str


CommandAction = Annotated[
    ReadCommandAction | ListFilesCommandAction | SearchCommandAction | UnknownCommandAction,
    by_tag("type"),
]


CommandExecutionSource = Literal["agent", "userShell", "unifiedExecStartup", "unifiedExecInteraction"]

CommandExecutionStatus = Literal["inProgress", "completed", "failed", "declined"]


class AddPatchChangeKind(WireModel):
    """AddPatchChangeKind."""

    type: Literal["add"] = "add"


class DeletePatchChangeKind(WireModel):
    """DeletePatchChangeKind."""

    type: Literal["delete"] = "delete"


class UpdatePatchChangeKind(VerbatimModel):
    """UpdatePatchChangeKind."""

    type: Literal["update"] = "update"
    move_path: str | None = None


PatchChangeKind = Annotated[
    AddPatchChangeKind | DeletePatchChangeKind | UpdatePatchChangeKind,
    by_tag("type"),
]


class FileUpdateChange(WireModel):
    """FileUpdateChange."""

    path: str
    kind: PatchChangeKind
    diff: str


class HookPromptFragment(WireModel):
    """HookPromptFragment."""

    text: str
    hook_run_id: str


class UsageLimitExceededImageGenerationFailure(WireModel):
    """UsageLimitExceededImageGenerationFailure."""

    type: Literal["usageLimitExceeded"] = "usageLimitExceeded"
    limit_id: str
    resets_at: I64 | None = None


ImageGenerationFailure = UsageLimitExceededImageGenerationFailure


class ImageGenerationInputImage(WireModel):
    """ImageGenerationInputImage."""

    path: AbsolutePathText
    sha256: str


class MemoryCitationEntry(WireModel):
    """MemoryCitationEntry."""

    path: str
    line_start: U32
    line_end: U32
    note: str


class MemoryCitation(WireModel):
    """MemoryCitation."""

    entries: list[MemoryCitationEntry]
    thread_ids: list[str]


MessagePhase = Literal["commentary", "partial_answer", "final_answer"]

PatchApplyStatus = Literal["inProgress", "completed", "failed", "declined"]
