"""What the transport promises, on a real process."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Protocol

import orjson
import pytest
from support.pipes import DEADLINE, INITIALIZE, TESTS, Process
from support.refusals import refused

from protocol.wire import JsonObject

QUICKLY = 2.0 + 3.0
"""What the promises allow for going away, and what a loaded machine adds to it."""


class Spawn(Protocol):
    def __call__(self, *arguments: str, stderr: int = ..., **environ: str) -> Process: ...


def result(request_id: object, echoed: str) -> JsonObject:
    return orjson.loads(orjson.dumps({"id": request_id, "result": {"echoed": echoed}}))


@pytest.mark.parametrize("late", [False, True])
def test_the_first_answer_is_the_same_before_and_after_the_server_is_loaded(late: bool, spawn: Spawn) -> None:
    server = spawn()
    if late:
        server.write(b"\n")  # the early greeting looks at the first line only

    answer = server.initialize()
    server.send(server.call(1, "echo:x"))

    assert answer["id"] == 0
    assert str(answer["result"]).startswith("{'userAgent': 'pipes/")
    assert server.message() == result(1, "x")
    assert server.end() == (b"", 0)


@pytest.mark.requirement("W8")
def test_bytes_that_are_no_text_cost_their_line_only(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()

    server.write(b"\xff\xfe\n")
    server.send(server.call(1, "echo:x"))
    answer = server.message()
    server.end()

    assert answer == result(1, "x")
    assert b"is no message" in server.stderr()


@pytest.mark.requirement("W5")
@pytest.mark.requirement("W6")
@pytest.mark.requirement("W7")
def test_text_goes_through_byte_by_byte_whatever_the_locale(spawn: Spawn) -> None:
    server = spawn(PYTHONIOENCODING="cp1252", LC_ALL="C")
    server.initialize()
    text = "é☃\U0001f600\u2028\u2029\r\n"

    server.write(orjson.dumps(server.call("😀", "echo:" + text)) + b"\r\n")
    answer = server.line()

    assert orjson.loads(answer) == result("😀", text)
    assert "é☃\U0001f600\\u2028\\u2029".encode() in answer
    assert b"\r" not in server.raw


@pytest.mark.requirement("W3")
def test_a_64_mebibyte_line_is_answered_in_any_pieces(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()
    line = orjson.dumps(server.call(1, "size:" + "y" * (64 * 1024 * 1024))) + b"\n"

    def write() -> None:
        for start in range(0, len(line), 999_983):
            server.write(line[start : start + 999_983])

    writing = threading.Thread(target=write)
    writing.start()
    answer = server.message()
    writing.join(DEADLINE)

    assert answer == result(1, str(64 * 1024 * 1024))


@pytest.mark.requirement("W4")
def test_a_line_without_end_ends_the_connection_with_one_line_on_stderr(spawn: Spawn) -> None:
    server = spawn(CODEX_APP_SERVER_MAX_LINE_BYTES="100000")
    server.initialize()

    with pytest.raises(BrokenPipeError):
        server.write(b"x" * 100_000_000)

    assert server.process.wait(DEADLINE) == 0
    assert server.stderr() == b"Error: a message line is longer than 100000 bytes; the connection ends\n"


@pytest.mark.requirement("W10")
def test_nothing_but_messages_reaches_stdout(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()

    server.send(server.call(1, "print:"))
    server.send(server.call(2, "echo:x"))
    answers = [server.message(), server.message()]
    rest, _ = server.end()

    assert sorted(answers, key=lambda answer: str(answer["id"])) == [result(1, "printed"), result(2, "x")]
    assert rest == b""
    assert sorted(server.stderr().split(b"\n")) == [
        b"",
        b"from C",
        b"from a child",
        b"from print",
        b"from write",
    ]


@pytest.mark.requirement("W1")
@pytest.mark.requirement("W2")
def test_a_client_that_stops_reading_gets_every_answer_when_it_reads_again(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()
    count = 3000

    def write() -> None:
        server.send(server.call("big", f"big:{8 * 1024 * 1024}"))
        server.send(*(server.call(number, "echo:x") for number in range(count)))
        server.send(server.call("last", "echo:x"))

    writing = threading.Thread(target=write)
    writing.start()
    writing.join(DEADLINE)
    stuck = not writing.is_alive()
    answers = [server.message() for _ in range(count + 2)]

    assert stuck
    ids = sorted(str(answer["id"]) for answer in answers)
    assert ids == sorted(["big", "last", *map(str, range(count))])
    assert all("result" in answer for answer in answers)


def test_everything_asked_before_the_end_of_input_is_answered(spawn: Spawn) -> None:
    server = spawn()

    calls = [server.call(number, "echo:x") for number in range(1, 501)]
    server.send(INITIALIZE, *calls, server.call("s", "sleep:0.2"))
    server.write(orjson.dumps(server.call("last", "echo:without newline")))
    rest, code = server.end()

    answers = [orjson.loads(line) for line in rest.splitlines()]
    assert code == 0
    assert [answers[0]["id"], len(answers)] == [0, 503]
    assert {answer["id"] for answer in answers} == {"s", "last", *range(501)}


@pytest.mark.requirement("P1")
def test_the_end_of_input_is_the_end_of_the_process(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()

    server.stdin.close()

    assert server.process.wait(QUICKLY) == 0
    assert server.stderr() == b""


@pytest.mark.requirement("W11")
def test_a_client_that_closes_its_reading_end_ends_the_process_without_a_trace(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()

    server.stdout.close()

    assert server.process.wait(QUICKLY) == 0
    assert server.stderr() == b""


@pytest.mark.requirement("W11")
def test_an_answer_to_a_client_that_reads_no_more_ends_the_process_too(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()

    server.stdout.close()
    server.send(server.call(1, "echo:x"), server.call(2, "sleep:30"))

    assert server.process.wait(QUICKLY) == 0
    assert server.stderr() == b""


@pytest.mark.requirement("P6")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_process_like_the_end_of_input(number: signal.Signals, spawn: Spawn) -> None:
    server = spawn()
    server.initialize()
    server.send(server.call(1, "sleep:30"), server.call(2, "echo:x"))
    server.line()

    server.process.send_signal(number)

    assert server.process.wait(QUICKLY) == 0
    over = refused("the server is shutting down", "server_shutting_down")
    assert orjson.loads(server.stdout.read()) == {"error": over, "id": 1}
    assert server.stderr() == b""


def test_a_process_started_without_any_stream_just_ends(codex_home: Path) -> None:
    program = (
        "import os, sys; [os.close(fd) for fd in (0, 1, 2)]\n"
        "os.execv(sys.executable, [sys.executable, '-m', 'support.tiny_server'])"
    )

    ended = subprocess.run([sys.executable, "-c", program], cwd=TESTS, timeout=DEADLINE, check=False)

    assert ended.returncode == 0


@pytest.mark.requirement("P6")
def test_a_second_signal_ends_the_process_at_once(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()
    server.send(server.call(1, "stubborn:"), server.call(2, "echo:x"))
    server.line()

    server.process.send_signal(signal.SIGTERM)
    stopping = server.process.stderr and server.process.stderr.readline()
    server.process.send_signal(signal.SIGTERM)

    assert stopping == b"stopping\n"
    assert server.process.wait(QUICKLY) == 0


@pytest.mark.requirement("P1")
def test_the_death_of_the_parent_ends_the_process_though_stdin_stays_open(codex_home: Path) -> None:
    program = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'support.tiny_server'], stdin=0, stdout=1)\n"
        "print(child.pid, file=sys.stderr, flush=True)\n"
        "child.wait()\n"
    )
    reading, writing = os.pipe()
    keeper = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=TESTS,
    )
    assert keeper.stdout is not None
    assert keeper.stderr is not None
    with keeper.stdout, keeper.stderr:
        keeper.stderr.readline()
        os.write(writing, orjson.dumps(INITIALIZE) + b"\n")
        greeted = keeper.stdout.readline()
        keeper.kill()
        keeper.wait(DEADLINE)
        end = keeper.stdout.read()  # ends only when the server, which holds the pipe, is gone
    os.close(writing)
    os.close(reading)

    assert b'"userAgent"' in greeted
    assert end == b""


@pytest.mark.requirement("W12")
def test_a_stderr_that_nobody_reads_stops_nothing(spawn: Spawn) -> None:
    server = spawn(RUST_LOG="debug")
    server.initialize()

    for _ in range(50):
        server.write(b"nonsense\n" * 200)
    server.send(server.call(1, "echo:x"))

    assert server.message() == result(1, "x")


def test_children_do_not_inherit_the_protocol(spawn: Spawn) -> None:
    server = spawn()
    server.initialize()
    server.send(server.call(1, "orphan:"))
    orphan = server.message()

    rest, code = server.end()

    os.kill(int(str(orphan["result"]["echoed"])), signal.SIGKILL)  # type: ignore[index]
    assert (rest, code) == (b"", 0)
