"""A thread that knows nothing is told everything, in a fixed order of messages and parts."""

from collections.abc import Callable

import pytest

from app_server.model.catalog import lookup
from app_server.prompt.collaboration import CollaborationMode, preset_instructions
from app_server.prompt.context import TurnContext
from app_server.prompt.environment import NetworkRules
from app_server.prompt.initial import initial_context
from app_server.prompt.instructions import base_instructions
from protocol.wire import JsonObject

MakeContext = Callable[..., TurnContext]
KINDS = (
    "permissions instructions",
    "collaboration_mode",
    "personality_spec",
    "model_switch",
    "environment_context",
)


def outline(messages: list[JsonObject]) -> list[tuple[object, ...]]:
    """Role and parts of each message; known parts by their tag, others by their text."""
    shown: list[tuple[object, ...]] = []
    for message in messages:
        content = message["content"]
        assert isinstance(content, list)
        parts: list[str] = []
        for part in content:
            assert isinstance(part, dict)
            assert part["type"] == "input_text"
            text = str(part["text"])
            parts.append(
                next((kind for kind in KINDS if text.startswith(f"<{kind}>")), text.partition("\n")[0])
            )
        shown.append((message["role"], *parts))
    return shown


def test_a_plain_thread_hears_of_permissions_and_environment(make_context: MakeContext) -> None:
    messages = initial_context(make_context())

    assert outline(messages) == [("developer", "permissions instructions"), ("user", "environment_context")]
    assert all(list(message) == ["type", "role", "content"] for message in messages)


def test_everything_at_once_keeps_the_order(make_context: MakeContext) -> None:
    other, _ = lookup("gpt-5.5")
    context = make_context(
        model=other,
        personality="friendly",
        developer_instructions="  ",
        collaboration=CollaborationMode("plan", "gpt-5.5", None, preset_instructions("plan")),
        multi_agent_hint="HINT",
        user_instructions="DOCS",
    )

    messages = initial_context(context, previous_model="gpt-5.4")

    assert outline(messages) == [
        (
            "developer",
            "model_switch",
            "permissions instructions",
            "  ",
            "collaboration_mode",
            "personality_spec",
        ),
        ("developer", "HINT"),
        ("user", "# AGENTS.md instructions for /code/project", "environment_context"),
    ]


def test_what_is_switched_off_leaves_no_empty_message(make_context: MakeContext) -> None:
    context = make_context(include_permissions=False, include_environment=False, developer_instructions="")

    assert initial_context(context) == []


def test_documents_without_environment_are_a_message_of_their_own(make_context: MakeContext) -> None:
    context = make_context(include_environment=False, user_instructions="DOCS")

    assert outline(initial_context(context))[1:] == [("user", "# AGENTS.md instructions for /code/project")]


def test_a_personality_that_the_instructions_hold_is_not_told_again(make_context: MakeContext) -> None:
    model, _ = lookup("gpt-5.4")
    baked = make_context(personality="friendly", base_instructions=base_instructions(model, "friendly"))
    changed = make_context(personality="friendly")

    assert "personality_spec" not in outline(initial_context(baked))[0]
    assert "personality_spec" in outline(initial_context(changed))[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"personality": "none"},
        {"personality": "friendly", "base_instructions": "OWN", "instructions_overridden": True},
        {"personality": "friendly", "model": lookup("gpt-5.2")[0]},
        {"personality": "friendly", "model": lookup("somebody-elses")[0]},
    ],
)
def test_no_personality_where_none_can_be(make_context: MakeContext, changes: dict[str, object]) -> None:
    assert outline(initial_context(make_context(**changes)))[0] == ("developer", "permissions instructions")


def test_a_mode_without_instructions_is_not_told(make_context: MakeContext) -> None:
    context = make_context(collaboration=CollaborationMode("default", "gpt-5.4"))

    assert outline(initial_context(context))[0] == ("developer", "permissions instructions")


def test_a_first_turn_knows_no_switch(make_context: MakeContext) -> None:
    assert "model_switch" not in outline(initial_context(make_context(), previous_model=None))[0]
    assert "model_switch" not in outline(initial_context(make_context(), previous_model="gpt-5.4"))[0]


def test_network_rules_reach_the_environment(make_context: MakeContext) -> None:
    context = make_context(network=NetworkRules(("a.x",)))

    assert '<network enabled="true"><allowed>a.x</allowed></network>' in str(initial_context(context)[-1])
