"""A prompt takes work in proportion to the history: counted in calls, not in seconds."""

from collections.abc import Callable

from support.counting import calls

from app_server.prompt.context import TurnContext
from app_server.prompt.items import recorded
from app_server.prompt.messages import text_message
from app_server.prompt.prompt import build_prompt
from protocol.wire import JsonObject

PATCH: JsonObject = {"type": "custom", "name": "apply_patch"}
WORDY = '{"output": "ok", "metadata": {"exit_code": 0, "duration_seconds": 1}}'


def history(count: int) -> list[JsonObject]:
    """Of each four items one call is answered, and one is not."""
    items: list[JsonObject] = []
    for number in range(count // 4):
        turn: list[JsonObject] = [
            text_message("user", [f"question {number}"]),
            {"type": "function_call", "name": "shell", "call_id": f"c{number}", "arguments": "{}"},
            {"type": "function_call_output", "call_id": f"c{number}", "output": WORDY},
            {"type": "custom_tool_call", "name": "apply_patch", "call_id": f"p{number}", "input": "x"},
        ]
        items += turn
    return items


def test_a_history_of_twice_the_length_takes_twice_the_work(make_context: Callable[..., TurnContext]) -> None:
    context = make_context()
    build_prompt(history(4), context, [PATCH])  # imports what is imported once

    def build(items: list[JsonObject]) -> Callable[[], object]:
        return lambda: build_prompt(items, context, [PATCH])

    work = [calls(build(history(count))) for count in (400, 800, 1600)]

    assert work[1] / work[0] < 2.1
    assert work[2] / work[1] < 2.1


def test_items_in_order_are_passed_on_and_not_copied(make_context: Callable[..., TurnContext]) -> None:
    said: list[JsonObject] = [
        text_message("user", ["hello"]),
        {"type": "function_call", "name": "exec_command", "call_id": "c", "arguments": "{}"},
        {"type": "function_call_output", "call_id": "c", "output": WORDY},
        text_message("assistant", ["done"]),
    ]
    kept = [item for one in said if (item := recorded(one)) is not None]

    prompt = build_prompt(kept, make_context(), [PATCH])

    assert len(prompt.input) == len(said)
    assert all(one is other for one, other in zip(prompt.input, kept, strict=True))
