"""The views of a prompt for people: sizes by section, the tree, and the difference from an earlier list."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt.test_debug_prompt_command import COMMAND, echo

from app_server.commands.debug_prompt import run
from app_server.commands.prompt_views import differences, printed_list, tree
from app_server.prompt.context import TurnContext
from app_server.prompt.initial import initial_context
from app_server.prompt.messages import text_message
from app_server.prompt.sections import item_size
from protocol.wire import JsonObject

CALL: JsonObject = {"type": "function_call", "name": "f", "arguments": "{}", "call_id": "c"}


def names(items: Sequence[JsonObject]) -> list[list[str]]:
    return [[part.name for part in item_size(item).parts] for item in items]


def test_sections_are_known_by_their_names(make_context: Callable[..., TurnContext]) -> None:
    context = make_context(
        user_instructions="Be brief.", developer_instructions="Mine.", realtime_active=True
    )

    assert names(initial_context(context, previous_model="gpt-5.2")) == [
        ["model_switch", "permissions instructions", "text", "realtime_conversation"],
        ["AGENTS.md", "environment_context"],
    ]


def test_what_a_user_or_a_model_says_is_text_whatever_it_looks_like() -> None:
    picture: JsonObject = {"type": "input_image", "image_url": "data:,", "detail": "high"}
    items: list[JsonObject] = [
        text_message("user", ["<b>bold</b>", "## Memory"]),
        text_message("assistant", ["<skill>x</skill>"]),
        {"type": "message", "role": "user", "content": [picture]},
        CALL,
    ]

    assert names(items) == [["text", "text"], ["text"], ["image"], []]


def test_the_tree_shows_every_part_and_the_sum() -> None:
    shown = tree([text_message("user", ["hello\nworld", "x" * 100]), CALL], "base")

    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert lines == [
        "instructions (outside of the list) 4 bytes 1 tokens",
        "user 220 bytes 55 tokens",
        '├─ text "hello world" 43 bytes 11 tokens',
        f'└─ text "{"x" * 24}…" 131 bytes 33 tokens',
        "function_call 66 bytes 17 tokens",
        "total 290 bytes 73 tokens",
    ]


def test_a_difference_is_told_line_by_line_under_its_section() -> None:
    before, after = (
        [text_message("developer", ["<skills_instructions>\na\nb\nc\n</skills_instructions>"]), *more]
        for more in ([], [CALL])
    )
    changed = [text_message("developer", ["<skills_instructions>\na\nB\nc\n</skills_instructions>"])]

    assert differences(before, before, "old") == ""
    assert [line for line in differences(before, changed, "old").splitlines() if line[0] in "+-"] == [
        "--- old",
        "+++ now",
        "-    b",
        "+    B",
    ]
    assert '+{"type":"function_call"' in differences(before, after, "old")


MESSAGES = st.lists(
    st.builds(
        text_message, st.sampled_from(["user", "developer"]), st.lists(st.text(max_size=10), max_size=3)
    ),
    max_size=4,
)


@given(MESSAGES, MESSAGES)
def test_only_equal_lists_have_no_difference(one: list[JsonObject], other: list[JsonObject]) -> None:
    assert (differences(one, other, "old") == "") is (one == other)


@given(MESSAGES)
def test_the_parts_of_an_item_weigh_no_more_than_the_item(items: list[JsonObject]) -> None:
    for size in map(item_size, items):
        assert sum(part.bytes for part in size.parts) <= size.bytes


@pytest.mark.parametrize("value", [5, {"input": 5}, ["x"], {}])
def test_what_is_no_list_of_items_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not a list"):
        printed_list(json.loads(json.dumps(value)))


def test_the_command_compares_with_a_file_and_says_so_with_its_exit_code(
    codex_home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    environ = {"CODEX_HOME": str(codex_home)}
    assert run((*COMMAND, "one"), echo, environ) == 0
    file = tmp_path / "old.json"
    file.write_text(capfd.readouterr().out)

    assert run((*COMMAND, "--against", str(file), "one"), echo, environ) == 0
    assert capfd.readouterr().out == ""
    assert run((*COMMAND, "--against", str(file), "two"), echo, environ) == 1
    assert capfd.readouterr().out.splitlines()[-2:] == ["-    one", "+    two"]


def test_the_command_prints_the_tree(codex_home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run((*COMMAND, "--tree", "hello"), echo, {"CODEX_HOME": str(codex_home)}) == 0

    out = capfd.readouterr().out
    assert '└─ text "hello"' in out
    assert out.splitlines()[-1].startswith("total")


def test_a_file_that_cannot_be_read_is_an_error_without_output(
    codex_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run((*COMMAND, "--against", str(codex_home / "nope")), echo, {"CODEX_HOME": str(codex_home)}) == 1

    out, err = capfd.readouterr()
    assert (out, err[:6]) == ("", "Error:")


def test_one_view_at_a_time(capfd: pytest.CaptureFixture[str]) -> None:
    assert run((*COMMAND, "--tree", "--against", "x"), echo, {}) == 2
    assert "cannot be used with" in capfd.readouterr().err
