"""A client that stops reading: what it asked to stop still stops (W2)."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from pydantic import JsonValue
from support import sse
from support.home import write_config
from support.upstream import Gate, Upstream, stream, text_reply

DEADLINE = 20.0
HUGE = "\N{GRINNING FACE}" * 1_000_000
"""Four million bytes that are within the limit of a turn's input."""


class SlowReader:
    """A client that reads a message only when it is told to."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "app_server"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"CODEX_HOME": str(home), "PATH": ""},
        )

    def send(self, message: JsonValue) -> None:
        pipe = _pipe(self._process.stdin)
        pipe.write(json.dumps(message).encode() + b"\n")
        pipe.flush()

    def read_answers(self, *request_ids: int) -> dict[int, dict[str, JsonValue]]:
        """The answers to these requests, in whichever order they come."""
        pipe = _pipe(self._process.stdout)
        found: dict[int, dict[str, JsonValue]] = {}
        while len(found) < len(request_ids) and (line := pipe.readline()):
            message = json.loads(line)
            if "method" not in message and message["id"] in request_ids:
                found[message["id"]] = message
        return found

    def read_until(self, key: str, value: JsonValue) -> dict[str, JsonValue]:
        pipe = _pipe(self._process.stdout)
        while line := pipe.readline():
            message = json.loads(line)
            if message.get(key) == value:
                return message
        raise AssertionError(f"the server ended before {key} = {value}")

    def ask(self, request_id: int, method: str, params: JsonValue) -> dict[str, JsonValue]:
        self.send({"id": request_id, "method": method, "params": params})
        return self.read_until("id", request_id)

    def wait_for_its_beginning(self) -> None:
        """Wait until the server has begun to write something, and leave nearly all of it in the pipe."""
        pipe = _pipe(self._process.stdout)
        assert isinstance(pipe, io.BufferedReader)
        assert pipe.peek(1)

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with Upstream() as running:
        yield running


@pytest.fixture
def client(peer_home: Path, upstream: Upstream) -> Iterator[SlowReader]:
    write_config(peer_home, upstream.base_url)
    client = SlowReader(peer_home)
    yield client
    client.close()


def thread_id(answer: dict[str, JsonValue]) -> str:
    result = answer["result"]
    assert isinstance(result, dict)
    thread = result["thread"]
    assert isinstance(thread, dict)
    return str(thread["id"])


def user(text: str) -> JsonValue:
    return [{"type": "text", "text": text}]


def wait_for_line(home: Path, thread: str, text: str) -> None:
    """Wait until the thread's log holds the text."""
    found = threading.Event()

    def look() -> None:
        while not found.is_set():
            if any(text in path.read_text() for path in (home / "sessions").rglob(f"*{thread}.jsonl")):
                found.set()

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    stopped = found.wait(DEADLINE)
    found.set()
    watcher.join()
    assert stopped, f"{text} was never recorded"


@pytest.mark.requirement("W2")
def test_an_interrupt_takes_effect_while_a_huge_answer_is_stuck(
    client: SlowReader, upstream: Upstream, peer_home: Path
) -> None:
    gate = Gate()
    upstream.script(text_reply(), text_reply(), stream(sse.created(), sse.message_opened(), gate))
    client.ask(0, "initialize", {"clientInfo": {"name": "slow", "version": "1"}})
    huge = thread_id(client.ask(1, "thread/start", {}))
    for number in (2, 3):
        client.ask(number, "turn/start", {"threadId": huge, "input": user(HUGE)})
        client.read_until("method", "turn/completed")
    busy = thread_id(client.ask(4, "thread/start", {}))
    started = client.ask(5, "turn/start", {"threadId": busy, "input": user("hello")})
    gate.wait_reached()
    turn = started["result"]
    assert isinstance(turn, dict)
    assert isinstance(turn["turn"], dict)

    client.send({"id": 6, "method": "thread/read", "params": {"threadId": huge, "includeTurns": True}})
    client.wait_for_its_beginning()
    interrupt: JsonValue = {"threadId": busy, "turnId": turn["turn"]["id"]}
    client.send({"id": 7, "method": "turn/interrupt", "params": interrupt})

    wait_for_line(peer_home, busy, '"turn_aborted"')
    answers = client.read_answers(6, 7)
    assert len(json.dumps(answers[6], ensure_ascii=False).encode()) > 8_000_000
    assert answers[7]["result"] == {}
