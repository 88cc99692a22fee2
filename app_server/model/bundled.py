"""The models that this server knows without asking anybody (model-client.md §12)."""

from typing import Final

from app_server.model.model_info import EffortOption, ModelInfo, ModelUpgrade, ServiceTier, TruncationPolicy

_CURRENT: Final = ModelInfo(
    slug="",
    display_name="",
    efforts=(
        EffortOption("low", "Answers soonest; thinks only briefly"),
        EffortOption("medium", "A middle way that suits most work"),
        EffortOption("high", "Takes longer over tasks with many parts"),
        EffortOption("xhigh", "Thinks as long as the hardest tasks need"),
    ),
    default_effort="medium",
    supports_reasoning_summaries=True,
    default_reasoning_summary="none",
    supports_verbosity=True,
    default_verbosity="low",
    truncation=TruncationPolicy("tokens", 10_000),
    parallel_tool_calls=True,
    shell_type="shell_command",
    apply_patch="freeform",
    web_search="text_and_image",
    original_image_detail=True,
    search_tool=True,
    supports_personality=True,
)
_WITH_FAST_TIER: Final = _CURRENT._replace(
    service_tiers=(ServiceTier("priority", "Fast", "Quicker answers that use up the allowance sooner"),),
    speed_tiers=("fast",),
)

BUNDLED: Final = (
    _WITH_FAST_TIER._replace(
        slug="gpt-5.5",
        display_name="GPT-5.5",
        called="GPT-5.5",
        description="The strongest choice for demanding coding, research and everyday engineering.",
        priority=0,
    ),
    _WITH_FAST_TIER._replace(
        slug="gpt-5.4",
        display_name="gpt-5.4",
        called="gpt-5.4",
        description="A dependable model for daily coding work.",
        priority=2,
        max_context_window=1_000_000,
    ),
    _CURRENT._replace(
        slug="gpt-5.4-mini",
        display_name="GPT-5.4-Mini",
        called="GPT-5.4-Mini",
        description="Small and quick, for simple tasks at low cost.",
        priority=4,
        default_verbosity="medium",
    ),
    _CURRENT._replace(
        slug="gpt-5.3-codex",
        display_name="gpt-5.3-codex",
        called="gpt-5.3-codex",
        description="Tuned for writing and changing code.",
        priority=6,
        web_search="text",
        upgrade=ModelUpgrade("gpt-5.4"),
    ),
    _CURRENT._replace(
        slug="gpt-5.2",
        display_name="gpt-5.2",
        called="gpt-5.2",
        description="For professional writing and work that runs for long.",
        priority=10,
        default_reasoning_summary="auto",
        web_search="text",
        truncation=TruncationPolicy("bytes", 10_000),
        original_image_detail=False,
        supports_personality=False,
        upgrade=ModelUpgrade("gpt-5.4"),
    ),
    _CURRENT._replace(
        slug="codex-auto-review",
        display_name="Codex Auto Review",
        called="gpt-5.4",
        description="Reviews approval requests on its own.",
        priority=29,
        hidden=True,
        max_context_window=1_000_000,
    ),
)
"""In the order in which clients list them."""
