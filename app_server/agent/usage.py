"""The tokens that a thread has used, as its clients and its rollout see them (threads-and-turns.md §2.2)."""

from app_server.model.answer.events import TokenUsage
from protocol.thread_events import ThreadTokenUsage, TokenUsageBreakdown
from protocol.wire import JsonObject, JsonValue

_NOTHING = TokenUsageBreakdown(
    total_tokens=0, input_tokens=0, cached_input_tokens=0, output_tokens=0, reasoning_output_tokens=0
)


class UsageLedger:
    """Owns the running total of one thread. Nothing is reported before the model reported something."""

    def __init__(self, window: int | None) -> None:
        self.window = window
        self._total = _NOTHING
        self._last: TokenUsageBreakdown | None = None
        self.billed = 0
        """What was used since the thread was loaded, without what the provider had cached."""
        self.held_tokens = 0
        """What the history took when the model was last asked, or was estimated at since."""
        self.turn_id: str | None = None
        """The turn that reported last."""

    def add(self, used: TokenUsage, turn_id: str) -> None:
        """Book what one response used."""
        last = TokenUsageBreakdown(
            total_tokens=used.total_tokens,
            input_tokens=used.input_tokens,
            cached_input_tokens=used.cached_input_tokens,
            output_tokens=used.output_tokens,
            reasoning_output_tokens=used.reasoning_output_tokens,
        )
        self._total = _sum(self._total, last)
        self.billed += max(0, used.input_tokens - used.cached_input_tokens) + used.output_tokens
        self._last = last
        self.held_tokens = last.total_tokens
        self.turn_id = turn_id

    def estimate(self, tokens: int) -> None:
        """The history was replaced: it is taken for so many tokens until the model counts it."""
        self._last = _NOTHING.model_copy(update={"total_tokens": tokens})
        self.held_tokens = tokens

    def fill_window(self) -> None:
        """The model said that its window is full: report it as full, whatever was counted."""
        if self.window is None:
            return
        self.held_tokens = self.window
        rest = max(0, self.window - self._total.total_tokens)
        self._total = _NOTHING.model_copy(update={"total_tokens": self.window})
        self._last = _NOTHING.model_copy(update={"total_tokens": rest})

    def to_wire(self) -> ThreadTokenUsage | None:
        """None as long as no response reported its usage."""
        if self._last is None:
            return None
        return ThreadTokenUsage(total=self._total, last=self._last, model_context_window=self.window)

    def to_record(self) -> JsonObject | None:
        """The `info` of a rollout's `token_count` line."""
        if self._last is None:
            return None
        return {
            "total_token_usage": _to_record(self._total),
            "last_token_usage": _to_record(self._last),
            "model_context_window": self.window,
        }

    def restore(self, info: JsonObject, turn_id: str | None) -> None:
        """Take up from the last `token_count` of a rollout; what it lacks counts as zero."""
        self._total = _from_record(info.get("total_token_usage"))
        self._last = _from_record(info.get("last_token_usage"))
        self.held_tokens = self._last.total_tokens
        self.turn_id = turn_id


_FIELDS = (
    "input_tokens",
    "cached_input_tokens",
    "output_tokens",
    "reasoning_output_tokens",
    "total_tokens",
)


def _sum(a: TokenUsageBreakdown, b: TokenUsageBreakdown) -> TokenUsageBreakdown:
    return TokenUsageBreakdown(
        total_tokens=a.total_tokens + b.total_tokens,
        input_tokens=a.input_tokens + b.input_tokens,
        cached_input_tokens=a.cached_input_tokens + b.cached_input_tokens,
        output_tokens=a.output_tokens + b.output_tokens,
        reasoning_output_tokens=a.reasoning_output_tokens + b.reasoning_output_tokens,
    )


def _to_record(usage: TokenUsageBreakdown) -> JsonObject:
    return {field: getattr(usage, field) for field in _FIELDS}


def _from_record(value: JsonValue) -> TokenUsageBreakdown:
    if not isinstance(value, dict):
        return _NOTHING
    counts = {field: count if isinstance(count := value.get(field), int) else 0 for field in _FIELDS}
    return TokenUsageBreakdown(**counts)
