"""The body of a request: which keys are there, and what is in them."""

import json
from collections.abc import Sequence

import pytest
from pydantic import JsonValue

from app_server.model.catalog import lookup
from app_server.model.request import ResponsesRequest, as_json, request_fields
from protocol.wire import JsonObject

GPT, _ = lookup("gpt-5.5")
UNKNOWN, _ = lookup("somebody-elses")
USER: JsonObject = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": "hi"}]}


def _body(request: ResponsesRequest, *, is_azure: bool = False) -> JsonObject:
    fields = request_fields(request, thread_id="thread-1", installation_id="inst-1", is_azure=is_azure)
    return json.loads(as_json(fields))


def test_a_plain_turn_sends_exactly_these_keys() -> None:
    tool: JsonObject = {"type": "function", "name": "t"}

    assert _body(ResponsesRequest(GPT, [USER], "Be kind.", [tool])) == {
        "model": "gpt-5.5",
        "instructions": "Be kind.",
        "input": [USER],
        "tools": [tool],
        "tool_choice": "auto",
        "parallel_tool_calls": True,
        "reasoning": {"effort": "medium"},
        "store": False,
        "stream": True,
        "include": ["reasoning.encrypted_content"],
        "prompt_cache_key": "thread-1",
        "text": {"verbosity": "low"},
        "client_metadata": {"x-codex-installation-id": "inst-1"},
    }


def test_a_model_that_nobody_knows_gets_no_options() -> None:
    assert _body(ResponsesRequest(UNKNOWN, [], effort="high", summary="auto", verbosity="high")) == {
        "model": "somebody-elses",
        "input": [],
        "tools": [],
        "tool_choice": "auto",
        "parallel_tool_calls": False,
        "reasoning": None,
        "store": False,
        "stream": True,
        "include": [],
        "prompt_cache_key": "thread-1",
        "client_metadata": {"x-codex-installation-id": "inst-1"},
    }


def test_the_turns_choices_go_before_the_catalogues() -> None:
    schema: JsonObject = {"type": "object"}
    request = ResponsesRequest(
        GPT,
        [],
        parallel_tool_calls=False,
        effort="xhigh",
        summary="detailed",
        verbosity="high",
        output_schema=schema,
    )

    body = _body(request)

    chosen = {key: body[key] for key in ("parallel_tool_calls", "reasoning", "text")}
    assert chosen == {
        "parallel_tool_calls": False,
        "reasoning": {"effort": "xhigh", "summary": "detailed"},
        "text": {
            "verbosity": "high",
            "format": {
                "type": "json_schema",
                "strict": True,
                "schema": schema,
                "name": "codex_output_schema",
            },
        },
    }


def test_no_summary_is_said_by_saying_nothing() -> None:
    assert _body(ResponsesRequest(GPT, [], summary="none"))["reasoning"] == {"effort": "medium"}


@pytest.mark.parametrize(
    ("wanted", "sent"), [("fast", "priority"), ("priority", "priority"), ("flex", None), (None, None)]
)
def test_only_a_tier_that_the_model_has_is_asked_for(wanted: str | None, sent: str | None) -> None:
    assert _body(ResponsesRequest(GPT, [], service_tier=wanted)).get("service_tier") == sent


ITEMS: Sequence[JsonObject] = (
    {"type": "message", "id": "m", "role": "user", "content": []},
    {"type": "reasoning", "id": "r", "summary": []},
    {"type": "function_call", "id": "f", "name": "n", "arguments": "{}", "call_id": "c"},
    {"type": "function_call", "id": "", "name": "n", "arguments": "{}", "call_id": "d"},
    {"type": "image_generation_call", "id": "i", "status": "completed", "result": ""},
)


def test_items_keep_their_ids_only_where_the_provider_stores_them() -> None:
    usual, azure = _body(ResponsesRequest(GPT, ITEMS)), _body(ResponsesRequest(GPT, ITEMS), is_azure=True)

    assert [_id(item) for item in _list(usual["input"])] == [None, None, None, None, "i"]
    assert [_id(item) for item in _list(azure["input"])] == ["m", "r", "f", None, "i"]
    assert (usual["store"], azure["store"]) == (False, True)


def _list(value: JsonValue) -> list[JsonValue]:
    assert isinstance(value, list)
    return value


def _id(item: JsonValue) -> JsonValue:
    assert isinstance(item, dict)
    return item.get("id")


@pytest.mark.requirement("W9")
def test_what_json_cannot_carry_is_replaced() -> None:
    odd: JsonObject = {"type": "x", "text": "a\ud800b", "big": 2**70, "huge": 10**400, "\udfff": [True, None]}

    (item,) = _list(_body(ResponsesRequest(GPT, [odd]))["input"])

    assert item == {"type": "x", "text": "a�b", "big": 2.0**70, "huge": None, "�": [True, None]}
