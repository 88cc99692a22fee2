"""The two approval requests of the protocol before this one. Never sent; their types are kept."""

from typing import Annotated, Literal

from pydantic import Field

from protocol.permissions import NetworkPolicyAmendment
from protocol.thread import ThreadId
from protocol.wire import OneKey, Part, Variants, VerbatimModel, WireModel, spelled


class AddFileChange(WireModel):
    """A new file."""

    type: Literal["add"] = "add"
    content: str


class DeleteFileChange(WireModel):
    """A file that goes."""

    type: Literal["delete"] = "delete"
    content: str


class UpdateFileChange(VerbatimModel):
    """A file that changes, and may move."""

    type: Literal["update"] = "update"
    unified_diff: str
    move_path: str | None = None


FileChange = Annotated[
    AddFileChange | DeleteFileChange | UpdateFileChange,
    Field(discriminator="type"),
]
"""What happens to one file."""


class ApplyPatchApprovalParams(WireModel):
    """`applyPatchApproval`."""

    conversation_id: ThreadId
    call_id: str
    file_changes: dict[str, FileChange]
    """Path → change."""
    reason: str | None = None
    grant_root: str | None = None


class ProposedExecpolicyAmendment(Part):
    """The prefix of argv that shall be allowed from now on."""

    proposed_execpolicy_amendment: Annotated[list[str], spelled("proposed_execpolicy_amendment")]


class ApprovedExecpolicyAmendmentReviewDecision(OneKey):
    """Approved, with a rule for the prefix."""

    approved_execpolicy_amendment: Annotated[
        ProposedExecpolicyAmendment, spelled("approved_execpolicy_amendment")
    ]


class ReviewedNetworkPolicyAmendment(Part):
    """The rule for the host."""

    network_policy_amendment: Annotated[NetworkPolicyAmendment, spelled("network_policy_amendment")]


class NetworkPolicyAmendmentReviewDecision(OneKey):
    """A rule for the host that was asked about."""

    network_policy_amendment: Annotated[ReviewedNetworkPolicyAmendment, spelled("network_policy_amendment")]


class Rejection(Part):
    """Why it was refused, in words for the model."""

    rejection: str


class DeniedReviewDecision(OneKey):
    """Refused with a reason."""

    denied: Rejection


ReviewDecision = Annotated[
    Literal[
        "approved",
        "approved_for_session",
        "approved_mcp_policy_amendment",
        "denied",
        "timed_out",
        "abort",
    ]
    | ApprovedExecpolicyAmendmentReviewDecision
    | NetworkPolicyAmendmentReviewDecision
    | DeniedReviewDecision,
    Variants(
        "ReviewDecision",
        "approved",
        "approved_execpolicy_amendment",
        "approved_for_session",
        "approved_mcp_policy_amendment",
        "network_policy_amendment",
        "denied",
        "timed_out",
        "abort",
    ),
]
"""The answer to the two legacy approval requests."""


class ApplyPatchApprovalResponse(WireModel):
    """The answer."""

    decision: ReviewDecision


class ReadParsedCommand(WireModel):
    """Reads a file."""

    type: Literal["read"] = "read"
    cmd: str
    name: str
    path: str


class ListFilesParsedCommand(WireModel):
    """Lists files."""

    type: Literal["list_files"] = "list_files"
    cmd: str
    path: str | None = None


class SearchParsedCommand(WireModel):
    """Searches."""

    type: Literal["search"] = "search"
    cmd: str
    query: str | None = None
    path: str | None = None


class UnknownParsedCommand(WireModel):
    """Anything else."""

    type: Literal["unknown"] = "unknown"
    cmd: str


ParsedCommand = Annotated[
    ReadParsedCommand | ListFilesParsedCommand | SearchParsedCommand | UnknownParsedCommand,
    Field(discriminator="type"),
]
"""What a command seems to do."""


class ExecCommandApprovalParams(WireModel):
    """`execCommandApproval`."""

    conversation_id: ThreadId
    call_id: str
    approval_id: str | None = None
    command: list[str]
    """argv."""
    cwd: str
    reason: str | None = None
    parsed_cmd: list[ParsedCommand]


class ExecCommandApprovalResponse(WireModel):
    """The answer."""

    decision: ReviewDecision
