"""What there is to know about a model: the facts that shape its requests, its tools and its prompt."""

from math import inf
from typing import Final, Literal, NamedTuple

PERSONALITY: Final = "{{ personality }}"
"""The place of the personality in a model's instructions."""

ReasoningSummary = Literal["auto", "concise", "detailed", "none"]
Verbosity = Literal["low", "medium", "high"]


class TruncationPolicy(NamedTuple):
    """How much of one tool's output the model gets to see."""

    mode: Literal["bytes", "tokens"]
    limit: int


class EffortOption(NamedTuple):
    """A reasoning effort that the model accepts, and what it is good for."""

    effort: str
    description: str


class ServiceTier(NamedTuple):
    """A speed that can be asked for; `id` is what goes upstream."""

    id: str
    name: str
    description: str


class ModelMessages(NamedTuple):
    """What a provider would have a model told; without a template, `base` alone."""

    base: str
    template: str | None = None
    """With the place of the personality in it."""
    by_default: str | None = None
    """What stands there when nobody chose a personality."""
    friendly: str | None = None
    pragmatic: str | None = None

    @property
    def takes_personality(self) -> bool:
        """Whether the template speaks in whatever voice is asked for."""
        voices = (self.by_default, self.friendly, self.pragmatic)
        return self.template is not None and PERSONALITY in self.template and None not in voices


class ModelUpgrade(NamedTuple):
    """The model that users are invited to move to."""

    model: str
    migration_markdown: str | None = None


class ModelInfo(NamedTuple):
    """The facts about one model that shape its requests and its tools. Windows and limits are tokens."""

    slug: str
    display_name: str
    description: str = ""
    priority: int = 99
    hidden: bool = False
    supported_in_api: bool = True
    efforts: tuple[EffortOption, ...] = ()
    default_effort: str | None = None
    supports_reasoning_summaries: bool = False
    default_reasoning_summary: ReasoningSummary = "auto"
    supports_verbosity: bool = False
    default_verbosity: Verbosity | None = None
    context_window: int | None = 272_000
    max_context_window: int | None = None
    auto_compact_token_limit: int | None = None
    effective_context_window_percent: int = 95
    truncation: TruncationPolicy = TruncationPolicy("bytes", 10_000)
    parallel_tool_calls: bool = False
    shell_type: Literal["default", "local", "unified_exec", "disabled", "shell_command"] = "default"
    apply_patch: Literal["freeform"] | None = None
    web_search: Literal["text", "text_and_image"] = "text"
    original_image_detail: bool = False
    input_modalities: tuple[str, ...] = ("text", "image")
    search_tool: bool = False
    supports_personality: bool = False
    service_tiers: tuple[ServiceTier, ...] = ()
    speed_tiers: tuple[str, ...] = ()
    upgrade: ModelUpgrade | None = None
    announcement: str | None = None
    """What users are to read when they first can choose it."""
    called: str | None = None
    """The name by which our instructions tell the model what it is."""
    messages: ModelMessages | None = None
    """The provider's own words; None: ours, which belong to `prompt`."""

    @property
    def usable_context_window(self) -> int | None:
        """The window as clients are told it: what is left after the reserve for the answer."""
        if self.context_window is None:
            return None
        return self.context_window * self.effective_context_window_percent // 100

    @property
    def compaction_limit(self) -> float:
        """The tokens from which on a history is compacted by itself: nine tenths of the window at most."""
        if self.context_window is None:
            return inf if self.auto_compact_token_limit is None else self.auto_compact_token_limit
        most = self.context_window * 9 // 10
        return most if self.auto_compact_token_limit is None else min(most, self.auto_compact_token_limit)

    def service_tier(self, wanted: str | None) -> str | None:
        """The tier's name upstream, or None when this model has no such tier (model-client.md §1.4)."""
        wire = "priority" if wanted == "fast" else wanted
        return wire if any(tier.id == wire for tier in self.service_tiers) else None
