"""A provider that says when to come again is asked again then, and not sooner."""

import time

import pytest
from support.connect import Connect
from support.conversation import as_object, run_turn, start_thread
from support.home import write_config
from support.upstream import Status, Upstream, faults, text_reply

WAIT = 2
SHORTEST = 1.9
"""Clocks differ by a little; the back-off alone would be a quarter of a second."""


def reconnects(status: int) -> list[tuple[str, object]]:
    info = {"responseStreamDisconnected": {"httpStatusCode": status}}
    return [("Reconnecting... 1/1", info)]


@pytest.mark.parametrize(
    ("status", "notices"), [(429, reconnects(429)), (503, [])], ids=["too many", "unavailable"]
)
def test_a_turn_waits_as_long_as_its_provider_wants(
    connect: Connect, upstream: Upstream, status: int, notices: list[tuple[str, object]]
) -> None:
    busy = Status(503, "busy", (("retry-after", str(WAIT)),))
    upstream.script(faults.too_many(str(WAIT)) if status == 429 else busy, text_reply("at last"))
    write_config(connect.home, upstream.base_url, retries=1)
    client = connect()
    started = time.monotonic()

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "completed"
    assert time.monotonic() - started >= SHORTEST  # never shorter, however slow the machine is
    told = [as_object(one["error"]) for one in turn.params("error")]
    assert [(one["message"], one["codexErrorInfo"]) for one in told] == notices
    assert len(upstream.asked) == 2


def test_too_many_requests_without_a_time_end_the_turn(connect: Connect, upstream: Upstream) -> None:
    upstream.script(faults.too_many())
    write_config(connect.home, upstream.base_url, retries=1)
    client = connect()

    turn = run_turn(client, start_thread(client))

    assert turn.end["status"] == "failed"
    assert len(upstream.asked) == 1
