"""The oracle of order notices what it is there for: each rule is broken once."""

import pytest
from pydantic import JsonValue
from support import oracle
from support.oracle import Entry, JsonObject


def out(request_id: int, method: str) -> Entry:
    return Entry("out", {"method": method, "id": request_id, "params": {}})


def answer(request_id: int, result: JsonValue) -> Entry:
    return Entry("in", {"id": request_id, "result": result})


def told(method: str, **params: JsonValue) -> Entry:
    return Entry("in", {"method": method, "params": {"threadId": "t", **params}})


def turn(method: str, turn_id: str = "u") -> Entry:
    return told(f"turn/{method}", turn={"id": turn_id})


def item(method: str, item_id: str = "i", **more: JsonValue) -> Entry:
    return told(f"item/{method}", turnId="u", item={"id": item_id, "type": "agentMessage", **more})


STARTED = [out(1, "thread/start"), answer(1, {"thread": {"id": "t"}}), told("thread/started")]
ACCEPTED = [out(2, "turn/start"), answer(2, {"turn": {"id": "u"}})]
DELTA = told("item/agentMessage/delta", turnId="u", itemId="i", delta="x")
PATCH = told("item/fileChange/patchUpdated", turnId="u", itemId="i", changes=[])
WHOLE = [
    *STARTED,
    *ACCEPTED,
    turn("started"),
    item("started"),
    DELTA,
    item("completed"),
    turn("completed"),
]


def test_a_conversation_as_it_should_be_breaks_nothing() -> None:
    assert oracle.violations(WHOLE) == []


@pytest.mark.parametrize(
    ("transcript", "complaint"),
    [
        ([out(1, "x"), answer(1, {}), answer(1, {})], "answered without a question, or twice"),
        ([answer(1, {})], "answered without a question, or twice"),
        ([STARTED[0], STARTED[2], STARTED[1]], "before the answer that introduces it"),
        ([*STARTED, ACCEPTED[0], turn("started"), ACCEPTED[1], turn("completed")], "names the turn u before"),
        ([turn("started"), turn("completed"), turn("completed")], "completed when it was completed"),
        ([turn("completed")], "completed when it was not started"),
        ([turn("started")], "never ended"),
        ([turn("started"), turn("started"), turn("completed")], "started twice"),
        ([*WHOLE, DELTA], "came when its turn u was completed"),
        ([turn("started"), DELTA, turn("completed")], "came when its item i was not started"),
        ([turn("started"), item("started"), item("started"), turn("completed")], "the item i started twice"),
        ([turn("started"), item("completed"), turn("completed")], "came when its item i was not started"),
        ([turn("started"), item("started"), PATCH, turn("completed")], "came when its item i was open"),
    ],
)
def test_a_broken_rule_is_noticed(transcript: list[Entry], complaint: str) -> None:
    assert any(complaint in one for one in oracle.violations(transcript))


def test_a_turn_left_running_on_purpose_is_no_complaint() -> None:
    assert oracle.violations([turn("started")], settled=False) == []


def test_questions_of_the_server_are_numbered_upwards_and_may_be_repeated() -> None:
    questions: list[JsonObject] = [
        {"method": "attestation/generate", "id": number, "params": {"n": number}} for number in (0, 1, 1)
    ]

    assert oracle.violations([Entry("in", one) for one in questions]) == []
    again: JsonObject = {**questions[0], "params": {"n": "another"}}
    complaints = oracle.violations([Entry("in", one) for one in (*questions, again)])
    assert complaints == ["the server asked with the id 0 after 1"]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b'{"id":1,"result":{}}\r\n', "one newline alone"),
        (b'{"id":1,"result":{}}', "one newline alone"),
        (b"print\n", "is not JSON"),
        (b"[]\n", "is no object"),
        (b'{"id":1,"result":{},"jsonrpc":"2.0"}\n', "envelope"),
        (b'{"id":1,"error":{"code":1}}\n', "malformed"),
    ],
)
def test_a_line_that_is_no_message_is_noticed(line: bytes, complaint: str) -> None:
    _, found = oracle.parse(line)

    assert found is not None
    assert complaint in found
