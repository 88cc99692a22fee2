"""What the automatic reviewer reads, and how its answer is read."""

import pytest

from app_server.agent.guardian.transcript import transcript
from app_server.agent.guardian.verdict import Verdict, verdict_of
from protocol.wire import JsonObject


def said(role: str, text: str) -> JsonObject:
    kind = "output_text" if role == "assistant" else "input_text"
    return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}


CALL: JsonObject = {
    "type": "function_call",
    "name": "exec_command",
    "arguments": '{"cmd":"ls"}',
    "call_id": "c",
}
RESULT: JsonObject = {"type": "function_call_output", "call_id": "c", "output": "a file"}


def test_a_transcript_has_what_was_said_and_done_and_no_context() -> None:
    history: list[JsonObject] = [
        said("user", "<environment_context>\n  <cwd>/</cwd>\n</environment_context>"),
        said("user", "Look."),
        {"type": "reasoning", "summary": []},
        said("assistant", "I do."),
        CALL,
        RESULT,
        {
            "type": "function_call_output",
            "call_id": "c",
            "output": [{"type": "input_image", "image_url": "x"}],
        },
    ]

    assert transcript(history).split("\n\n") == [
        "[1] user: Look.",
        "[2] assistant: I do.",
        '[3] call of exec_command: {"cmd":"ls"}',
        "[4] result: a file",
        "[5] result: (an image)",
    ]


def test_a_long_transcript_keeps_what_the_user_said_and_the_newest_of_the_rest() -> None:
    history = [said("user", "the task"), *(said("assistant", f"{n} " + "x" * 3_000) for n in range(100))]

    text = transcript(history)

    assert len(text) < 70_000
    assert text.startswith("(")
    assert "[1] user: the task" in text
    assert "[101] assistant: 99 " in text
    assert "[2] assistant" not in text


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (
            '{"outcome":"allow","risk_level":"medium","user_authorization":"low","rationale":" fine "}',
            Verdict("approved", "medium", "low", "fine"),
        ),
        (
            'So: {"outcome":"deny","rationale":"no"} and that is that',
            Verdict("denied", "high", "unknown", "no"),
        ),
        (
            '{"outcome":"deny","risk_level":"enormous","user_authorization":7,"rationale":"no"}',
            Verdict("denied", "high", "unknown", "no"),
        ),
    ],
)
def test_a_verdict_is_read_leniently_in_all_but_its_outcome(answer: str, verdict: Verdict) -> None:
    assert verdict_of(answer) == verdict


@pytest.mark.parametrize("answer", [None, "", "yes", "{}", '{"outcome":"Allow"}', "[]", "{", '"allow"'])
def test_what_holds_no_outcome_is_a_refusal(answer: str | None) -> None:
    assert verdict_of(answer).status == "denied"
