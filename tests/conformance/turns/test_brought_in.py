"""What another program says, brought into a turn by the client: `toolOutput`, and what else a turn may carry.

A client of the SDK calls the first an external message. The model gets it as a tool's output, and so with a
tool's authority.
"""

import json

import pytest
from support.client import Client, JsonObject
from support.connect import Connect
from support.conversation import (
    as_object,
    finish_turn,
    id_of,
    run_turn,
    start_talking_turn,
    start_thread,
)
from support.shape import shape
from support.upstream import Asked, Gate, Upstream, gated_text, text_reply

MAIL: JsonObject = {"name": "mailer", "output": "You have mail."}


def bring_in(client: Client, thread_id: str, brought: JsonObject) -> str:
    """The id of the turn that it began or joined."""
    result = client.call("turn/start", {"threadId": thread_id, "input": [], "toolOutput": brought})
    return id_of(result["turn"])


def outputs(asked: Asked) -> list[JsonObject]:
    """What a request tells the model as outputs of tools."""
    items = asked.json["input"]
    assert isinstance(items, list)
    told = [item for item in map(as_object, items) if item["type"] == "function_call_output"]
    return [{key: value for key, value in item.items() if key != "id"} for item in told]


@pytest.mark.parametrize(
    "brought",
    [
        MAIL,
        {"name": "mailer", "namespace": "post", "output": [{"type": "input_text", "text": "Two letters."}]},
    ],
    ids=["text", "parts"],
)
def test_what_is_brought_in_is_a_turn_of_its_own(
    connect: Connect, upstream: Upstream, brought: JsonObject
) -> None:
    upstream.script(text_reply("seen"))
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()

    turn = finish_turn(client, bring_in(client, thread_id, brought), since)

    message = ["+agentMessage", "Δ", "-agentMessage", "tokens", "limits"]
    item = ["+functionCallOutput", "-functionCallOutput"]
    assert shape(turn.messages)[3:] == [*item, *message, "status:idle", "turn:completed"]
    shown = as_object(turn.params("item/completed")[0]["item"])
    assert {key: shown[key] for key in ("name", "namespace", "output")} == {"namespace": None, **brought}
    assert outputs(upstream.asked[0]) == [{"type": "function_call_output", **brought}]


def test_it_joins_a_turn_that_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated_text("a", gate), text_reply("b"))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id, "one")

    joined = bring_in(client, thread_id, MAIL)
    gate.open()
    turn = finish_turn(client, turn_id, since)

    assert joined == turn_id
    kinds = [str(as_object(params["item"])["type"]) for params in turn.params("item/completed")]
    assert kinds == ["userMessage", "agentMessage", "functionCallOutput", "agentMessage"]
    assert outputs(upstream.asked[1]) == [{"type": "function_call_output", **MAIL}]


def test_it_is_there_after_a_restart_for_clients_and_for_the_model(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread_id = start_thread(client)
    since = client.mark()
    finish_turn(client, bring_in(client, thread_id, MAIL), since)
    client.close()

    other = connect(extensions={})
    thread = as_object(other.call("thread/resume", {"threadId": thread_id})["thread"])
    run_turn(other, thread_id, "and now?")

    turns = thread["turns"]
    assert isinstance(turns, list)
    items = as_object(turns[0])["items"]
    assert isinstance(items, list)
    assert {**as_object(items[0]), **MAIL} == items[0]
    assert outputs(upstream.asked[1]) == [{"type": "function_call_output", **MAIL}]


@pytest.mark.parametrize(
    ("params", "code", "text"),
    [
        (
            {"input": [{"type": "text", "text": "x"}], "toolOutput": MAIL},
            -32600,
            "`toolOutput` cannot be combined with nonempty `input`",
        ),
        ({"toolOutput": {**MAIL, "name": ""}}, -32600, "`toolOutput.name` must not be empty"),
        (
            {"toolOutput": {**MAIL, "output": "x" * 1_048_577}},
            -32602,
            "Input exceeds the maximum length of 1048576 characters.",
        ),
        (
            {"toolOutput": {**MAIL, "output": 5}},
            -32600,
            "Invalid request: data did not match any variant of untagged enum FunctionCallOutputBody",
        ),
    ],
    ids=["with input", "no name", "too long", "no output"],
)
def test_what_cannot_be_brought_in_is_refused(
    connect: Connect, params: JsonObject, code: int, text: str
) -> None:
    client = connect()
    thread_id = start_thread(client)

    refusal = client.refusal("turn/start", {"threadId": thread_id, "input": [], **params})

    assert (refusal.code, refusal.message) == (code, text)


def test_what_made_a_client_start_a_turn_is_told_upstream_with_that_turn_only(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread_id = start_thread(client)

    run_turn(client, thread_id, "one", turnTrigger="alarm")
    run_turn(client, thread_id, "two")

    told = [json.loads(asked.headers["x-codex-turn-metadata"]) for asked in upstream.asked]
    assert [facts.get("turn_trigger") for facts in told] == ["alarm", None]
