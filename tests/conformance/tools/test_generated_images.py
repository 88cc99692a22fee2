"""Images that the provider makes for a model under a ChatGPT login (tools.md §1.2)."""

import base64
from pathlib import Path

import pytest
from support import sse
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_chatgpt_login, write_config
from support.shape import shape
from support.upstream import Asked, Stream, Upstream, stream

PIXELS = b"not really a picture"
IMAGE: JsonObject = {
    "type": "image_generation_call",
    "id": "ig_1/../a b",
    "status": "completed",
    "revised_prompt": "a dot",
    "result": base64.b64encode(PIXELS).decode(),
}
SHOWN: JsonObject = {"type": "imageGeneration", "id": "ig_1/../a b", "revisedPrompt": "a dot"}


@pytest.fixture
def client(connect: Connect, upstream: Upstream) -> Client:
    """One whose user has a ChatGPT login."""
    write_config(connect.home, upstream.base_url, provider="requires_openai_auth = true")
    write_chatgpt_login(connect.home)
    return connect()


def image(**changes: str) -> Stream:
    done: JsonObject = {"type": "response.output_item.done", "item": {**IMAGE, **changes}}
    return stream(sse.created(), done, sse.completed())


def tools(asked: Asked) -> list[JsonObject]:
    found = asked.json["tools"]
    assert isinstance(found, list)
    return [as_object(tool) for tool in found]


def place(home: Path, thread_id: str) -> Path:
    return home / "generated_images" / thread_id / "ig_1____a_b.png"


def test_a_model_may_ask_for_images_under_a_chatgpt_login(client: Client, upstream: Upstream) -> None:
    run_turn(client, start_thread(client))

    assert tools(upstream.asked[0])[-1] == {"type": "image_generation", "output_format": "png"}


def test_a_model_without_such_a_login_may_not(connect: Connect, upstream: Upstream) -> None:
    client = connect()

    run_turn(client, start_thread(client))

    assert "image_generation" not in [tool["type"] for tool in tools(upstream.asked[0])]


def test_an_image_is_shown_and_kept_as_a_file(client: Client, connect: Connect, upstream: Upstream) -> None:
    upstream.script(image())
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    assert shape(turn.messages)[5:7] == ["+imageGeneration", "-imageGeneration"]
    file = place(connect.home, thread_id)
    assert file.read_bytes() == PIXELS
    shown = as_object(turn.params("item/completed")[1]["item"])
    whole: JsonObject = {**SHOWN, "status": "completed", "result": IMAGE["result"], "savedPath": str(file)}
    assert {key: shown[key] for key in whole} == whole


def test_the_next_request_tells_where_images_lie_and_gives_the_image_back(
    client: Client, connect: Connect, upstream: Upstream
) -> None:
    upstream.script(image())
    thread_id = start_thread(client)

    run_turn(client, thread_id, "draw")
    run_turn(client, thread_id, "again")

    items = upstream.asked[1].json["input"]
    assert isinstance(items, list)
    told, given = map(as_object, items[-3:-1])
    assert (told["role"], given) == ("developer", IMAGE)
    assert str(place(connect.home, thread_id).with_name("_image_id_.png")) in str(told["content"])


@pytest.mark.parametrize("result", ["%%%", ""], ids=["no image", "nothing"])
def test_what_is_no_image_is_shown_and_not_kept(
    client: Client, connect: Connect, upstream: Upstream, result: str
) -> None:
    upstream.script(image(status="failed", result=result))

    turn = run_turn(client, start_thread(client))

    shown = as_object(turn.params("item/completed")[1]["item"])
    assert (shown["status"], shown["result"], "savedPath" in shown) == ("failed", result, False)
    assert turn.end["status"] == "completed"
    assert not list(connect.home.glob("generated_images/**/*.png"))


def test_an_image_that_cannot_be_kept_is_shown(client: Client, connect: Connect, upstream: Upstream) -> None:
    (connect.home / "generated_images").write_text("a file stands where the folder should", "utf-8")
    upstream.script(image())

    turn = run_turn(client, start_thread(client))

    shown = as_object(turn.params("item/completed")[1]["item"])
    assert (shown["status"], "savedPath" in shown, turn.end["status"]) == ("completed", False, "completed")


def test_an_image_is_there_after_a_restart(client: Client, connect: Connect, upstream: Upstream) -> None:
    upstream.script(image())
    thread_id = start_thread(client)
    run_turn(client, thread_id)
    client.close()

    thread = as_object(connect().call("thread/read", {"threadId": thread_id, "includeTurns": True})["thread"])

    turns = thread["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    whole: JsonObject = {**SHOWN, "savedPath": str(place(connect.home, thread_id))}
    assert {key: as_object(items[1])[key] for key in whole} == whole
