"""What a model's answer is made of, as the agent sees it. `event_parser` reads it off the wire."""

from dataclasses import dataclass

from app_server.model.rate_limits import RateLimits
from protocol.wire import JsonObject


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens of one response."""

    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    reasoning_output_tokens: int = 0
    total_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Created:
    """The provider has begun to answer."""


@dataclass(frozen=True, slots=True)
class ItemAdded:
    """An item has opened; deltas up to the next one belong to it."""

    item: JsonObject


@dataclass(frozen=True, slots=True)
class ItemDone:
    """An item is complete: this is its authoritative form, also when nothing of it came before."""

    item: JsonObject


@dataclass(frozen=True, slots=True)
class TextDelta:
    text: str


@dataclass(frozen=True, slots=True)
class ReasoningPartAdded:
    index: int


@dataclass(frozen=True, slots=True)
class ReasoningSummaryDelta:
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class ReasoningTextDelta:
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class CustomToolInputDelta:
    """A piece of a custom tool call's input; one of the ids is always there."""

    text: str
    item_id: str | None
    call_id: str | None


@dataclass(frozen=True, slots=True)
class Completed:
    """The answer is whole. `end_turn` False asks for another request even without tool calls."""

    response_id: str
    usage: TokenUsage | None = None
    end_turn: bool | None = None


@dataclass(frozen=True, slots=True)
class RateLimitsUpdate:
    """The latest snapshot, with what earlier ones said and this one does not."""

    limits: RateLimits


@dataclass(frozen=True, slots=True)
class ServerModel:
    """The model that really answers; may differ from the one asked for."""

    slug: str


@dataclass(frozen=True, slots=True)
class ModelsEtag:
    """Which version of its model list the provider has."""

    etag: str


@dataclass(frozen=True, slots=True)
class ReasoningIncluded:
    """The reported usage counts earlier encrypted reasoning, so nobody needs to estimate it."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The provider recommends to verify the account, in the wire's names (`trustedAccessForCyber`)."""

    verifications: tuple[str, ...]


ResponseEvent = (
    Created
    | ItemAdded
    | ItemDone
    | TextDelta
    | ReasoningPartAdded
    | ReasoningSummaryDelta
    | ReasoningTextDelta
    | CustomToolInputDelta
    | Completed
    | RateLimitsUpdate
    | ServerModel
    | ModelsEtag
    | ReasoningIncluded
    | Verification
)
