"""What a model's answer is made of, as the agent sees it. `parser` reads it off the wire.

Named tuples, here and for the other values of this package: a frozen dataclass costs 0.7 ms at start-up.
Tuples of different classes are equal when their fields are, so tell them apart by class.
"""

from typing import NamedTuple

from app_server.model.rate_limits import RateLimits
from protocol.wire import JsonObject


class TokenUsage(NamedTuple):
    """Tokens of one response."""

    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    reasoning_output_tokens: int = 0
    total_tokens: int = 0


class Created(NamedTuple):
    """The provider has begun to answer."""


class ItemAdded(NamedTuple):
    """An item has opened; deltas up to the next one belong to it."""

    item: JsonObject


class ItemDone(NamedTuple):
    """An item is complete: this is its authoritative form, also when nothing of it came before."""

    item: JsonObject


class TextDelta(NamedTuple):
    text: str


class ReasoningPartAdded(NamedTuple):
    summary_index: int


class ReasoningSummaryDelta(NamedTuple):
    text: str
    summary_index: int


class ReasoningTextDelta(NamedTuple):
    text: str
    content_index: int


class CustomToolInputDelta(NamedTuple):
    """A piece of a custom tool call's input; one of the ids is always there."""

    text: str
    item_id: str | None
    call_id: str | None


class Completed(NamedTuple):
    """The answer is whole. `end_turn` False asks for another request even without tool calls."""

    response_id: str
    usage: TokenUsage | None = None
    end_turn: bool | None = None


class RateLimitsUpdate(NamedTuple):
    """The latest snapshot, with what earlier ones said and this one does not."""

    limits: RateLimits


class ServerModel(NamedTuple):
    """The model that really answers; may differ from the one asked for."""

    slug: str


class ModelsEtag(NamedTuple):
    """Which version of its model list the provider has."""

    etag: str


class ReasoningIncluded(NamedTuple):
    """The reported usage counts earlier encrypted reasoning, so nobody needs to estimate it."""


class Verification(NamedTuple):
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
