"""The base instructions of a model, and the voice that it is asked to take."""

from typing import Literal

from app_server.model.model_info import PERSONALITY, ModelInfo
from app_server.prompt.texts import template

Personality = Literal["none", "friendly", "pragmatic"]


def base_instructions(model: ModelInfo, personality: Personality | None = None) -> str:
    """What `instructions` of a request says when nobody overrode it (model-client.md §1).

    A model that takes a personality gets its text baked in; any other, and `none`, goes without.
    """
    voice = personality_text(model, personality)
    if model.messages is not None:
        told = model.messages
        return told.base if told.template is None else told.template.replace(PERSONALITY, voice)
    name = f", running on {model.called}" if model.called else ""
    before, _, after = template("instructions_default").replace("{{ model }}", name).partition(PERSONALITY)
    return f"{before}{voice}{after}" if voice else f"{before.rstrip()}\n\n{after.lstrip()}"


def personality_text(model: ModelInfo, personality: Personality | None) -> str:
    """How this model should sound; empty when it takes no personality, or is to have none."""
    if personality == "none":
        return ""
    if model.messages is not None:
        told = model.messages
        voices = {None: told.by_default, "friendly": told.friendly, "pragmatic": told.pragmatic}
        return voices[personality] or ""
    if not model.supports_personality or personality is None:
        return ""
    return template(f"personality_{personality}")


def personality_part(text: str) -> str:
    """A personality told in the history, when the base instructions do not hold it (prompt-input.md §2.5)."""
    return f"<personality_spec> {template('personality_intro')}\n{text} </personality_spec>"


def model_switch_part(instructions: str) -> str:
    """Told when a turn runs on another model than the last: `instructions` are the new model's, in full."""
    return f"<model_switch>\n{template('model_switch')}\n\n{instructions}\n</model_switch>"
