"""What a client knows beside the user's words: `additionalContext` of `turn/start` and `turn/steer`."""

from collections.abc import Sequence
from itertools import pairwise

from pydantic import JsonValue
from support.client import JsonObject
from support.connect import Connect
from support.conversation import as_object, finish_turn, run_turn, start_talking_turn, start_thread
from support.upstream import Asked, Gate, Upstream, gated_text, text_reply


def application(value: str) -> JsonObject:
    return {"kind": "application", "value": value}


def untrusted(value: str, **name: str) -> JsonObject:
    return {"kind": "untrusted", "value": value, **name}


def texts(asked: Asked, start: int = 0) -> list[str]:
    """What a request tells the model: the messages' texts, and outputs under their names."""
    items = asked.json["input"]
    assert isinstance(items, list)
    return [_text(as_object(item)) for item in items[start:]]


def _text(item: JsonObject) -> str:
    if item["type"] == "function_call_output":
        return f"{item['namespace']}.{item['name']}: {item['output']}"
    content = item["content"]
    assert isinstance(content, list)
    return f"{item['role']}: {as_object(content[-1])['text']}"


def new_texts(before: Asked, after: Asked) -> Sequence[str]:
    """What a request tells beyond the one before it and the answer to that."""
    return texts(after)[len(texts(before)) + 1 :]


def test_it_stands_before_the_users_words_by_its_keys_and_with_the_authority_of_its_kind(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    context: JsonObject = {
        "page": untrusted("Buy now!"),
        "editor": application("2 files are <open>"),
        "mail": untrusted("none", name="inbox"),
    }

    turn = run_turn(client, start_thread(client), "hello", additionalContext=context)

    assert texts(upstream.asked[0])[-4:] == [
        "developer: <editor>2 files are <open></editor>",
        "agent.inbox: none",
        "agent.page: Buy now!",
        "user: hello",
    ]
    shown = [as_object(params["item"])["type"] for params in turn.params("item/completed")]
    assert shown == ["userMessage", "agentMessage"]


def test_the_model_is_told_again_what_has_changed_or_had_ceased_to_hold(
    connect: Connect, upstream: Upstream
) -> None:
    client = connect()
    thread_id = start_thread(client)
    contexts: list[JsonValue] = [
        {"a": application("1"), "b": untrusted("x")},
        {"a": application("2"), "b": untrusted("x")},
        {"a": untrusted("2")},
        None,
        {"a": untrusted("2")},
    ]

    for number, context in enumerate(contexts):
        run_turn(client, thread_id, f"say {number}", additionalContext=context)

    asked = upstream.asked
    told = [list(new_texts(*pair)) for pair in pairwise(asked)]
    assert texts(asked[0])[-3:] == ["developer: <a>1</a>", "agent.b: x", "user: say 0"]
    assert told == [
        ["developer: <a>2</a>", "user: say 1"],
        ["agent.a: 2", "user: say 2"],
        ["user: say 3"],
        ["agent.a: 2", "user: say 4"],
    ]


def test_steering_brings_its_own(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(gated_text("a", gate), text_reply("b"))
    client = connect()
    thread_id = start_thread(client)
    turn_id, since = start_talking_turn(client, thread_id, "one")

    steering: JsonObject = {
        "threadId": thread_id,
        "expectedTurnId": turn_id,
        "input": [{"type": "text", "text": "two"}],
        "additionalContext": {"k": application("v")},
    }
    client.call("turn/steer", steering)
    gate.open()
    finish_turn(client, turn_id, since)

    assert texts(upstream.asked[1])[-2:] == ["developer: <k>v</k>", "user: two"]


def test_a_long_entry_loses_its_middle(connect: Connect, upstream: Upstream) -> None:
    client = connect()

    run_turn(client, start_thread(client), additionalContext={"k": application("z" * 50_000)})

    told = texts(upstream.asked[0])[-2]
    assert told == f"developer: <k>{'z' * 2000}…11500 tokens truncated…{'z' * 2000}</k>"


def test_only_what_is_not_trusted_has_a_name(connect: Connect) -> None:
    client = connect()
    context: JsonObject = {"k": {**application("v"), "name": "n"}}
    params: JsonObject = {"threadId": start_thread(client), "input": [], "additionalContext": context}

    refusal = client.refusal("turn/start", params)

    told = "additional context name is only supported for untrusted context"
    assert (refusal.code, refusal.message) == (-32600, told)
