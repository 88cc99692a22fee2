"""What a turn does when the model's side fails (threads-and-turns.md §7 G, model-client.md §4)."""

import socket

import pytest
from pydantic import JsonValue
from support import sse
from support.client import JsonObject
from support.connect import Connect
from support.conversation import Turn, as_object, run_turn, start_thread
from support.home import write_config
from support.shape import shape
from support.upstream import Cut, Gate, Reply, Status, Upstream, stream, text_reply

START = ["answer", "status:active", "turn/started", "+userMessage", "-userMessage"]
FAILED = ["status:systemError", "error!", "turn:failed"]


def failure(turn: Turn) -> tuple[JsonValue, JsonValue]:
    """The message and kind of the turn's error; the same in the error notice and in the turn's end."""
    error = as_object(turn.end["error"])
    (told,) = [one for one in turn.params("error") if not one["willRetry"]]
    assert told["error"] == error
    return error["message"], error["codexErrorInfo"]


def typed(text: JsonValue) -> str:
    """With the apostrophe of keyboards, whichever the server writes."""
    return str(text).replace("’", "'")


BROKEN = "stream disconnected before completion: "
FATAL: list[tuple[str, Reply, str, JsonValue]] = [
    ("400 text", Status(400, "no such luck"), "no such luck", "other"),
    ("400 json", Status(400, {"error": {"message": "m"}}), '{"error": {"message": "m"}}', "other"),
    (
        "500",
        Status(500, "x"),
        "We're currently experiencing high demand, which may cause temporary errors.",
        "internalServerError",
    ),
    (
        "503 overloaded",
        Status(503, {"error": {"code": "server_is_overloaded", "message": "m"}}),
        "Selected model is at capacity. Please try a different model.",
        "serverOverloaded",
    ),
    (
        "quota",
        stream(sse.created(), sse.failed("insufficient_quota", "m")),
        "Quota exceeded. Check your plan and billing details.",
        "usageLimitExceeded",
    ),
    (
        "invalid prompt",
        stream(sse.created(), sse.failed("invalid_prompt", "bad words")),
        "bad words",
        "other",
    ),
    ("cyber policy", stream(sse.created(), sse.failed("cyber_policy", "flagged")), "flagged", "cyberPolicy"),
    (
        "other failure",
        stream(sse.created(), sse.failed("who_knows", "m")),
        f"{BROKEN}m",
        "other",
    ),
    ("cut", stream(sse.created(), Cut()), BROKEN, "other"),
    ("no end", stream(sse.created()), f"{BROKEN}stream closed before response.completed", "other"),
    ("junk", stream(b"<html>no</html>"), f"{BROKEN}stream closed before response.completed", "other"),
]


@pytest.mark.requirement("C5")
@pytest.mark.parametrize(
    ("reply", "message", "kind"), [row[1:] for row in FATAL], ids=[row[0] for row in FATAL]
)
def test_a_failure_ends_the_turn_and_says_why(
    connect: Connect, upstream: Upstream, reply: Reply, message: str, kind: JsonValue
) -> None:
    upstream.script(reply)
    client = connect()
    thread_id = start_thread(client)

    turn = run_turn(client, thread_id)

    assert [one for one in shape(turn.messages) if one not in ("limits", "tokens")] == [*START, *FAILED]
    text, told_kind = failure(turn)
    text = typed(text)
    assert text.startswith(message)
    assert message == BROKEN or text == message
    assert told_kind == kind


@pytest.mark.requirement("C5")
def test_too_many_requests_end_the_turn(connect: Connect, upstream: Upstream) -> None:
    upstream.script(Status(429, {"error": {"message": "slow down"}}))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *FAILED]
    assert failure(turn) == (
        "exceeded retry limit, last status: 429 Too Many Requests",
        {"responseTooManyFailedAttempts": {"httpStatusCode": 429}},
    )
    assert len(upstream.asked) == 1


def test_a_used_up_plan_is_said_with_its_time(connect: Connect, upstream: Upstream) -> None:
    error: JsonObject = {"type": "usage_limit_reached", "plan_type": "pro", "resets_at": 3_999_999_999}
    upstream.script(Status(429, {"error": error}))
    client = connect()

    turn = run_turn(client, start_thread(client))

    text, kind = failure(turn)
    assert typed(text).startswith("You've hit your usage limit.")
    assert "2096" in str(text)
    assert kind == "usageLimitExceeded"


@pytest.mark.parametrize(("code", "reason"), [(401, "Unauthorized"), (404, "Not Found")])
def test_an_unexpected_status_is_named_with_its_place(
    connect: Connect, upstream: Upstream, code: int, reason: str
) -> None:
    upstream.script(Status(code, {"error": {"message": "go away"}}))
    client = connect()

    turn = run_turn(client, start_thread(client))

    text, _ = failure(turn)
    url = f"{upstream.base_url}/responses"
    assert text == f"unexpected status {code} {reason}: go away, url: {url}"


def test_a_full_context_window_counts_as_used_up(connect: Connect, upstream: Upstream) -> None:
    upstream.script(stream(sse.created(), sse.failed("context_length_exceeded", "m")))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, "limits", "tokens", "limits", *FAILED]
    text, kind = failure(turn)
    assert str(text).startswith("Codex ran out of room in the model's context window.")
    assert kind == "contextWindowExceeded"
    (usage,) = [as_object(one["tokenUsage"]) for one in turn.params("thread/tokenUsage/updated")]
    assert as_object(usage["total"])["totalTokens"] == usage["modelContextWindow"]


@pytest.mark.requirement("U1")
def test_a_cut_stream_is_tried_again(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, retries=1)
    upstream.script(
        stream(sse.created(), sse.message_opened("msg-1"), sse.delta("half"), Cut()),
        stream(*sse.message("whole", "msg-2"), sse.completed()),
    )
    client = connect()

    turn = run_turn(client, start_thread(client))

    labels = [one for one in shape(turn.messages) if one not in ("limits", "tokens")]
    assert labels == [
        *START,
        "+agentMessage",
        "Δ",
        "error~",
        "+agentMessage",
        "Δ",
        "-agentMessage",
        "status:idle",
        "turn:completed",
    ]
    (retry,) = [as_object(one["error"]) for one in turn.params("error")]
    assert retry["message"] == "Reconnecting... 1/1"
    assert retry["codexErrorInfo"] == {"responseStreamDisconnected": {"httpStatusCode": None}}
    assert str(retry["additionalDetails"]).startswith(BROKEN)


def test_retries_of_requests_and_of_streams_multiply(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, retries=1)
    upstream.script(*(Status(500, "x") for _ in range(4)))
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, "error~", *FAILED]
    assert len(upstream.asked) == 4


def test_a_refused_connection_is_named_with_its_place(connect: Connect) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        base_url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        write_config(connect.home, base_url)
        client = connect()
        turn = run_turn(client, start_thread(client))

    assert shape(turn.messages) == [*START, *FAILED]
    assert failure(turn) == (f"{BROKEN}error sending request for url ({base_url}/responses)", "other")


@pytest.mark.requirement("U2")
@pytest.mark.requirement("U1")
def test_silence_ends_a_stream_after_the_configured_time(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    write_config(connect.home, upstream.base_url, provider="stream_idle_timeout_ms = 300")
    upstream.script(stream(sse.created(), gate))
    client = connect()

    turn = run_turn(client, start_thread(client))
    gate.open()

    assert failure(turn) == (f"{BROKEN}idle timeout waiting for SSE", "other")


def test_a_missing_key_fails_the_turn_and_asks_nobody(connect: Connect, upstream: Upstream) -> None:
    write_config(connect.home, upstream.base_url, provider='env_key = "NO_SUCH_KEY_HERE"')
    client = connect()

    turn = run_turn(client, start_thread(client))

    text, _ = failure(turn)
    assert str(text).startswith("Missing environment variable: `NO_SUCH_KEY_HERE`.")
    assert upstream.asked == []


def test_the_next_turn_heals_the_thread(connect: Connect, upstream: Upstream) -> None:
    upstream.script(Status(400, "no"), text_reply("better"))
    client = connect()
    thread_id = start_thread(client)

    failed, healed = run_turn(client, thread_id, "one"), run_turn(client, thread_id, "two")

    assert shape(failed.messages)[-1] == "turn:failed"
    labels = shape(healed.messages)
    assert labels[1] == "status:active"
    assert labels[-2:] == ["status:idle", "turn:completed"]
    assert upstream.asked[1].input_texts == ["one", "two"]
