"""`debug/buildPromptInput`: our own, open without `experimentalApi`."""

from typing import Literal

from protocol.input import UserInput
from protocol.mode import Personality
from protocol.policy import AskForApproval, SandboxMode
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
    sandbox: SandboxMode | None = None
    config: JsonObject | None = None
    """Dotted config key → value, as in `thread/start`."""
    base_instructions: str | None = None
    developer_instructions: str | None = None
    personality: Personality | None = None
    include: list[DebugPromptInputPart] | None = None


class PromptItemSize(WireModel):
    """The size of one item of the input."""

    index: USize
    type: str
    """The item's own type, such as `message`."""
    bytes: USize
    """Of its JSON text in UTF-8."""
    estimated_tokens: USize


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
