"""The models that Amazon Bedrock offers; it is not asked (model-client.md §12)."""

from typing import Final

from app_server.model.model_info import EffortOption, ModelInfo, ServiceTier, TruncationPolicy

_EFFORTS: Final = (
    EffortOption("low", "Answers soonest; thinks only briefly"),
    EffortOption("medium", "A middle way that suits most work"),
    EffortOption("high", "Takes longer over tasks with many parts"),
)
_OPEN_WEIGHTS: Final = ModelInfo(
    slug="",
    display_name="",
    efforts=_EFFORTS,
    default_effort="medium",
    supports_reasoning_summaries=True,
    default_reasoning_summary="none",
    truncation=TruncationPolicy("tokens", 10_000),
    parallel_tool_calls=True,
    shell_type="shell_command",
    context_window=128_000,
    max_context_window=128_000,
    input_modalities=("text",),
)

BEDROCK_MODELS: Final = (
    _OPEN_WEIGHTS._replace(
        slug="openai.gpt-5.4",
        display_name="gpt-5.4",
        description="A dependable model for daily coding work.",
        priority=0,
        efforts=(EffortOption("minimal", "Hardly thinks at all"), *_EFFORTS),
        supports_verbosity=True,
        default_verbosity="medium",
        service_tiers=(ServiceTier("priority", "fast", "Quicker answers that cost more"),),
        apply_patch="freeform",
        original_image_detail=True,
        context_window=272_000,
        max_context_window=1_000_000,
        input_modalities=("text", "image"),
    ),
    _OPEN_WEIGHTS._replace(
        slug="openai.gpt-oss-120b",
        display_name="GPT OSS 120B on Bedrock",
        description="An open model for demanding work.",
        priority=1,
    ),
    _OPEN_WEIGHTS._replace(
        slug="openai.gpt-oss-20b",
        display_name="GPT OSS 20B on Bedrock",
        description="A small open model.",
        priority=2,
    ),
)
