"""The finished prompt: repaired, formatted, without ids."""

from collections.abc import Callable

from app_server.prompt.context import TurnContext
from app_server.prompt.messages import text_message
from app_server.prompt.prompt import build_prompt, sizes
from app_server.prompt.sections import ItemSize, PartSize
from protocol.wire import JsonObject

PATCH: JsonObject = {"type": "custom", "name": "apply_patch"}


def test_a_prompt_joins_history_instructions_and_tools(make_context: Callable[..., TurnContext]) -> None:
    context = make_context(base_instructions="BASE", output_schema={"type": "object"})
    hello: JsonObject = {**text_message("user", ["hello"]), "id": "msg_1"}
    call: JsonObject = {
        "type": "custom_tool_call",
        "call_id": "c",
        "name": "apply_patch",
        "input": "x",
        "id": "ctc_1",
    }
    result = '{"output": "ok", "metadata": {"exit_code": 0, "duration_seconds": 2.0}}'
    output: JsonObject = {"type": "custom_tool_call_output", "call_id": "c", "output": result}
    unanswered: JsonObject = {"type": "function_call", "call_id": "f", "name": "n", "arguments": "{}"}
    history = [hello, call, output, unanswered]

    prompt = build_prompt(history, context, [PATCH])

    assert list(prompt.input) == [
        text_message("user", ["hello"]),
        {"type": "custom_tool_call", "call_id": "c", "name": "apply_patch", "input": "x"},
        {**output, "output": "Exit code: 0\nWall time: 2 seconds\nOutput:\nok"},
        unanswered,
        {"type": "function_call_output", "call_id": "f", "output": "aborted"},
    ]
    assert (prompt.instructions, prompt.tools, prompt.parallel_tool_calls) == ("BASE", (PATCH,), True)
    assert prompt.output_schema == {"type": "object"}
    assert hello["id"] == "msg_1"


def test_sizes_are_bytes_of_compact_json_and_a_quarter_of_them_in_tokens(
    make_context: Callable[..., TurnContext],
) -> None:
    prompt = build_prompt([text_message("user", ["é"])], make_context())

    weights = sizes(prompt)

    part = '{"type":"input_text","text":"é"}'
    text = f'{{"type":"message","role":"user","content":[{part}]}}'
    assert weights == (ItemSize("message", len(text.encode()), (PartSize("text", len(part.encode())),)),)
    assert weights[0].estimated_tokens == -(-len(text.encode()) // 4)
