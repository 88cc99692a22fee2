"""What holds every message of every test against the schemas notices what is there to notice."""

import pytest
from pydantic import JsonValue
from support import transcripts
from support.memory import memory_server
from support.oracle import Entry, JsonObject
from support.stage import Sink
from support.transcripts import Transcript

from app_server.handlers.base import Call
from protocol.attestation import AttestationGenerateResponse
from protocol.feature import MockExperimentalMethodParams
from protocol.thread_changes import ThreadClosedNotification

ARCHIVE: JsonObject = {"id": 1, "method": "thread/archive", "params": {"threadId": "t"}}


def told(method: str, **params: JsonValue) -> JsonObject:
    return {"method": method, "params": params}


CASES: list[tuple[list[JsonObject], str]] = [
    ([told("thread/closed", threadId=5)], "thread/closed: "),
    ([told("thread/opened", threadId="t")], "thread/opened is in no schema"),
    ([{"id": 0, **told("item/tool/call", threadId="t")}], "item/tool/call: "),
    ([{"id": 1, "error": {"code": "x", "message": "m"}}], "an error: "),
    ([ARCHIVE, {"id": 1, "result": []}], "the answer to thread/archive: "),
    ([{**ARCHIVE, "params": {}}, {"id": 1, "result": {}}], "thread/archive, which was taken,: "),
]


@pytest.mark.parametrize(("messages", "problem"), CASES)
def test_a_message_that_no_schema_allows_is_a_complaint(messages: list[JsonObject], problem: str) -> None:
    transcript = Transcript()
    for message in messages:
        if message.get("method") == "thread/archive":
            transcript.sent(message)
        else:
            transcript.came(message)

    (complaint, *_) = transcripts.mismatches()

    assert complaint.startswith(problem)


def test_what_is_right_and_what_was_refused_is_none() -> None:
    transcript = Transcript()
    transcript.came(told("thread/closed", threadId="t"))
    transcript.sent(ARCHIVE)
    transcript.came({"id": 1, "result": {}})
    transcript.sent({**ARCHIVE, "params": 5})
    transcript.came({"id": 1, "error": {"code": -32600, "message": "m"}})

    assert transcripts.mismatches() == []


def test_every_message_is_looked_at_once_and_an_unfinished_transcript_goes_on() -> None:
    lasting, other = Transcript(lasting=True), Transcript()
    lasting.sent(ARCHIVE)
    other.came(told("thread/opened"))

    first = transcripts.mismatches()
    lasting.came({"id": 1, "result": 5})
    other.came(told("thread/opened"))
    lasting.lasting = False
    second = transcripts.mismatches()

    assert (len(first), len(second)) == (1, 1)


def test_what_another_server_says_is_its_own_affair() -> None:
    Transcript(ours=False).came(told("thread/opened"))

    assert transcripts.mismatches() == []


async def test_clients_in_memory_are_among_the_transcripts() -> None:
    async def answer_nonsense(
        call: Call, params: MockExperimentalMethodParams
    ) -> AttestationGenerateResponse:
        return AttestationGenerateResponse(token="x")

    async with memory_server({"model/list": answer_nonsense}) as server:
        client = server.connect()
        await client.initialize()
        await client.request("model/list", {})

    (complaint, *_) = transcripts.mismatches()
    assert complaint.startswith("the answer to model/list: ")


def test_events_of_threads_are_among_the_transcripts() -> None:
    sink = Sink()

    sink.emit(ThreadClosedNotification(thread_id="t"))

    assert sink.transcript == [Entry("in", told("thread/closed", threadId="t"))]
