"""The small tools that a model calls, as clients and the model see them (tools.md §2, §5).

The reference has more tools than these; where a test depends on which ones a model is offered, it says so.
"""

import base64

import pytest
from pydantic import JsonValue
from support import sse
from support.calls import (
    END,
    IN_PLAN_MODE,
    LAST,
    MESSAGE,
    PIXEL,
    PLAN,
    START,
    USAGE,
    calling,
    items,
    outputs,
    told,
)
from support.client import JsonObject, Refusal
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_thread, start_turn
from support.shape import shape
from support.upstream import Upstream, stream

QUESTION: JsonObject = {
    "id": "q",
    "header": "h",
    "question": "Which?",
    "options": [{"label": "A", "description": "d"}],
}


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

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, "+imageView", "-imageView", *LAST]
    assert items(turn, "imageView") == [{"type": "imageView", "id": "c1", "path": str(picture)}]
    url = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
    image, *refusals = outputs(upstream)
    # How much of an image a model looks at is a matter of the model.
    assert image in [
        [{"type": "input_image", "image_url": url, "detail": detail}] for detail in ("high", "original")
    ]
    assert refusals == [
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
    assert ended[3]["action"] == {"type": "search", "query": None, "queries": ["a", "b"]}
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
