"""mode"""

from typing import Annotated, Literal

from protocol.wire import OneKey, Variants, VerbatimModel, WireModel

ModeKind = Literal["plan", "default"]

ReasoningEffort = str


class Settings(VerbatimModel):
    """Settings."""

    model: str
    reasoning_effort: ReasoningEffort | None = None
    developer_instructions: str | None = None


class CollaborationMode(WireModel):
    """CollaborationMode."""

    mode: ModeKind
    settings: Settings


class CollaborationModeListParams(WireModel):
    """CollaborationModeListParams."""


class CollaborationModeMask(VerbatimModel):
    """CollaborationModeMask."""

    name: str
    mode: ModeKind | None = None
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None


class CollaborationModeListResponse(WireModel):
    """CollaborationModeListResponse."""

    data: list[CollaborationModeMask]


class CustomMultiAgentMode(OneKey):
    """`{"custom": …}`: instructions of one's own."""

    custom: str


MultiAgentMode = Annotated[
    Literal["explicitRequestOnly", "proactive"] | CustomMultiAgentMode,
    Variants("MultiAgentMode", "explicitRequestOnly", "proactive", "custom"),
]
"""When an agent may spawn others. Accepted and echoed; the reasoning effort decides nowadays."""


Personality = Literal["none", "friendly", "pragmatic"]

ReasoningSummary = Literal["auto", "concise", "detailed", "none"]

Verbosity = Literal["low", "medium", "high"]
