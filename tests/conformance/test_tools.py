"""The tools that a model calls, as clients and the model see them (tools.md §2).

The reference has more tools than these; where a test depends on which ones a model is offered, it says so.
"""

import base64
import re

import pytest
from pydantic import JsonValue
from support import sse
from support.client import Client, JsonObject, Refusal
from support.connect import Connect
from support.conversation import Turn, as_object, finish_turn, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Stream, Upstream, stream

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
USAGE = ["tokens", "limits"]
END = ["status:idle", "turn:completed"]
MESSAGE = ["+agentMessage", "Δ", "-agentMessage"]
LAST = [*USAGE, *MESSAGE, *USAGE, *END]

OBJECT: JsonObject = {"type": "object", "properties": {}}
TOOL: JsonObject = {"type": "function", "name": "t", "description": "d", "inputSchema": {"type": "object"}}
DONE: JsonObject = {"contentItems": [{"type": "inputText", "text": "done"}], "success": True}
PLAN: JsonObject = {
    "explanation": "e",
    "plan": [{"step": "a", "status": "in_progress"}, {"step": "b", "status": "pending"}],
}
QUESTION: JsonObject = {
    "id": "q",
    "header": "h",
    "question": "Which?",
    "options": [{"label": "A", "description": "d"}],
}
PLAN_MODE: JsonObject = {
    "mode": "plan",
    "settings": {"model": "gpt-5.4", "reasoning_effort": None, "developer_instructions": None},
}
IN_PLAN_MODE: JsonObject = {"collaborationMode": PLAN_MODE}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def calling(*events: sse.Event) -> Stream:
    return stream(sse.created(), *events, sse.completed())


def told(upstream: Upstream, request: int = 1) -> list[JsonObject]:
    """What the model was told of calls in that request, in order; ids that newer servers add are left out."""
    items = upstream.asked[request].json["input"]
    assert isinstance(items, list)
    found = [as_object(item) for item in items]
    kept = [item for item in found if str(item["type"]).endswith(("_call", "_output"))]
    return [{key: value for key, value in item.items() if key not in {"id", *_NEWER}} for item in kept]


_NEWER = ("internal_chat_message_metadata_passthrough", "status")


def outputs(upstream: Upstream, request: int = 1) -> list[JsonValue]:
    return [item["output"] for item in told(upstream, request) if "output" in item]


def items(turn: Turn, kind: str, method: str = "item/completed") -> list[JsonObject]:
    found = [as_object(one["item"]) for one in turn.params(method)]
    newer = ("startedAtMs", "completedAtMs", "results")
    return [
        {key: value for key, value in item.items() if key not in newer}
        for item in found
        if item["type"] == kind
    ]


def without_agent(turn: Turn) -> list[str]:
    """The shape of the turn up to the answer that follows the calls."""
    return shape(turn.messages)


# --- the plan


def test_a_plan_is_shown_without_an_item(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("update_plan", PLAN)))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, "turn/plan/updated", *LAST]
    (plan,) = turn.params("turn/plan/updated")
    assert {key: plan[key] for key in ("turnId", "explanation", "plan")} == {
        "turnId": turn.id,
        "explanation": "e",
        "plan": [{"step": "a", "status": "inProgress"}, {"step": "b", "status": "pending"}],
    }
    assert outputs(upstream) == ["Plan updated"]


def test_a_plan_that_cannot_be_read_is_explained_to_the_model(connect: Connect, upstream: Upstream) -> None:
    upstream.script(
        calling(
            sse.call("update_plan", "{"),
            sse.call("update_plan", {**PLAN, "extra": 1}, "c2"),
            sse.call("update_plan", {}, "c3"),
        )
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *LAST]
    broken, extra, empty = map(str, outputs(upstream))
    prefix = "failed to parse function arguments: "
    assert broken.startswith(prefix)
    assert extra.startswith(prefix + "unknown field `extra`, expected `explanation` or `plan`")
    assert empty.startswith(prefix + "missing field `plan`")


def test_there_is_no_checklist_while_planning(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("update_plan", PLAN)))
    client = connect()

    turn = run_turn(client, start_thread(client), "hello", **IN_PLAN_MODE)

    assert "turn/plan/updated" not in shape(turn.messages)
    assert outputs(upstream) == ["update_plan is a TODO/checklist tool and is not allowed in Plan mode"]


# --- calls of nothing


def test_what_nobody_has_is_said_to_be_unsupported(connect: Connect, upstream: Upstream) -> None:
    custom: JsonObject = {"type": "custom_tool_call", "name": "nothing", "input": "x", "call_id": "c2"}
    upstream.script(
        calling(
            sse.call("nothing"),
            sse.item_done(custom),
            sse.call("nothing", call_id="c3", namespace="ns"),
        )
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *LAST]
    assert [(item["type"], item["call_id"]) for item in told(upstream)] == [
        *(("function_call", "c1"), ("custom_tool_call", "c2"), ("function_call", "c3")),
        *(("function_call_output", "c1"), ("custom_tool_call_output", "c2"), ("function_call_output", "c3")),
    ]
    assert outputs(upstream) == [
        "unsupported call: nothing",
        "unsupported custom tool call: nothing",
        "unsupported call: nsnothing",
    ]


def test_a_call_by_the_wrong_kind_of_item_is_repaired(connect: Connect, upstream: Upstream) -> None:
    custom: JsonObject = {"type": "custom_tool_call", "name": "update_plan", "input": "x", "call_id": "c1"}
    upstream.script(calling(sse.item_done(custom)))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *LAST]
    assert outputs(upstream) == ["aborted"]


# --- the client's own tools


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
    tools: list[JsonValue] = [
        {**TOOL, "inputSchema": schema},
        {**TOOL, "name": "u", "namespace": "ns"},
        {**TOOL, "name": "v"},
        {**TOOL, "name": "w", "namespace": "ns"},
        {**TOOL, "name": "update_plan"},
    ]

    run_turn(client, start_thread(client, dynamicTools=tools))

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

    turn = run_turn(client, start_thread(client, dynamicTools=[{**TOOL, "namespace": "ns"}]))

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
    assert outputs(upstream) == [
        [
            {"type": "input_text", "text": "T"},
            {"type": "input_image", "image_url": url, "detail": "high"},
        ]
    ]


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
    assert shape(turn.messages) == [
        *START,
        *("+dynamicToolCall", "ask:item/tool/call"),
        *USAGE,
        *("answer", "status:idle", "turn:interrupted"),
    ]
    aborted = outputs(upstream)
    assert len(aborted) == 2
    assert all(re.fullmatch(r"aborted by user after \d+\.\ds", str(text)) for text in aborted)


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
    assert refusal_of(connect(), {**TOOL, **changes}) == reason


def test_a_tool_needs_its_schema_and_a_name_of_its_own(connect: Connect) -> None:
    client = connect()

    assert refusal_of(client, TOOL, TOOL) == "duplicate dynamic tool name: t"
    twice: JsonObject = {**TOOL, "namespace": "ns"}
    assert refusal_of(client, twice, twice) == "duplicate dynamic tool name in namespace ns: t"
    bare: JsonObject = {"name": "t", "description": "d"}
    assert refusal_of(client, bare) == "Invalid request: missing field `inputSchema`"


@pytest.mark.parametrize("reserved", ["mcp__a", "web", ""])
def test_a_namespace_that_is_not_free_is_refused(connect: Connect, reserved: str) -> None:
    reasons = {
        "mcp__a": "dynamic tool namespace is reserved for t: mcp__a",
        "web": "dynamic tool namespace collides with a reserved Responses API namespace for t: web",
        "": "dynamic tool namespace must not be empty for t",
    }

    assert refusal_of(connect(), {**TOOL, "namespace": reserved}) == reasons[reserved]


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
    assert [item for item in kept if as_object(item)["type"] == "dynamicToolCall"] == [shown]


# --- tools that have to be searched for


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
    tools: list[JsonValue] = [
        {**mail, "name": "send_mail", "description": "Sends an email"},
        {**mail, "name": "empty_bin", "description": "Empties the bin"},
    ]

    run_turn(client, start_thread(client, dynamicTools=tools, model="gpt-5.4"))

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


# --- questions to the user


def test_the_model_asks_the_user_while_planning(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("request_user_input", {"questions": [QUESTION]})))
    client = connect()
    asked: list[JsonObject] = []

    def answer(params: JsonObject) -> JsonValue:
        asked.append(params)
        return {"answers": {"q": {"answers": ["A"]}}}

    client.on("item/tool/requestUserInput", answer)
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id, "hello", **IN_PLAN_MODE)

    waiting = ["status:active", "ask:item/tool/requestUserInput", "resolved", "status:active"]
    assert sorted(shape(turn.messages)[5:9]) == sorted(waiting)
    flags = [as_object(one["status"]).get("activeFlags") for one in turn.params("thread/status/changed")]
    assert flags == [[], ["waitingOnUserInput"], [], None]
    (params,) = asked
    assert {key: params[key] for key in ("threadId", "turnId", "itemId", "questions")} == {
        "threadId": thread_id,
        "turnId": turn.id,
        "itemId": "c1",
        "questions": [{**QUESTION, "isOther": True, "isSecret": False}],
    }
    assert outputs(upstream) == ['{"answers":{"q":{"answers":["A"]}}}']


def test_a_question_without_an_answer_counts_as_answered(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("request_user_input", {"questions": [QUESTION]})))
    client = connect()
    client.on("item/tool/requestUserInput", lambda _: Refusal(-32601, "no such method"))

    run_turn(client, start_thread(client), "hello", **IN_PLAN_MODE)

    assert outputs(upstream) == ['{"answers":{}}']


def test_the_model_works_without_asking_outside_of_planning(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("request_user_input", {"questions": [QUESTION]})))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *LAST]
    assert outputs(upstream) == ["request_user_input is unavailable in Default mode"]


def test_an_interrupt_resolves_the_question_last(connect: Connect, upstream: Upstream) -> None:
    upstream.script(calling(sse.call("request_user_input", {"questions": [QUESTION]})))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    turn_id = start_turn(client, thread_id, "hello", **IN_PLAN_MODE)
    client.wait_for("item/tool/requestUserInput", since)

    client.call("turn/interrupt", {"threadId": thread_id, "turnId": turn_id})
    client.wait_for("serverRequest/resolved", since)
    turn = finish_turn(client, turn_id, since)

    assert shape(turn.messages)[-6:] == [*USAGE, "answer", "status:idle", "turn:interrupted", "resolved"]


# --- images


def test_the_model_looks_at_a_picture(connect: Connect, upstream: Upstream) -> None:
    picture = connect.home / "p.png"
    picture.write_bytes(PIXEL)
    upstream.script(
        calling(
            sse.call("view_image", {"path": str(picture)}),
            sse.call("view_image", {"path": str(picture), "detail": "low"}, "c2"),
            sse.call("view_image", {"path": str(connect.home / "nope")}, "c3"),
            sse.call("view_image", {"path": str(connect.home)}, "c4"),
        )
    )
    client = connect()

    turn = run_turn(client, start_thread(client, model="gpt-5.4"))

    assert shape(turn.messages) == [*START, "+imageView", "-imageView", *LAST]
    assert items(turn, "imageView") == [{"type": "imageView", "id": "c1", "path": str(picture)}]
    url = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
    assert outputs(upstream) == [
        [{"type": "input_image", "image_url": url, "detail": "high"}],
        "view_image.detail only supports `original`; omit `detail` for default resized behavior, got `low`",
        f"unable to locate image at `{connect.home / 'nope'}`: No such file or directory (os error 2)",
        f"image path `{connect.home}` is not a file",
    ]


# --- the provider's search


def search(action: JsonObject | None, call_id: str) -> sse.Event:
    item: JsonObject = {"type": "web_search_call", "id": call_id, "status": "completed"}
    return sse.item_done(item if action is None else {**item, "action": action})


def test_a_search_of_the_provider_is_shown_and_kept(connect: Connect, upstream: Upstream) -> None:
    opened: JsonObject = {"type": "web_search_call", "id": "w1", "status": "in_progress"}
    upstream.script(
        stream(
            sse.created(),
            {"type": "response.output_item.added", "item": opened},
            search({"type": "search", "query": "q", "queries": ["q", "r"]}, "w1"),
            search({"type": "open_page", "url": "http://x"}, "w2"),
            search({"type": "find_in_page", "url": "http://x", "pattern": "p"}, "w3"),
            search({"type": "search", "queries": ["a", "b"]}, "w4"),
            search(None, "w5"),
            *sse.message(),
            sse.completed(),
        )
    )
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)
    thread = as_object(client.call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])

    searched = ["+webSearch", "-webSearch"]
    assert shape(turn.messages) == [*START, *searched * 5, *MESSAGE, *USAGE, *END]
    begun, ended = items(turn, "webSearch", "item/started"), items(turn, "webSearch")
    assert begun[0] == {"type": "webSearch", "id": "w1", "query": "", "action": {"type": "other"}}
    assert begun[1:] == ended[1:]
    assert [item["query"] for item in ended] == ["q", "http://x", "'p' in http://x", "a ...", ""]
    assert [as_object(item["action"])["type"] for item in ended] == [
        *("search", "openPage", "findInPage", "search", "other"),
    ]
    assert isinstance(thread["turns"], list)
    (read,) = thread["turns"]
    kept = as_object(read)["items"]
    assert isinstance(kept, list)
    found = [as_object(item) for item in kept if as_object(item)["type"] == "webSearch"]
    assert [(item["id"], item["query"]) for item in found] == [(item["id"], item["query"]) for item in ended]
    assert len(upstream.asked) == 1


@pytest.mark.parametrize(
    ("config", "start", "turn", "spec"),
    [
        ("", {}, {}, {"external_web_access": False}),
        ('web_search = "live"', {}, {}, {"external_web_access": True}),
        ('web_search = "disabled"', {"sandbox": "danger-full-access"}, {}, None),
        ("", {"sandbox": "danger-full-access"}, {}, {"external_web_access": True}),
        ("", {}, {"sandboxPolicy": {"type": "dangerFullAccess"}}, {"external_web_access": True}),
        (
            "",
            {"sandbox": "danger-full-access"},
            {"sandboxPolicy": {"type": "readOnly"}},
            {"external_web_access": False},
        ),
        (
            (
                'web_search = "live"\n[tools.web_search]\ncontext_size = "high"\nallowed_domains = ["a.x"]\n'
                'location = { country = "FR", city = "Paris" }'
            ),
            {},
            {},
            {
                "external_web_access": True,
                "filters": {"allowed_domains": ["a.x"]},
                "user_location": {"type": "approximate", "country": "FR", "city": "Paris"},
                "search_context_size": "high",
            },
        ),
    ],
)
def test_the_search_is_offered_as_configuration_and_sandbox_say(
    connect: Connect, upstream: Upstream, config: str, start: JsonObject, turn: JsonObject, spec: JsonValue
) -> None:
    path = connect.home / "config.toml"
    top, _, table = config.partition("\n")
    path.write_text(f"{top}\n{path.read_text('utf-8')}\n{table}\n", encoding="utf-8")
    client = connect()

    run_turn(client, start_thread(client, model="gpt-5.2", **start), "hello", **turn)

    offered = upstream.asked[0].json["tools"]
    assert isinstance(offered, list)
    found = [as_object(tool) for tool in offered if as_object(tool)["type"] == "web_search"]
    assert found == ([] if spec is None else [{"type": "web_search", **as_object(spec)}])
