"""The turns of a log are known without reading it as a whole again."""

import json
from pathlib import Path

import pytest

from app_server.store.turn_ids import TurnIds


def line(kind: str, **payload: str) -> bytes:
    return json.dumps({"timestamp": "t", "type": "event_msg", "payload": {"type": kind, **payload}}).encode()


def started(turn_id: str) -> bytes:
    return line("task_started", turn_id=turn_id)


def nothing() -> list[str]:
    pytest.fail("nothing was taken back")


def test_only_what_was_added_is_read(tmp_path: Path) -> None:
    log, turns = tmp_path / "log", TurnIds()
    log.write_bytes(started("a") + b"\n" + line("agent_message", message='"task_started"') + b"\n")

    first = turns.of("thread", log, nothing)
    with log.open("r+b") as file:
        file.write(b"x" * len(started("a")))  # who reads it again does not find the turn
        file.seek(0, 2)
        file.write(started("b") + b"\n")

    assert first == ("a",)
    assert turns.of("thread", log, nothing) == ("a", "b")


def test_a_line_that_is_being_written_counts_when_it_is_whole(tmp_path: Path) -> None:
    log, turns = tmp_path / "log", TurnIds()
    log.write_bytes(started("a") + b"\n" + started("b"))

    before = turns.of("thread", log, nothing)
    with log.open("ab") as file:
        file.write(b"\n")

    assert before == ("a",)
    assert turns.of("thread", log, nothing) == ("a", "b")


def test_turns_that_were_taken_back_are_asked_for_once(tmp_path: Path) -> None:
    log, turns = tmp_path / "log", TurnIds()
    log.write_bytes(started("a") + b"\n" + started("b") + b"\n" + line("thread_rolled_back") + b"\n")

    back = turns.of("thread", log, lambda: ["a"])
    with log.open("ab") as file:
        file.write(started("c") + b"\n")

    assert back == ("a",)
    assert turns.of("thread", log, nothing) == ("a", "c")


def test_a_log_that_lies_elsewhere_is_read_anew(tmp_path: Path) -> None:
    one, other, turns = tmp_path / "one", tmp_path / "other", TurnIds()
    one.write_bytes(started("a") + b"\n")
    other.write_bytes(started("b") + b"\n")

    assert turns.of("thread", one, nothing) == ("a",)
    assert turns.of("thread", other, nothing) == ("b",)
