"""Structured outputs become readable for models with the freeform patch tool."""

import json
import struct
from collections.abc import Mapping

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import JsonValue

from app_server.prompt.formatting import format_input, readable_output, shortest_float32
from protocol.wire import JsonObject

PATCH: JsonObject = {"type": "custom", "name": "apply_patch"}


def structured(text: str = "a\nb\n", code: object = 0, seconds: object = 1.5) -> str:
    return json.dumps({"output": text, "metadata": {"exit_code": code, "duration_seconds": seconds}})


def output(value: JsonValue, call_id: str = "c", kind: str = "function_call_output") -> JsonObject:
    return {"type": kind, "call_id": call_id, "output": value}


def shell(call_id: str = "c", name: str = "shell") -> JsonObject:
    return {"type": "function_call", "name": name, "arguments": "{}", "call_id": call_id}


def test_an_output_of_a_shell_call_is_laid_out_for_reading() -> None:
    items = [shell(), output(structured())]

    formatted = format_input(items, [PATCH])

    assert formatted == [shell(), output("Exit code: 0\nWall time: 1.5 seconds\nOutput:\na\nb\n")]


def test_a_count_of_lines_moves_into_the_head_with_the_empty_line_after_it() -> None:
    text = readable_output(structured("Total output lines: 3\n\na\nb"))

    assert text == "Exit code: 0\nWall time: 1.5 seconds\nTotal output lines: 3\nOutput:\na\nb"


@pytest.mark.parametrize(
    "call",
    [
        {"type": "local_shell_call", "call_id": "c"},
        {"type": "local_shell_call", "call_id": None, "id": "c"},
        {"type": "custom_tool_call", "name": "apply_patch", "call_id": "c"},
        shell(name="apply_patch"),
    ],
)
def test_every_call_of_shell_and_patch_is_meant(call: JsonObject) -> None:
    formatted = format_input([call, output(structured())], [PATCH])

    assert formatted[1] != output(structured())


@pytest.mark.parametrize("name", ["exec_command", "shell_command", "container.exec", "other"])
def test_outputs_of_other_functions_stay(name: str) -> None:
    items = [shell(name=name), output(structured())]

    assert format_input(items, [PATCH]) == items


@pytest.mark.parametrize(
    "tools", [[], [{"type": "function", "name": "apply_patch"}], [{"type": "custom", "name": "x"}]]
)
def test_without_the_custom_patch_tool_nothing_is_rewritten(tools: list[Mapping[str, JsonValue]]) -> None:
    items = [shell(), output(structured())]

    assert format_input(items, tools) == items


def test_only_the_first_output_of_a_call_is_rewritten_and_none_before_it() -> None:
    items = [output(structured()), shell(), output(structured()), output(structured())]

    formatted = format_input(items, [PATCH])

    assert [item == before for item, before in zip(formatted, items, strict=True)] == [
        True,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    "value",
    [
        "plain",
        "{}",
        "[1]",
        "",
        structured(code=True),
        structured(code=1.0),
        structured(code=2**31),
        structured(seconds="1"),
        structured(seconds=True),
        structured(seconds=1e300),
        '{"output": "x", "metadata": {"exit_code": 0, "duration_seconds": NaN}}',
        '{"output": 1, "metadata": {"exit_code": 0, "duration_seconds": 1}}',
    ],
)
def test_what_is_not_a_structured_output_stays(value: str) -> None:
    items = [shell(), output(value)]

    assert format_input(items, [PATCH]) == items


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0"),
        (3, "3"),
        (1.5, "1.5"),
        (0.0000001, "0.0000001"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
    ],
)
def test_a_duration_is_the_shortest_decimal_without_exponent(seconds: float, shown: str) -> None:
    assert shortest_float32(seconds) == shown


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
@example(3.4028234663852886e38)
def test_a_duration_names_the_same_float(seconds: float) -> None:
    shown = shortest_float32(seconds)

    assert shown is not None
    assert struct.pack("<f", float(shown)) == struct.pack("<f", seconds)
    assert "e" not in shown
