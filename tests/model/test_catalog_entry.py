"""What an entry of a provider's list says of a model (model-client.md §12)."""

import pytest
from support.catalogue import entry

from app_server.model.catalog_entry import parse_model
from app_server.model.model_info import ModelInfo, ModelMessages

VOICES = {"personality_default": "D", "personality_friendly": "F", "personality_pragmatic": "P"}
ONE_VOICE = {"personality_friendly": "F"}


def parsed(**changes: object) -> ModelInfo:
    found = parse_model(entry("m", **changes))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("messages", "read", "takes"),
    [
        (None, ModelMessages("Be good."), False),
        ({"instructions_template": "T"}, ModelMessages("Be good.", "T"), False),
        (
            {"instructions_template": "{{ personality }}", "instructions_variables": VOICES},
            ModelMessages("Be good.", "{{ personality }}", "D", "F", "P"),
            True,
        ),
        (
            {
                "instructions_template": "{{ personality }}",
                "instructions_variables": {"personality_friendly": "F"},
            },
            ModelMessages("Be good.", "{{ personality }}", None, "F"),
            False,
        ),
        ({"instructions_template": 5, "instructions_variables": 5}, ModelMessages("Be good."), False),
    ],
)
def test_what_a_model_is_told_is_the_providers_word(
    messages: object, read: ModelMessages, takes: bool
) -> None:
    found = parsed(model_messages=messages)

    assert (found.messages, found.supports_personality) == (read, takes)


def test_a_window_that_nobody_told_is_not_known() -> None:
    found = parsed()

    assert (found.context_window, found.usable_context_window) == (None, None)
    assert found.compaction_limit > 10**12
    assert parsed(auto_compact_token_limit=9).compaction_limit == 9
