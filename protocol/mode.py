"""How a model is asked: effort, summary, personality, collaboration."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from protocol.wire import Dated, JsonValue, OneKey, Variants, VerbatimModel, WireModel


def _mode(name: JsonValue) -> JsonValue:
    return "default" if name in ("code", "custom", "execute", "pair_programming") else name


ModeKind = Annotated[
    Literal["plan", "default"],
    BeforeValidator(_mode),
    Variants("ModeKind", "plan", "code", "custom", "default", "execute", "pair_programming"),
]
"""Whether the agent plans with the user or works; older names of working are taken as well."""


def _named(effort: str) -> str:
    if not effort:
        raise ValueError("reasoning_effort must not be empty")
    return effort


ReasoningEffort = Annotated[
    str, Dated(listed=("none", "minimal", "low", "medium", "high", "xhigh")), AfterValidator(_named)
]
"""How hard the model thinks; which words exist depends on the model. Not empty."""


class Settings(VerbatimModel):
    """What a mode sets. Keys are snake_case on the wire."""

    model: str
    reasoning_effort: ReasoningEffort | None = None
    """Null: the model's default."""
    developer_instructions: str | None = None
    """Null: the built-in text of the mode."""


class CollaborationMode(WireModel):
    """How agent and user work together. Wins over the model and effort of the same call."""

    mode: ModeKind
    settings: Settings


class CollaborationModeListParams(WireModel):
    """`collaborationMode/list`."""


class CollaborationModeMask(VerbatimModel):
    """A mode that can be chosen; what is null is left as it was."""

    name: str
    mode: ModeKind | None = None
    model: str | None = None
    reasoning_effort: ReasoningEffort | None = None


class CollaborationModeListResponse(WireModel):
    """The modes."""

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
"""The tone of answers."""

ReasoningSummary = Literal["auto", "concise", "detailed", "none"]
"""How much of the thoughts is told."""

Verbosity = Literal["low", "medium", "high"]
"""How much the model says."""


CyberAccessProgram = Literal["standard", "daybreakBlue", "daybreakRed"]
"""A programme that opens a model for security work."""
