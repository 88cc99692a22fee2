"""The model catalogue: look-up by name, the default, and the rules for a model that nobody knows.

There is one catalogue for the process. It begins as the bundled list; `catalog_source` puts what a provider
lists in its place, and the bundled facts go on being known (model-client.md §12).
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from app_server.model.bundled import BUNDLED
from app_server.model.model_info import ModelInfo, ModelMessages, TruncationPolicy
from app_server.model.provider import BEDROCK


class ModelOverrides(NamedTuple):
    """What config.toml may say about the model in use; None leaves the catalogue's value."""

    context_window: int | None = None
    auto_compact_token_limit: int | None = None
    tool_output_token_limit: int | None = None
    supports_reasoning_summaries: bool | None = None
    with_personality: bool = True


_OF_BEDROCK: Final = "openai."
"""What the names of its models begin with, and no others."""
FALLBACK: Final = ModelInfo(slug="", display_name="", hidden=True)
"""What is assumed of an unknown model: it takes text and images, and nothing beyond that."""


def default_model(provider_id: str) -> ModelInfo:
    """The first visible model of a provider, used when nobody chose one."""
    return min((model for model in models(provider_id) if not model.hidden), key=lambda model: model.priority)


def models(provider_id: str) -> tuple[ModelInfo, ...]:
    """What a provider offers, in the order in which clients list it."""
    return _bedrock() if provider_id == BEDROCK and not is_fixed() else _catalogue.listed


def take(listed: Iterable[ModelInfo]) -> None:
    """List these from now on; a list without a model to choose by default would be of no use."""
    found = tuple(sorted(listed, key=lambda model: model.priority))
    if any(not model.hidden for model in found):
        _catalogue.listed = found


def fix(listed: Iterable[ModelInfo]) -> None:
    """List these until the process ends: the user's own list, which no provider is asked about."""
    take(listed)
    _catalogue.fixed = True


def is_fixed() -> bool:
    """Whether the list is the user's own."""
    return _catalogue.fixed


class _Catalogue:
    """What is listed now; `take` and `fix` are the only ones to change it."""

    listed: tuple[ModelInfo, ...] = BUNDLED
    fixed = False


_catalogue: Final = _Catalogue()


def lookup(name: str) -> tuple[ModelInfo, bool]:
    """The facts for a model name, under that name, and whether they are really known.

    The longest slug that begins the name wins, so a dated snapshot gets its family's facts; a single
    `namespace/` prefix is ignored. Otherwise the fallback (model-client.md §12.5, §12.6).
    """
    found = _longest_prefix(name)
    if found is None and name.count("/") == 1:
        found = _longest_prefix(name.partition("/")[2])
    if found is None:
        return FALLBACK._replace(slug=name, display_name=name), False
    return found._replace(slug=name), True


def unknown_model_warning(name: str) -> str:
    """The warning of a turn that runs on fallback facts."""
    return (
        f"Model metadata for `{name}` not found. Defaulting to fallback metadata; "
        "this can degrade performance and cause issues."
    )


def with_overrides(model: ModelInfo, overrides: ModelOverrides) -> ModelInfo:
    """The facts with config.toml's word on top; a window never exceeds what the model can take."""
    if not overrides.with_personality:
        messages = None if model.messages is None else ModelMessages(model.messages.base)
        model = model._replace(supports_personality=False, messages=messages)
    window = overrides.context_window
    if window is not None and model.max_context_window is not None:
        window = min(window, model.max_context_window)
    truncation = model.truncation
    if (limit := overrides.tool_output_token_limit) is not None:
        # A limit in tokens is turned into the unit that the model's policy counts in: four bytes a token.
        truncation = TruncationPolicy(truncation.mode, limit * 4 if truncation.mode == "bytes" else limit)
    return model._replace(
        context_window=model.context_window if window is None else window,
        auto_compact_token_limit=(
            model.auto_compact_token_limit
            if overrides.auto_compact_token_limit is None
            else overrides.auto_compact_token_limit
        ),
        truncation=truncation,
        # The setting can only add support: the reference ignores a false here.
        supports_reasoning_summaries=model.supports_reasoning_summaries
        or overrides.supports_reasoning_summaries is True,
    )


def _bedrock() -> tuple[ModelInfo, ...]:
    from app_server.model.bedrock.models import BEDROCK_MODELS  # few use them

    return BEDROCK_MODELS


def _elsewhere(name: str) -> tuple[ModelInfo, ...]:
    """Those that are known by names of this kind at another provider."""
    return _bedrock() if name.startswith(_OF_BEDROCK) else ()


def _longest_prefix(name: str) -> ModelInfo | None:
    # Of two entries for one name, `max` takes the first: what the provider said. A list of the user's own is
    # all there is.
    known = _catalogue.listed if _catalogue.fixed else (*_catalogue.listed, *BUNDLED, *_elsewhere(name))
    prefixes = [model for model in known if name.startswith(model.slug)]
    return max(prefixes, key=lambda model: len(model.slug), default=None)
