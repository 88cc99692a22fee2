"""What each tool does when it is called, with a host that only remembers (tools.md §5)."""

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image
from support.tools import Host, call

from app_server.model.catalog import lookup
from app_server.tools import dynamic_call, request_user_input, tool_search, update_plan, view_image
from app_server.tools.call import ToolCall, ToolRefusal, UnreadableAnswer
from app_server.tools.dynamic import DynamicTool
from app_server.tools.table import CODE_MODE, SEARCHES, TOOLS, Tool
from protocol.approval import (
    DynamicToolCallResponse,
    ToolRequestUserInputAnswer,
    ToolRequestUserInputParams,
    ToolRequestUserInputResponse,
)
from protocol.item import DynamicToolCallThreadItem, ImageViewThreadItem
from protocol.item_calls import (
    InputAudioDynamicToolCallOutputContentItem,
    InputImageDynamicToolCallOutputContentItem,
    InputTextDynamicToolCallOutputContentItem,
)
from protocol.turn import TurnPlanStep, TurnPlanUpdatedNotification
from protocol.wire import JsonObject, JsonValue, WireModel

PLAN = '{"explanation":"e","plan":[{"step":"a","status":"in_progress"},{"step":"b","status":"pending"}]}'
QUESTION: JsonObject = {
    "id": "q",
    "header": "h",
    "question": "Which?",
    "options": [{"label": "A", "description": "the first"}],
}
PARSING = "failed to parse function arguments: "


async def refusal_of(run: object) -> str:
    with pytest.raises(ToolRefusal) as refused:
        await run  # type: ignore[misc] - any awaitable
    return str(refused.value)


# --- update_plan


async def test_a_plan_is_shown_to_clients() -> None:
    host = Host()

    assert await update_plan.run(call("update_plan", PLAN), host) == "Plan updated"

    assert host.events == [
        TurnPlanUpdatedNotification(
            thread_id="thread",
            turn_id="turn",
            explanation="e",
            plan=[TurnPlanStep(step="a", status="inProgress"), TurnPlanStep(step="b", status="pending")],
        )
    ]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ('{"plan":[],"x":1}', "unknown field `x`, expected `explanation` or `plan`"),
        (
            '{"plan":[{"step":"a","status":"pending","q":1}]}',
            "unknown field `q`, expected `step` or `status`",
        ),
        ("{}", "missing field `plan`"),
        ('{"plan":[{"step":"a"}]}', "missing field `status`"),
        (
            '{"plan":[{"step":"a","status":"zz"}]}',
            "unknown variant `zz`, expected one of `pending`, `in_progress`, `completed`",
        ),
        ('{"plan":5}', "invalid type: integer `5`, expected a sequence"),
        ("5", "invalid type: integer `5`, expected struct UpdatePlanArgs"),
    ],
)
async def test_a_plan_that_cannot_be_read_is_refused_with_the_reason(arguments: str, reason: str) -> None:
    host = Host()

    assert await refusal_of(update_plan.run(call("update_plan", arguments), host)) == PARSING + reason
    assert host.events == []


@pytest.mark.parametrize("arguments", ["", "{", "{'plan':[]}", '"\\ud800"', "NaN"])
async def test_arguments_that_are_no_json_are_refused(arguments: str) -> None:
    refused = await refusal_of(update_plan.run(call("update_plan", arguments), Host()))

    assert refused.startswith(PARSING)


async def test_there_is_no_checklist_while_planning() -> None:
    refused = await refusal_of(update_plan.run(call("update_plan", PLAN), Host(mode="plan")))

    assert refused == "update_plan is a TODO/checklist tool and is not allowed in Plan mode"


# --- request_user_input


def questions(*asked: JsonValue) -> ToolCall:
    return call("request_user_input", json.dumps({"questions": list(asked)}))


async def test_the_users_answers_go_to_the_model_as_they_are() -> None:
    answers = {"q": ToolRequestUserInputAnswer(answers=["A", "ü"])}
    host = Host(mode="plan", answer=lambda _: ToolRequestUserInputResponse(answers=answers))

    output = await request_user_input.run(questions(QUESTION), host)

    assert output == '{"answers":{"q":{"answers":["A","ü"]}}}'
    ((method, params),) = host.asked
    assert method == "item/tool/requestUserInput"
    assert isinstance(params, ToolRequestUserInputParams)
    assert params.to_wire() == {
        "threadId": "thread",
        "turnId": "turn",
        "itemId": "c1",
        "questions": [{**QUESTION, "isOther": True, "isSecret": False}],
        "isBlocking": True,
        "autoResolutionMs": None,
    }


async def test_without_an_answer_the_model_goes_on() -> None:
    assert await request_user_input.run(questions(QUESTION), Host(mode="plan")) == '{"answers":{}}'


async def test_the_model_may_only_ask_while_planning_unless_a_feature_says_otherwise() -> None:
    features = frozenset({"default_mode_request_user_input"})

    refused = await refusal_of(request_user_input.run(questions(QUESTION), Host()))
    allowed = await request_user_input.run(questions(QUESTION), Host(features=features))

    assert refused == "request_user_input is unavailable in Default mode"
    assert allowed == '{"answers":{}}'


@pytest.mark.parametrize("options", [[], None])
async def test_a_question_without_answers_to_choose_from_is_refused(options: JsonValue) -> None:
    asked = questions(QUESTION, {**QUESTION, "options": options})

    refused = await refusal_of(request_user_input.run(asked, Host(mode="plan")))

    assert refused == "request_user_input requires non-empty options for every question"


# --- view_image


def picture(path: Path, size: tuple[int, int] = (4, 4), kind: str = "PNG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size).save(data, kind)
    path.write_bytes(data.getvalue())
    return data.getvalue()


def look(**arguments: JsonValue) -> ToolCall:
    return call("view_image", json.dumps(arguments))


def as_image(data: bytes, detail: str = "high") -> list[JsonObject]:
    url = f"data:image/png;base64,{base64.b64encode(data).decode()}"
    return [{"type": "input_image", "image_url": url, "detail": detail}]


async def test_the_model_sees_the_picture_and_clients_see_that_it_does(tmp_path: Path) -> None:
    data, host = picture(tmp_path / "p.png"), Host(cwd=str(tmp_path))

    output = await view_image.run(look(path="./x/../p.png"), host)

    item = ImageViewThreadItem(id="c1", path=str(tmp_path / "p.png"))
    assert output == as_image(data)
    assert host.items == [("+", item), ("-", item)]


async def test_full_resolution_is_for_models_that_can(tmp_path: Path) -> None:
    data = picture(tmp_path / "p.png", (2100, 10))
    asked = look(path=str(tmp_path / "p.png"), detail="original")

    able = await view_image.run(asked, Host(model=lookup("gpt-5.4")[0]))
    unable = await view_image.run(asked, Host(model=lookup("gpt-5.2")[0]))

    assert able == as_image(data, "original")
    assert unable not in (as_image(data), as_image(data, "original"))


@pytest.mark.parametrize(
    ("name", "refused"),
    [
        ("nope", "unable to locate image at `{}`: No such file or directory (os error 2)"),
        (".", "image path `{}` is not a file"),
        ("t.txt", "unable to process image at `{}`: unsupported image `text/plain`"),
        ("cut.png", "unable to process image at `{}`: unsupported image `image/png`"),
    ],
)
async def test_what_is_no_picture_is_refused_with_its_path(tmp_path: Path, name: str, refused: str) -> None:
    (tmp_path / "t.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "cut.png").write_bytes(picture(tmp_path / "p.png")[:20])
    host = Host(cwd=str(tmp_path))
    path = tmp_path if name == "." else tmp_path / name

    assert await refusal_of(view_image.run(look(path=name), host)) == refused.format(path)
    assert host.items == []


async def test_damaged_data_are_told_from_an_unknown_format(tmp_path: Path) -> None:
    whole = picture(tmp_path / "p.png", (64, 64))
    (tmp_path / "bad.png").write_bytes(whole[:40] + b"\0" * 30 + whole[70:])

    refused = await refusal_of(view_image.run(look(path=str(tmp_path / "bad.png")), Host()))

    path = tmp_path / "bad.png"
    assert refused.startswith(f"unable to process image at `{path}`: failed to decode image at {path}: ")


async def test_a_path_that_no_file_system_takes_is_refused() -> None:
    assert (await refusal_of(view_image.run(look(path="a\0b"), Host()))).startswith("unable to locate image")


async def test_there_is_one_detail_to_ask_for(tmp_path: Path) -> None:
    refused = await refusal_of(view_image.run(look(path="p", detail="low"), Host()))

    assert refused == (
        "view_image.detail only supports `original`; omit `detail` for default resized behavior, got `low`"
    )


async def test_a_model_without_eyes_is_not_shown_anything() -> None:
    blind = lookup("gpt-5.4")[0]._replace(input_modalities=("text",))

    assert "takes no images" in await refusal_of(view_image.run(look(path="p"), Host(model=blind)))


# --- dynamic tools

TOOL = DynamicTool("t", "d", {"type": "object"}, "ns")


def answered(*content: WireModel, success: bool = True) -> Host:
    response = DynamicToolCallResponse.model_validate(
        {"contentItems": [one.to_wire() for one in content], "success": success}
    )
    return Host(answer=lambda _: response)


async def test_a_client_runs_its_own_tool() -> None:
    host = answered(InputTextDynamicToolCallOutputContentItem(text="done"))

    assert await dynamic_call.run(TOOL, call("t", '{"a":[1]}'), host) == "done"

    ((method, params),) = host.asked
    assert method == "item/tool/call"
    assert params.to_wire() == {
        "threadId": "thread",
        "turnId": "turn",
        "callId": "c1",
        "namespace": "ns",
        "tool": "t",
        "arguments": {"a": [1]},
    }
    (started, ended) = [item for _, item in host.items]
    assert isinstance(started, DynamicToolCallThreadItem)
    assert isinstance(ended, DynamicToolCallThreadItem)
    assert (started.status, started.content_items, started.success) == ("inProgress", None, None)
    assert (ended.status, ended.success, ended.arguments) == ("completed", True, {"a": [1]})


async def test_what_a_client_returns_keeps_its_parts() -> None:
    host = answered(
        InputTextDynamicToolCallOutputContentItem(text="T"),
        InputImageDynamicToolCallOutputContentItem(image_url="data:,"),
        InputAudioDynamicToolCallOutputContentItem(audio_url="data:,"),
        success=False,
    )

    output = await dynamic_call.run(TOOL, call("t", "{}"), host)

    assert output == [
        {"type": "input_text", "text": "T"},
        {"type": "input_image", "image_url": "data:,", "detail": "high"},
        {"type": "input_text", "text": "audio content omitted because you do not support audio input"},
    ]
    assert [str(item.to_wire()["status"]) for _, item in host.items] == ["inProgress", "failed"]


async def test_a_client_that_returns_nothing_says_nothing() -> None:
    assert await dynamic_call.run(TOOL, call("t", "{}"), answered()) == []


async def test_a_client_that_refuses_or_garbles_fails_its_tool_only() -> None:
    def garbled(_: WireModel) -> WireModel:
        raise UnreadableAnswer("what is this")

    outputs = [await dynamic_call.run(TOOL, call("t", "{}"), host) for host in (Host(), Host(answer=garbled))]

    assert outputs == ["dynamic tool request failed", "dynamic tool response was invalid"]


async def test_a_client_is_not_asked_with_arguments_that_are_no_json() -> None:
    host = answered()

    assert (await refusal_of(dynamic_call.run(TOOL, call("t", "{"), host))).startswith(PARSING)
    assert (host.asked, host.items) == ([], [])


# --- tool_search

DEFERRED = (
    DynamicTool(
        "send_mail",
        "Sends an email",
        {"type": "object", "properties": {"recipient": {"type": "string"}}},
        "mail",
        deferred=True,
    ),
    DynamicTool("list_mail", "Lists the inbox", {}, "mail", deferred=True),
    DynamicTool("open_door", "Opens the door", {}, "home", deferred=True, namespace_description="The house."),
)


async def found_by(**arguments: JsonValue) -> list[tuple[str, list[str]]]:
    asked = ToolCall("s1", "tool_search", None, dict(arguments))
    namespaces = await tool_search.run(asked, Host(deferred_tools=DEFERRED))
    found: list[tuple[str, list[str]]] = []
    for namespace in namespaces:
        assert isinstance(namespace, dict)
        tools = namespace["tools"]
        assert isinstance(tools, list)
        found.append((str(namespace["name"]), [str(one["name"]) for one in tools if isinstance(one, dict)]))
    return found


@pytest.mark.parametrize(
    ("query", "tools"),
    [
        ("email", [("mail", ["send_mail"])]),
        ("recipient", [("mail", ["send_mail"])]),
        ("opening DOORS", [("home", ["open_door"])]),
        ("open_door", [("home", ["open_door"])]),
        ("house", [("home", ["open_door"])]),
        ("inboxes", [("mail", ["list_mail"])]),
        ("spaceship", []),
    ],
)
async def test_a_search_finds_tools_by_their_words(query: str, tools: list[tuple[str, list[str]]]) -> None:
    assert await found_by(query=query) == tools


async def test_what_fits_best_comes_first_and_the_limit_holds() -> None:
    everything, one = await found_by(query="door mail"), await found_by(query="door mail", limit=1)

    assert [namespace for namespace, _ in everything] == ["home", "mail"]
    assert one == [("home", ["open_door"])]


@pytest.mark.parametrize(
    "arguments",
    [{}, {"query": " "}, {"query": 5}, {"query": "mail", "limit": 0}, {"query": "mail", "limit": "x"}],
)
async def test_a_search_that_makes_no_sense_finds_nothing(arguments: JsonObject) -> None:
    assert await found_by(**arguments) == []


async def test_what_is_found_can_be_loaded() -> None:
    asked = ToolCall("s1", "tool_search", None, {"query": "door"})

    assert await tool_search.run(asked, Host(deferred_tools=DEFERRED)) == [
        {
            "type": "namespace",
            "name": "home",
            "description": "The house.",
            "tools": [
                {
                    "type": "function",
                    "name": "open_door",
                    "description": "Opens the door",
                    "strict": False,
                    "parameters": {"type": "string"},
                    "defer_loading": True,
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    "tool", [*CODE_MODE, *TOOLS, *SEARCHES], ids=lambda tool: f"{tool.module}.{tool.name}"
)
def test_whatever_models_may_call_has_something_that_runs_it(tool: Tool) -> None:
    if tool.executable and tool.kind != "hosted":
        assert callable(tool.run())
