"""How a server ends (connection.md §12)."""

import json
import signal
import subprocess
import sys

import pytest
from support import sse
from support.connect import Connect
from support.conversation import run_turn, start_thread, start_turn
from support.upstream import Gate, Upstream, stream


@pytest.mark.requirement("P1")
def test_the_end_of_input_is_the_end(connect: Connect) -> None:
    client = connect()

    client.end_input()

    assert client.wait_exit() == 0


def test_answers_to_the_last_lines_are_not_lost(connect: Connect) -> None:
    client = connect(initialize=False)
    for request_id in range(21):
        client.expect(request_id)
    hello = '{"id":0,"method":"initialize","params":{"clientInfo":{"name":"a","version":"1"}}}'
    small = [f'{{"id":{one},"method":"thread/loaded/list","params":{{}}}}' for one in range(1, 21)]

    client.send_bytes("\n".join((hello, *small)).encode())
    client.end_input()

    assert client.wait_exit() == 0
    ids = [one["id"] for one in client.received if "id" in one]
    assert sorted(ids, key=str) == sorted(range(21), key=str)


@pytest.mark.requirement("P1")
def test_the_end_of_input_ends_a_turn_that_runs(connect: Connect, upstream: Upstream) -> None:
    gate = Gate()
    upstream.script(stream(sse.created(), gate, sse.completed()))
    client = connect()
    client.leaves_turns_open = True
    thread_id = start_thread(client)
    start_turn(client, thread_id)
    gate.wait_reached()

    client.end_input()
    code = client.wait_exit()
    gate.open()

    assert code == 0
    (path,) = (connect.home / "sessions").rglob(f"*{thread_id}.jsonl")
    assert "turn_aborted" in path.read_text(encoding="utf-8")


@pytest.mark.requirement("P6")
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals on Windows")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_is_a_clean_end(connect: Connect, name: str) -> None:
    client = connect()
    run_turn(client, start_thread(client))

    client.process.send_signal(signal.Signals[name])

    assert client.wait_exit() == 0


def test_the_output_holds_nothing_but_the_protocol(connect: Connect) -> None:
    client = connect()

    client.send_bytes(b"junk\n" * 100)
    run_turn(client, start_thread(client))
    client.end_input()

    assert client.wait_exit() == 0
    assert all("method" in json.loads(line) or "id" in json.loads(line) for line in client.raw_lines)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--listen", "http://x"], 2),
        (["--no-such-option"], 2),
        (["-c", "foo"], 1),
    ],
)
def test_a_bad_command_line_is_told_so(connect: Connect, arguments: list[str], code: int) -> None:
    command = (*connect.server.command, *arguments)

    ended = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        stdin=subprocess.DEVNULL,
        env={"CODEX_HOME": str(connect.home)},
        cwd=connect.workspace,
    )

    assert (ended.returncode, ended.stdout) == (code, "")
    assert "rror" in ended.stderr
