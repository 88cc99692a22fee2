"""Injected context is told apart from what the user said."""

import pytest

from app_server.prompt.contextual import is_contextual, is_user_turn
from app_server.prompt.markers import turn_aborted_message, user_shell_command_message
from app_server.prompt.messages import text_message
from protocol.wire import JsonObject


@pytest.mark.parametrize(
    "text",
    [
        "# AGENTS.md instructions for /x\n\n<INSTRUCTIONS>\nR\n</INSTRUCTIONS>",
        "<environment_context>\n</environment_context>",
        "  <Skill>x</SKILL>\n",
        "<user_shell_command>x</user_shell_command>",
        "<turn_aborted>x</turn_aborted>",
        "<subagent_notification>x</subagent_notification>",
    ],
)
def test_a_user_message_with_a_fragment_in_any_part_is_context(text: str) -> None:
    message = text_message("user", ["hello", text])

    assert is_contextual(message)
    assert not is_user_turn(message)


@pytest.mark.parametrize("text", ["hello", "<environment_context>", "see <skill>x</skill>", ""])
def test_what_the_user_says_is_not(text: str) -> None:
    message = text_message("user", [text])

    assert not is_contextual(message)
    assert is_user_turn(message)


def test_developer_parts_are_known_by_how_they_begin() -> None:
    context = text_message("developer", ["<permissions instructions>\n…"])
    own = text_message("developer", ["Be brief."])

    assert is_contextual(context)
    assert not is_contextual(own)
    assert not is_user_turn(own)


@pytest.mark.parametrize(
    "item",
    [
        {"type": "reasoning", "summary": []},
        {"type": "message", "role": "assistant", "content": []},
        {"type": "message", "role": "user"},
    ],
)
def test_other_items_are_no_context(item: JsonObject) -> None:
    assert not is_contextual(item)


def test_our_own_notes_are_recognised() -> None:
    assert is_contextual(turn_aborted_message())
    assert is_contextual(user_shell_command_message("ls", 3, 0.0081, "OUT"))


def test_a_shell_command_of_the_user_is_noted_with_four_decimals() -> None:
    message = user_shell_command_message("ls", 3, 0.0081, "OUT")

    text = (
        "<user_shell_command>\n<command>\nls\n</command>\n<result>\nExit code: 3\n"
        "Duration: 0.0081 seconds\nOutput:\nOUT\n</result>\n</user_shell_command>"
    )
    assert message == text_message("user", [text])
