"""The model catalogue."""

import pytest

from app_server.model.catalog import (
    FALLBACK,
    ModelOverrides,
    default_model,
    lookup,
    models,
    unknown_model_warning,
    with_overrides,
)
from app_server.model.model_info import TruncationPolicy


def test_one_visible_model_is_the_default() -> None:
    assert default_model("openai").slug == "gpt-5.5"
    assert [model.slug for model in models("openai") if model.hidden] == ["codex-auto-review"]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("gpt-5.4", "gpt-5.4"),
        ("gpt-5.4-mini-2026-01-01", "GPT-5.4-Mini"),
        ("gpt-5.4-2026-01-01", "gpt-5.4"),
        ("vendor/gpt-5.5", "GPT-5.5"),
        ("a/b/gpt-5.5", None),
        ("llama", None),
    ],
)
def test_the_longest_known_beginning_gives_the_facts(name: str, family: str | None) -> None:
    found, known = lookup(name)

    assert (found.slug, found.display_name, known) == (name, family or name, family is not None)


def test_an_unknown_model_is_assumed_to_be_able_to_do_little() -> None:
    found, _ = lookup("llama")

    assert found == FALLBACK._replace(slug="llama", display_name="llama")
    assert unknown_model_warning("llama").startswith("Model metadata for `llama` not found. ")


def test_the_window_that_clients_see_leaves_room_for_the_answer() -> None:
    assert default_model("openai").usable_context_window == 258_400


def test_the_configuration_has_the_last_word_within_what_the_model_can_do() -> None:
    model, _ = lookup("gpt-5.4")
    overrides = ModelOverrides(2_000_000, 5, 100, supports_reasoning_summaries=False)

    found = with_overrides(model, overrides)

    assert found == model._replace(
        context_window=1_000_000,
        auto_compact_token_limit=5,
        truncation=TruncationPolicy("tokens", 100),
        supports_reasoning_summaries=True,
    )
    assert with_overrides(model, ModelOverrides()) == model
