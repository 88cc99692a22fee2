"""What enters the history has a known form."""

import pytest

from app_server.prompt.items import recorded, wire_form
from protocol.wire import JsonObject

FORMS: list[tuple[JsonObject, JsonObject]] = [
    (
        {
            "type": "message",
            "id": "m",
            "role": "assistant",
            "status": "completed",
            "phase": "final_answer",
            "content": [
                {"type": "output_text", "text": "hi", "annotations": [], "logprobs": []},
                {"type": "input_image", "image_url": "u", "detail": None},
                {"type": "refusal", "refusal": "no"},
            ],
        },
        {
            "type": "message",
            "role": "assistant",
            "content": [
                {"type": "output_text", "text": "hi"},
                {"type": "input_image", "image_url": "u"},
            ],
            "phase": "final_answer",
        },
    ),
    (
        {"type": "reasoning", "id": "r", "summary": []},
        {"type": "reasoning", "summary": [], "content": None, "encrypted_content": None},
    ),
    (
        {
            "type": "reasoning",
            "summary": [],
            "content": [{"type": "reasoning_text", "text": "t"}],
            "encrypted_content": "e",
        },
        {
            "type": "reasoning",
            "summary": [],
            "content": [{"type": "reasoning_text", "text": "t"}],
            "encrypted_content": "e",
        },
    ),
    (
        {"type": "reasoning", "summary": [], "content": [{"type": "text", "text": "t"}]},
        {"type": "reasoning", "summary": [], "encrypted_content": None},
    ),
    (
        {"type": "reasoning", "summary": [], "content": []},
        {"type": "reasoning", "summary": [], "encrypted_content": None},
    ),
    (
        {
            "type": "function_call",
            "id": "f",
            "call_id": "c",
            "name": "n",
            "namespace": "s",
            "arguments": "{}",
            "status": "completed",
        },
        {"type": "function_call", "name": "n", "namespace": "s", "arguments": "{}", "call_id": "c"},
    ),
    (
        {"type": "custom_tool_call", "call_id": "c", "name": "n", "input": "i", "status": "completed"},
        {"type": "custom_tool_call", "status": "completed", "call_id": "c", "name": "n", "input": "i"},
    ),
    (
        {"type": "local_shell_call", "status": "completed", "action": {"type": "exec", "command": ["ls"]}},
        {
            "type": "local_shell_call",
            "call_id": None,
            "status": "completed",
            "action": {
                "type": "exec",
                "command": ["ls"],
                "timeout_ms": None,
                "working_directory": None,
                "env": None,
                "user": None,
            },
        },
    ),
    (
        {"type": "tool_search_call", "execution": "client", "arguments": {"query": "q"}},
        {"type": "tool_search_call", "call_id": None, "execution": "client", "arguments": {"query": "q"}},
    ),
    (
        {
            "type": "function_call_output",
            "call_id": "c",
            "output": [{"type": "input_image", "image_url": "u", "detail": "low"}],
        },
        {
            "type": "function_call_output",
            "call_id": "c",
            "output": [{"type": "input_image", "image_url": "u", "detail": "low"}],
        },
    ),
    (
        {"type": "image_generation_call", "id": "i", "status": "completed", "result": "AA"},
        {"type": "image_generation_call", "id": "i", "status": "completed", "result": "AA"},
    ),
    (
        {"type": "compaction_summary", "encrypted_content": "e"},
        {"type": "compaction", "encrypted_content": "e"},
    ),
]


@pytest.mark.parametrize(("item", "expected"), FORMS)
def test_an_item_is_sent_with_the_keys_of_its_type_in_their_order(
    item: JsonObject, expected: JsonObject
) -> None:
    kept = recorded(item)

    assert kept is not None
    sent = wire_form(kept)
    assert sent == expected
    assert list(sent) == list(expected)


@pytest.mark.parametrize(
    "item",
    [
        {"type": "ghost_snapshot"},
        {"type": "something_new"},
        {"type": 5},
        {},
        {"type": "message", "role": "system", "content": []},
        {"type": "message", "role": "user", "content": "text"},
        {"type": "function_call", "name": "n", "arguments": "{}"},
        {"type": "function_call_output", "call_id": 3, "output": []},
        {"type": "function_call_output", "call_id": "c", "output": {"text": "x"}},
        {"type": "local_shell_call", "status": "completed", "action": "ls"},
    ],
)
def test_what_the_history_does_not_hold_is_dropped(item: JsonObject) -> None:
    assert recorded(item) is None


def test_an_id_is_kept_for_those_who_want_it_back() -> None:
    kept = recorded({"type": "message", "id": "msg_1", "role": "assistant", "content": []})

    assert kept == {"type": "message", "role": "assistant", "content": [], "id": "msg_1"}
