"""The tools that a client brings along and runs itself (threads-and-turns.md §7 J).

The reference has more tools than these; where a test depends on which ones a model is offered, it says so.
"""

import base64
import re

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import (
    LAST,
    PIXEL,
    PLAN,
    START,
    USAGE,
    calling,
    items,
    outputs,
    told,
)
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_thread, start_turn
from support.mcp_conversation import as_list
from support.shape import shape
from support.upstream import Upstream

OBJECT: JsonObject = {"type": "object", "properties": {}}
TOOL: JsonObject = {"type": "function", "name": "t", "description": "d", "inputSchema": {"type": "object"}}
ABORTED = r"aborted by user after \d+\.\ds|Wall time: \d+\.\d seconds\naborted by user"
DONE: JsonObject = {"contentItems": [{"type": "inputText", "text": "done"}], "success": True}


def in_older_form(connect: Connect, tools: list[JsonObject]) -> list[JsonValue]:
    """Tools that name their namespace themselves: to 0.169 they are of this form where they say no type."""
    return [
        {key: value for key, value in tool.items() if key != "type" or not connect.server.is_newer}
        for tool in tools
    ]


def test_a_client_runs_its_own_tool(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t", {"a": 1})))
    client = connect()
    asked: list[JsonObject] = []

    def answer(params: JsonObject) -> JsonValue:
        asked.append(params)
        return DONE

    client.on("item/tool/call", answer)
    thread_id = start_thread(client, dynamicTools=[TOOL])

    turn = run_turn(client, thread_id)

    called = ["+dynamicToolCall", "ask:item/tool/call", "-dynamicToolCall"]
    assert shape(turn.messages) == [*START, *called, *LAST]
    assert asked == [
        {
            "threadId": thread_id,
            "turnId": turn.id,
            "callId": "c1",
            "namespace": None,
            "tool": "t",
            "arguments": {"a": 1},
        }
    ]
    facts: JsonObject = {"type": "dynamicToolCall", "id": "c1", "namespace": None, "tool": "t"}
    facts["arguments"] = {"a": 1}
    (begun,) = items(turn, "dynamicToolCall", "item/started")
    (ended,) = items(turn, "dynamicToolCall")
    assert begun == facts | {
        "status": "inProgress",
        "contentItems": None,
        "success": None,
        "durationMs": None,
    }
    assert isinstance(ended.pop("durationMs"), int)
    assert ended == facts | {
        "status": "completed",
        "contentItems": [{"type": "inputText", "text": "done"}],
        "success": True,
    }
    assert outputs(upstream) == ["done"]


def test_the_model_is_told_of_the_clients_tools(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    schema: JsonObject = {"properties": {"a": {"const": "x"}, "b": {"minimum": 3}}, "required": ["a"]}
    tools: list[JsonObject] = [
        {**TOOL, "inputSchema": schema},
        {**TOOL, "name": "u", "namespace": "ns"},
        {**TOOL, "name": "v"},
        {**TOOL, "name": "w", "namespace": "ns"},
        {**TOOL, "name": "update_plan"},
    ]

    run_turn(client, start_thread(client, dynamicTools=in_older_form(connect, tools)))

    offered = upstream.asked[0].json["tools"]
    assert isinstance(offered, list)
    described = [as_object(tool) for tool in offered]
    own = [tool for tool in described if tool.get("name") in ("t", "ns", "v")]

    def function(name: str, parameters: JsonObject) -> JsonObject:
        return {
            "type": "function",
            "name": name,
            "description": "d",
            "strict": False,
            "parameters": parameters,
        }

    reduced: JsonObject = {
        "type": "object",
        "properties": {"a": {"type": "string", "enum": ["x"]}, "b": {"type": "number"}},
        "required": ["a"],
    }
    assert own == [
        function("t", reduced),
        {
            "type": "namespace",
            "name": "ns",
            "description": "Tools in the ns namespace.",
            "tools": [function("u", OBJECT), function("w", OBJECT)],
        },
        function("v", OBJECT),
    ]
    assert [tool.get("name") for tool in described].count("update_plan") == 1


def test_a_tool_of_a_namespace_is_called_by_both_names(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t", namespace="ns"), sse.call("t", call_id="c2")))
    client = connect()
    client.on("item/tool/call", lambda _: DONE)

    turn = run_turn(
        client, start_thread(client, dynamicTools=in_older_form(connect, [{**TOOL, "namespace": "ns"}]))
    )

    (call,) = items(turn, "dynamicToolCall")
    assert (call["namespace"], call["tool"]) == ("ns", "t")
    assert outputs(upstream) == ["done", "unsupported call: t"]


def test_what_a_client_returns_keeps_its_parts(connect: Connect, upstream: Upstream) -> None:
    url = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
    content: list[JsonValue] = [{"type": "inputText", "text": "T"}, {"type": "inputImage", "imageUrl": url}]
    upstream.script(calling(sse.call("t")))
    client = connect()
    client.on("item/tool/call", lambda _: {"contentItems": content, "success": False})

    turn = run_turn(client, start_thread(client, dynamicTools=[TOOL]))

    (call,) = items(turn, "dynamicToolCall")
    assert (call["status"], call["contentItems"], call["success"]) == ("failed", content, False)
    ((said, shown),) = map(as_list, outputs(upstream))
    assert said == {"type": "input_text", "text": "T"}
    # How much of an image a model looks at is a matter of the model.
    assert shown.pop("detail") in ("high", "original")
    assert shown == {"type": "input_image", "image_url": url}


@pytest.mark.requirement("C8")
@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Refusal(-32601, "no such method"), "dynamic tool request failed"),
        ({"nonsense": 1}, "dynamic tool response was invalid"),
        (None, "dynamic tool response was invalid"),
    ],
)
def test_a_client_that_refuses_or_garbles_fails_its_tool_only(
    connect: Connect, upstream: Upstream, answer: JsonObject | Refusal | None, text: str
) -> None:
    upstream.script(calling(sse.call("t")))
    client = connect()
    client.on("item/tool/call", lambda _: answer)

    turn = run_turn(client, start_thread(client, dynamicTools=[TOOL]))

    (call,) = items(turn, "dynamicToolCall")
    assert (call["status"], call["contentItems"]) == ("failed", [{"type": "inputText", "text": text}])
    assert outputs(upstream) == [text]
    assert turn.end["status"] == "completed"


def test_arguments_that_are_no_json_never_reach_the_client(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t", "{")))
    client = connect()

    turn = run_turn(client, start_thread(client, dynamicTools=[TOOL]))

    assert shape(turn.messages) == [*START, *LAST]
    (output,) = outputs(upstream)
    assert str(output).startswith("failed to parse function arguments: ")


def test_two_calls_of_one_answer_run_in_their_order(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t"), sse.call("t", call_id="c2"), sse.call("update_plan", PLAN, "c3")))
    client = connect()
    client.on("item/tool/call", lambda _: DONE)

    turn = run_turn(client, start_thread(client, dynamicTools=[TOOL]))

    called = ["+dynamicToolCall", "ask:item/tool/call", "-dynamicToolCall"]
    assert shape(turn.messages) == [*START, *called, *called, "turn/plan/updated", *LAST]
    assert [call["id"] for call in items(turn, "dynamicToolCall")] == ["c1", "c2"]
    assert outputs(upstream) == ["done", "done", "Plan updated"]


@pytest.mark.requirement("C8")
def test_an_interrupt_ends_the_wait_for_a_client(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t"), sse.call("t", call_id="c2")))
    client = connect()
    thread_id = start_thread(client, dynamicTools=[TOOL])
    since = client.mark()
    turn_id = start_turn(client, thread_id)
    client.wait_for("item/tool/call", since)

    answer = client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    turn = finish_turn(client, turn_id, since)
    run_turn(client, thread_id)

    assert answer == {}
    # Whether a call that was given up is completed is left to servers.
    assert [one for one in shape(turn.messages) if one != "-dynamicToolCall"] == [
        *START,
        *("+dynamicToolCall", "ask:item/tool/call"),
        *USAGE,
        *("answer", "status:idle", "turn:interrupted"),
    ]
    aborted = outputs(upstream)
    assert len(aborted) == 2
    assert all(re.fullmatch(ABORTED, str(text)) for text in aborted)


def refusal_of(client: Client, *tools: JsonValue) -> str:
    refused = client.refusal("thread/start", {"dynamicTools": list(tools)})
    assert refused.code == -32600
    return refused.message


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"name": ""}, "dynamic tool name must not be empty"),
        ({"name": " a"}, "dynamic tool name has leading/trailing whitespace:  a"),
        ({"name": "a b"}, "dynamic tool name must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b"),
        ({"name": "mcp__x"}, "dynamic tool name is reserved: mcp__x"),
        ({"deferLoading": True}, "deferred dynamic tool must include a namespace: t"),
        (
            {"namespace": "a b"},
            "dynamic tool namespace must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b",
        ),
        (
            {"inputSchema": {"type": "null"}},
            (
                "dynamic tool input schema is not supported for t: "
                "tool input schema must not be a singleton null type"
            ),
        ),
    ],
)
def test_a_tool_that_no_model_could_be_offered_is_refused(
    connect: Connect, changes: JsonObject, reason: str
) -> None:
    assert refusal_of(connect(), *in_older_form(connect, [{**TOOL, **changes}])) == reason


def test_a_tool_needs_its_schema_and_a_name_of_its_own(connect: Connect) -> None:
    client = connect()

    assert refusal_of(client, TOOL, TOOL) == "duplicate dynamic tool name: t"
    twice: JsonObject = {**TOOL, "namespace": "ns"}
    assert (
        refusal_of(client, *in_older_form(connect, [twice, twice]))
        == "duplicate dynamic tool name in namespace ns: t"
    )
    bare: JsonObject = {"name": "t", "description": "d"}
    assert refusal_of(client, bare) == "Invalid request: missing field `inputSchema`"


@pytest.mark.parametrize("reserved", ["mcp__a", "web", ""])
def test_a_namespace_that_is_not_free_is_refused(connect: Connect, reserved: str) -> None:
    reasons = {
        "mcp__a": "dynamic tool namespace is reserved: mcp__a",
        "web": "dynamic tool namespace collides with a reserved Responses API namespace: web",
        "": "dynamic tool namespace must not be empty",
    }

    told = refusal_of(connect(), *in_older_form(connect, [{**TOOL, "namespace": reserved}]))

    # Servers that take a namespace for a thing of its own do not name the tool.
    assert told.replace(" for t", "") == reasons[reserved]


def test_tools_come_back_with_their_thread(connect: Connect, upstream: Upstream) -> None:
    first = connect()
    first.on("item/tool/call", lambda _: DONE)
    upstream.script(calling(sse.call("t")))
    thread_id = start_thread(first, dynamicTools=[TOOL])
    run_turn(first, thread_id)
    first.close()

    second = connect()
    second.on("item/tool/call", lambda _: DONE)
    upstream.script(calling(sse.call("t", call_id="c2")))
    second.call("thread/resume", {"threadId": thread_id})
    turn = run_turn(second, thread_id)

    assert [call["id"] for call in items(turn, "dynamicToolCall")] == ["c2"]
    assert outputs(upstream, 3) == ["done", "done"]


def test_a_call_reads_back_as_it_was_shown(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("t", {"a": 1})))
    client = connect()
    client.on("item/tool/call", lambda _: DONE)
    thread_id = start_thread(client, dynamicTools=[TOOL])
    turn = run_turn(client, thread_id)

    thread = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])

    (shown,) = items(turn, "dynamicToolCall")
    assert isinstance(thread["turns"], list)
    (read,) = thread["turns"]
    kept = as_object(read)["items"]
    assert isinstance(kept, list)
    assert [
        {key: item[key] for key in shown}
        for item in map(as_object, kept)
        if item["type"] == "dynamicToolCall"
    ] == [shown]


def test_a_deferred_tool_is_found_and_called(connect: Connect, upstream: Upstream) -> None:
    search: JsonObject = {
        "type": "tool_search_call",
        "call_id": "s1",
        "execution": "client",
        "arguments": {"query": "email"},
    }
    upstream.script(
        calling(sse.item_done(search)), calling(sse.call("send_mail", namespace="mail", call_id="c2"))
    )
    client = connect()
    client.on("item/tool/call", lambda _: DONE)
    mail: JsonObject = {**TOOL, "namespace": "mail", "deferLoading": True}
    tools: list[JsonObject] = [
        {**mail, "name": "send_mail", "description": "Sends an email"},
        {**mail, "name": "empty_bin", "description": "Empties the bin"},
    ]

    run_turn(client, start_thread(client, dynamicTools=in_older_form(connect, tools)))

    offered = upstream.asked[0].json["tools"]
    assert isinstance(offered, list)
    kinds = [as_object(tool).get("name") or as_object(tool)["type"] for tool in offered]
    assert "tool_search" in kinds
    assert "mail" not in kinds
    found = next(item for item in told(upstream) if item["type"] == "tool_search_output")
    assert found["tools"] == [
        {
            "type": "namespace",
            "name": "mail",
            "description": "Tools in the mail namespace.",
            "tools": [
                {
                    "type": "function",
                    "name": "send_mail",
                    "description": "Sends an email",
                    "strict": False,
                    "defer_loading": True,
                    "parameters": OBJECT,
                }
            ],
        }
    ]
    assert outputs(upstream, 2) == ["done"]
