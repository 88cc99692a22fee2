import logging
import os
from collections.abc import Iterator

import orjson
import pytest

from app_server.log import StderrLog, log_to_stderr


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    ends = os.pipe()
    yield ends
    for end in ends:
        os.close(end)


@pytest.fixture
def levels_restored() -> Iterator[None]:
    root, ours = logging.root, logging.getLogger("app_server")
    before = (root.handlers[:], root.level, ours.level)
    yield
    root.handlers[:], root.level, ours.level = before


def record(message: str, level: int = logging.ERROR, error: Exception | None = None) -> logging.LogRecord:
    info = error and (type(error), error, error.__traceback__)
    made = logging.LogRecord("app_server.rpc", level, __file__, 1, message, (), info)
    made.created = 0.25
    return made


def test_a_line_of_text_says_when_how_bad_where_and_what(pipe: tuple[int, int]) -> None:
    log = StderrLog(as_json=False, fd=pipe[1])

    log.emit(record("it broke", logging.WARNING))
    log.emit(record("odd \ud800", error=ValueError("why")))
    log.finish(5)

    first, second, *trace = os.read(pipe[0], 10_000).splitlines()
    assert first == b"1970-01-01T00:00:00.250000Z WARN app_server.rpc: it broke"
    assert second == b"1970-01-01T00:00:00.250000Z ERROR app_server.rpc: odd ?"
    assert trace == [b"ValueError: why"]


def test_a_line_of_json_is_one_object(pipe: tuple[int, int]) -> None:
    log = StderrLog(as_json=True, fd=pipe[1])

    log.emit(record("two\nlines"))
    log.finish(5)

    assert orjson.loads(os.read(pipe[0], 10_000)) == {
        "timestamp": "1970-01-01T00:00:00.250000Z",
        "level": "ERROR",
        "fields": {"message": "two\nlines"},
        "target": "app_server.rpc",
    }


@pytest.mark.requirement("W12")
def test_what_nobody_reads_is_dropped_and_counted(pipe: tuple[int, int]) -> None:
    log = StderrLog(as_json=False, fd=pipe[1], waiting=5)
    long = record("x" * 200_000)

    for _ in range(20):
        log.emit(long)
    got = b""
    while b"dropped" not in got:
        got += os.read(pipe[0], 1 << 20)

    assert b" log lines were dropped: nobody read them\n" in got


@pytest.mark.usefixtures("levels_restored")
@pytest.mark.parametrize(
    ("filters", "everyone", "ours"),
    [
        ("", logging.ERROR, logging.ERROR),
        ("nonsense", logging.ERROR, logging.ERROR),
        ("info", logging.INFO, logging.INFO),
        ("warn,codex_app_server=debug", logging.WARNING, logging.DEBUG),
        ("app_server::rpc=trace, hyper=info", logging.ERROR, logging.DEBUG),
        ("off", logging.CRITICAL + 1, logging.CRITICAL + 1),
    ],
)
def test_the_filter_is_that_of_the_reference(filters: str, everyone: int, ours: int) -> None:
    log = log_to_stderr({"RUST_LOG": filters, "LOG_FORMAT": " JSON "})
    log.finish(5)

    assert (logging.root.level, logging.getLogger("app_server").level) == (everyone, ours)
