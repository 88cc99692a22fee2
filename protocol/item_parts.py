"""What the items of a turn are made of: texts, commands, changes."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.wire import I64, U32, AbsolutePathText, AppPath, Dated, VerbatimModel, WireModel

AgentMessageDelivery = Literal["async"]
"""Set for messages that came outside of the turn's own course."""


class AgentMessageDisplay(WireModel):
    """How a client shows a message that was held back."""

    action: str
    block_type: str | None = None
    cyber_trusted_access: bool | None = None
    check_trusted_contacts: bool | None = None


class AgentMessageModeration(WireModel):
    """What moderation did to a message."""

    moderated: bool
    display: AgentMessageDisplay | None = None


class AsyncUserInputQuestion(WireModel):
    """A question that a message asks without waiting."""

    title: str
    options: list[str] | None = None


class ReadCommandAction(WireModel):
    """Reads a file."""

    type: Literal["read"] = "read"
    command: str
    name: str
    """The file's name alone."""
    path: AppPath


class ListFilesCommandAction(WireModel):
    """Lists files."""

    type: Literal["listFiles"] = "listFiles"
    command: str
    path: str | None = None


class SearchCommandAction(WireModel):
    """Searches."""

    type: Literal["search"] = "search"
    command: str
    query: str | None = None
    path: str | None = None


class UnknownCommandAction(WireModel):
    """Anything else."""

    type: Literal["unknown"] = "unknown"
    command: str


CommandAction = Annotated[
    ReadCommandAction | ListFilesCommandAction | SearchCommandAction | UnknownCommandAction,
    Field(discriminator="type"),
]
"""What a part of a command seems to do, for display."""


CommandExecutionSource = Literal["agent", "userShell", "unifiedExecStartup", "unifiedExecInteraction"]
"""Who started the command."""

CommandExecutionStatus = Literal["inProgress", "completed", "failed", "declined"]
"""A command's state; a non-zero exit code is `failed`, a refused one `declined`."""


class AddPatchChangeKind(WireModel):
    """A new file."""

    type: Literal["add"] = "add"


class DeletePatchChangeKind(WireModel):
    """A file that goes."""

    type: Literal["delete"] = "delete"


class UpdatePatchChangeKind(VerbatimModel):
    """A file that changes."""

    type: Literal["update"] = "update"
    move_path: str | None = None
    """Its new path, if it moves. The key is snake_case on the wire."""


PatchChangeKind = Annotated[
    AddPatchChangeKind | DeletePatchChangeKind | UpdatePatchChangeKind,
    Field(discriminator="type"),
]
"""What happens to a file."""


class FileUpdateChange(WireModel):
    """The change of one file."""

    path: str
    """Absolute."""
    kind: PatchChangeKind
    diff: str
    """The content for new and deleted files, else hunks without file headers."""


class HookPromptFragment(WireModel):
    """Text that a hook gave to the model."""

    text: str
    hook_run_id: str


class UsageLimitExceededImageGenerationFailure(WireModel):
    """A limit was reached."""

    type: Literal["usageLimitExceeded"] = "usageLimitExceeded"
    limit_id: str
    resets_at: I64 | None = None
    """Unix seconds."""


ImageGenerationFailure = UsageLimitExceededImageGenerationFailure
"""Why no image was made."""


class ImageGenerationInputImage(WireModel):
    """An image that the model worked from."""

    path: AbsolutePathText
    sha256: str
    """Of the file, in hex."""


class MemoryCitationEntry(WireModel):
    """Lines of a memory file that an answer rests on."""

    path: str
    line_start: U32
    """Counts from 1."""
    line_end: U32
    """Counts from 1; included."""
    note: str


class MemoryCitation(WireModel):
    """The memories that an answer rests on."""

    entries: list[MemoryCitationEntry]
    thread_ids: list[str]
    """The threads that these memories come from."""


MessagePhase = Annotated[
    Literal["commentary", "partial_answer", "final_answer"], Dated(new=("partial_answer",))
]
"""Whether a message of the agent is a remark on the way or the answer."""

PatchApplyStatus = Literal["inProgress", "completed", "failed", "declined"]
"""The state of a change."""
