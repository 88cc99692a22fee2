"""`debug/buildPromptInput`: our own, open without `experimentalApi`."""

from typing import Literal

from protocol.input import UserInput
from protocol.mode import CollaborationMode, Personality, ReasoningEffort
from protocol.policy import ApprovalsReviewer, AskForApproval, SandboxMode, SandboxPolicy
from protocol.wire import JsonObject, PathText, ResponseItemJson, USize, WireModel, omitted

DebugPromptInputPart = Literal["instructions", "tools", "sizes"]
"""What the answer carries besides the input."""


class DebugBuildPromptInputParams(WireModel):
    """`debug/buildPromptInput`: what a turn with this input would send upstream, without sending it.

    Without `threadId` a private thread is built from the overrides, asked, and removed; with it, the next
    turn of that loaded thread is previewed and the overrides are those of `turn/start`. Nothing is stored or
    announced.
    """

    input: list[UserInput] | None = None
    """Absent or null: the context alone."""
    thread_id: str | None = None
    cwd: PathText | None = None
    """Relative paths count from the server's directory."""
    model: str | None = None
    model_provider: str | None = None
    approval_policy: AskForApproval | None = None
    approvals_reviewer: ApprovalsReviewer | None = None
    """Only with `threadId`, as `sandboxPolicy`, `effort` and `collaborationMode`."""
    sandbox: SandboxMode | None = None
    sandbox_policy: SandboxPolicy | None = None
    """Not together with `sandbox`."""
    effort: ReasoningEffort | None = None
    collaboration_mode: CollaborationMode | None = None
    """Wins over `model` and `effort`, as in `turn/start`."""
    config: JsonObject | None = None
    """Dotted config key → value, as in `thread/start`."""
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: Personality | None = None
    include: list[DebugPromptInputPart] | None = None


class PromptPartSize(WireModel):
    """The size of one part of a message."""

    name: str
    """The section that it is, such as `permissions instructions` or `AGENTS.md`; else `text` or `image`."""
    bytes: USize
    """Of its JSON text in UTF-8."""
    estimated_tokens: USize


class PromptItemSize(WireModel):
    """The size of one item of the input."""

    index: USize
    type: str
    """The item's own type, such as `message`."""
    bytes: USize
    """Of its JSON text in UTF-8."""
    estimated_tokens: USize
    parts: list[PromptPartSize]
    """Of a message; empty for other items."""


class PromptSizes(WireModel):
    """The sizes of what would be sent."""

    items: list[PromptItemSize]
    """In the order of `input`."""
    total_bytes: USize
    total_estimated_tokens: USize


class DebugBuildPromptInputResponse(WireModel):
    """The `input` list of the request upstream, item by item as it would be sent."""

    input: list[ResponseItemJson]
    instructions: str | None = omitted()
    """With `include: ["instructions"]`: the base instructions, which travel outside of `input`."""
    tools: list[JsonObject] | None = omitted()
    """With `include: ["tools"]`: the tool specifications."""
    sizes: PromptSizes | None = omitted()
    """With `include: ["sizes"]`."""

    def to_bytes(self) -> bytes:
        """As for all models; written in one go, because the list of a long thread has thousands of items."""
        import orjson

        try:
            return orjson.dumps({"input": self.input, **self.model_dump(mode="json", exclude={"input"})})
        except TypeError:
            return super().to_bytes()
