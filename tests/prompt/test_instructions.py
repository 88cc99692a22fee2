"""Base instructions, personalities and the texts behind them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app_server.model.catalog import ModelOverrides, lookup, models, with_overrides
from app_server.model.model_info import ModelInfo, ModelMessages
from app_server.prompt import texts
from app_server.prompt.collaboration import collaboration_part, preset_instructions
from app_server.prompt.context import TurnContext
from app_server.prompt.initial import initial_context
from app_server.prompt.instructions import (
    Personality,
    base_instructions,
    model_switch_part,
    personality_part,
    personality_text,
)
from app_server.prompt.texts import template

ContextFactory = Callable[..., TurnContext]
FOLDER = Path(texts.__file__).parent / "templates"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.md")))
def test_every_text_is_whole_and_ends_in_one_newline(name: str) -> None:
    raw = (FOLDER / f"{name}.md").read_text(encoding="utf-8")

    assert raw == raw.strip() + "\n"
    assert raw == template(name) + "\n"


@pytest.mark.parametrize("model", models("openai"))
@pytest.mark.parametrize("personality", [None, "none", "friendly", "pragmatic"])
def test_every_model_has_instructions_without_a_gap(
    model: ModelInfo, personality: Personality | None
) -> None:
    text = base_instructions(model, personality)

    assert "{{" not in text
    assert "\n\n\n" not in text
    assert (personality_text(model, personality) in text) or not model.supports_personality


def test_a_personality_is_baked_into_the_instructions_of_models_that_take_one() -> None:
    model, _ = lookup("gpt-5.4")
    plain, _ = lookup("gpt-5.2")

    friendly = base_instructions(model, "friendly")
    pragmatic = base_instructions(model, "pragmatic")
    none = base_instructions(model, "none")

    assert template("personality_friendly") in friendly
    assert template("personality_pragmatic") in pragmatic
    assert none == base_instructions(model, None)
    assert base_instructions(plain, "friendly") == base_instructions(plain, "none")
    assert len({friendly, pragmatic, none}) == 3


def test_each_model_that_we_know_has_instructions_of_its_own() -> None:
    visible = [model for model in models("openai") if not model.hidden]

    assert len({base_instructions(model) for model in visible}) == len(visible)
    assert base_instructions(lookup("nobody-1")[0]) == base_instructions(lookup("nobody-2")[0])


VOICES = ("D", "F", "P")


@pytest.mark.parametrize(
    ("messages", "said"),
    [
        (ModelMessages("base"), "base"),
        (ModelMessages("base", "A {{ personality }} z", *VOICES), "A F z"),
        (ModelMessages("base", "{{ personality }}{{ personality }}", *VOICES), "FF"),
        (ModelMessages("base", "A {{ personality }}", None, None, "P"), "A "),
        (ModelMessages("base", "no place", *VOICES), "no place"),
        (ModelMessages("base", None, *VOICES), "base"),
        (ModelMessages(""), ""),
    ],
)
def test_a_provider_has_its_models_told_what_it_says(messages: ModelMessages, said: str) -> None:
    assert base_instructions(listed(messages), "friendly") == said


def listed(messages: ModelMessages) -> ModelInfo:
    return lookup("gpt-5.4")[0]._replace(messages=messages, supports_personality=messages.takes_personality)


def test_a_voice_is_told_apart_where_the_instructions_cannot_hold_it(make_context: ContextFactory) -> None:
    held = ModelMessages("base", "A {{ personality }} z", *VOICES)

    told = [
        sum(
            "personality_spec" in part
            for part in tags(make_context(model=listed(one), base_instructions=base))
        )
        for one, base in (
            (held, "A P z"),
            (held, "A F z"),
            (ModelMessages("base", "fixed", *VOICES), "fixed"),
        )
    ]

    assert told == [0, 1, 1]


def tags(context: TurnContext) -> list[str]:
    content = initial_context(context)[0]["content"]
    assert isinstance(content, list)
    return [str(part)[:60] for part in content]


def test_without_the_feature_there_are_no_voices() -> None:
    model = listed(ModelMessages("base", "A {{ personality }} z", *VOICES))

    found = with_overrides(model, ModelOverrides(with_personality=False))

    assert (base_instructions(found, "friendly"), personality_text(found, "friendly")) == ("base", "")
    ours = with_overrides(lookup("gpt-5.4")[0], ModelOverrides(with_personality=False))
    assert personality_text(ours, "friendly") == ""


def test_no_personality_has_no_text() -> None:
    model, _ = lookup("gpt-5.4")

    assert personality_text(model, "none") == personality_text(model, None) == ""


def test_parts_stand_in_their_tags_exactly() -> None:
    assert personality_part("SPEC") == (
        f"<personality_spec> {template('personality_intro')}\nSPEC </personality_spec>"
    )
    assert model_switch_part("NEW") == f"<model_switch>\n{template('model_switch')}\n\nNEW\n</model_switch>"
    assert collaboration_part("TEXT") == "<collaboration_mode>TEXT</collaboration_mode>"


def test_each_mode_has_a_text_of_its_own() -> None:
    assert preset_instructions("plan") != preset_instructions("default")
    assert "<proposed_plan>" in preset_instructions("plan")
