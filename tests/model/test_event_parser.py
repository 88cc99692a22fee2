"""JSON events of a response → what the agent sees."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from app_server.model.answer.events import (
    Completed,
    Created,
    CustomToolInputDelta,
    ItemAdded,
    ItemDone,
    ReasoningPartAdded,
    ReasoningSummaryDelta,
    ReasoningTextDelta,
    ResponseEvent,
    ServerModel,
    TextDelta,
    TokenUsage,
    Verification,
)
from app_server.model.answer.parser import parse_event
from app_server.model.errors import ModelError

MESSAGE: dict[str, JsonValue] = {"type": "message", "id": "m", "role": "assistant", "content": []}


def parse(event: JsonValue | bytes) -> list[ResponseEvent]:
    out: list[ResponseEvent] = []
    parse_event(event if isinstance(event, bytes) else json.dumps(event).encode(), out)
    return out


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "response.created", "response": {"id": "r"}}, Created()),
        ({"type": "response.output_item.added", "item": MESSAGE}, ItemAdded(MESSAGE)),
        ({"type": "response.output_item.done", "item": MESSAGE}, ItemDone(MESSAGE)),
        ({"type": "response.output_text.delta", "delta": "é"}, TextDelta("é")),
        ({"type": "response.reasoning_summary_part.added", "summary_index": 1}, ReasoningPartAdded(1)),
        (
            {"type": "response.reasoning_summary_text.delta", "delta": "t", "summary_index": 0},
            ReasoningSummaryDelta("t", 0),
        ),
        (
            {"type": "response.reasoning_text.delta", "delta": "t", "content_index": 2},
            ReasoningTextDelta("t", 2),
        ),
        (
            {"type": "response.custom_tool_call_input.delta", "delta": "*", "item_id": "c"},
            CustomToolInputDelta("*", "c", None),
        ),
        ({"type": "response.completed", "response": {"id": "r"}}, Completed("r")),
        (
            {"type": "response.completed", "response": {"id": "r", "end_turn": False, "usage": {
                "input_tokens": 10, "input_tokens_details": {"cached_tokens": 4},
                "output_tokens": 5, "output_tokens_details": {"reasoning_tokens": 2}, "total_tokens": 15,
            }}},
            Completed("r", TokenUsage(10, 4, 5, 2, 15), end_turn=False),
        ),
        (
            {"type": "response.completed", "response": {"id": "r", "usage": {"total_tokens": "odd"}}},
            Completed("r", TokenUsage()),
        ),
        (
            {"type": "response.metadata", "metadata": {
                "openai_verification_recommendation": ["trusted_access_for_cyber", "something_new"]
            }},
            Verification(("trustedAccessForCyber",)),
        ),
    ],
)  # fmt: skip
def test_each_event_is_understood(event: JsonValue, expected: ResponseEvent) -> None:
    (found,) = parse(event)

    assert (type(found), found) == (type(expected), expected)


@pytest.mark.requirement("U6")
@pytest.mark.parametrize(
    "event",
    [
        {"type": "response.something_new", "x": 1},
        {"type": "response.function_call_arguments.delta", "delta": "{"},
        {"type": "error", "error": {"message": "ignored on SSE"}},
        {"type": "response.output_item.done", "item": {"type": "hologram"}},
        {"type": "response.output_item.done", "item": {"type": "message", "role": "assistant"}},
        {"type": "response.output_item.done", "item": {"type": "message", "role": "a", "content": ["x"]}},
        {"type": "response.output_item.done", "item": {"type": "function_call", "name": "x", "call_id": 5}},
        {"type": "response.output_item.added"},
        {"type": "response.output_text.delta", "delta": 5},
        {"type": "response.reasoning_summary_text.delta", "delta": "no index"},
        {"type": "response.custom_tool_call_input.delta", "delta": "no id"},
        {"type": "response.created"},
        {"type": "response.completed"},
        {"type": ["list"]},
        {"no": "type"},
        [],
        None,
        b"[DONE]",
        b"{",
        b"",
        b"\xff\xfe",
        b"[" * 5000,
    ],
)
def test_what_is_unknown_or_lacks_something_is_skipped(event: JsonValue | bytes) -> None:
    assert parse(event) == []


@pytest.mark.requirement("W9")
def test_text_that_json_cannot_carry_becomes_a_replacement_character() -> None:
    assert parse(rb'{"type":"response.output_text.delta","delta":"a\ud800b"}') == [TextDelta("a�b")]
    assert parse(b'{"type":"response.output_text.delta","delta":"a\xffb"}') == [TextDelta("a�b")]
    assert parse(b'{"type":"response.output_text.delta","delta":"x","logprob":NaN}') == [TextDelta("x")]


@pytest.mark.parametrize(
    "headers",
    [{"OpenAI-Model": "gpt-x"}, {"x-openai-model": ["gpt-x", "other"]}],
)
def test_the_model_that_really_answers_is_told_first(headers: JsonValue) -> None:
    inside: JsonValue = {"type": "response.created", "response": {"id": "r", "headers": headers}}
    beside: JsonValue = {"type": "response.created", "response": {"id": "r"}, "headers": headers}

    assert parse(inside) == parse(beside) == [ServerModel("gpt-x"), Created()]


def test_a_completed_response_without_an_id_can_be_asked_for_again() -> None:
    with pytest.raises(ModelError) as caught:
        parse({"type": "response.completed", "response": {}})

    assert caught.value.retryable
    assert str(caught.value) == (
        "stream disconnected before completion: failed to parse ResponseCompleted: missing field `id`"
    )


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
_TYPES = st.sampled_from(
    [
        "response.created", "response.output_item.added", "response.output_item.done",
        "response.output_text.delta", "response.completed", "response.failed", "response.incomplete",
        "response.metadata", "response.reasoning_text.delta", "response.custom_tool_call_input.delta",
    ]
)  # fmt: skip


@given(_TYPES, st.dictionaries(st.sampled_from(["item", "delta", "response", "metadata", "headers"]), _JSON))
def test_odd_fields_never_do_more_than_fail_the_response(kind: str, fields: dict[str, JsonValue]) -> None:
    try:
        parse({"type": kind, **fields})
    except ModelError:
        assert kind in {"response.completed", "response.failed", "response.incomplete"}


@pytest.mark.parametrize("count", [b"1e300", b"1e999", b"9" * 400, b"-1e300"])
@pytest.mark.requirement("U6")
def test_a_count_beyond_all_reason_counts_as_none(count: bytes) -> None:
    usage = b'{"input_tokens": ' + count + b', "output_tokens": 1, "total_tokens": 3}'
    event = b'{"type": "response.completed", "response": {"id": "r", "usage": ' + usage + b"}}"

    assert parse(event) == [Completed("r", TokenUsage(output_tokens=1, total_tokens=3))]


@pytest.mark.parametrize("index", [True, -1, 2**63, 1.5])
def test_a_part_of_reasoning_that_is_nowhere_is_skipped(index: JsonValue) -> None:
    assert parse({"type": "response.reasoning_summary_part.added", "summary_index": index}) == []
    assert parse({"type": "response.reasoning_text.delta", "delta": "t", "content_index": index}) == []


def test_a_delta_without_text_is_none() -> None:
    assert parse({"type": "response.output_text.delta", "delta": ""}) == []
