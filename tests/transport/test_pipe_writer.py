import os
from collections.abc import Iterator
from dataclasses import dataclass

import anyio
import pytest

from app_server.transport import pipe_writer
from app_server.transport.pipe_writer import PipeWriter


@dataclass
class Pipe:
    reading: int
    writing: int

    async def read(self, size: int) -> bytes:
        """Exactly so many bytes, as a client that reads."""

        def read() -> bytes:
            got = b""
            while len(got) < size and (piece := os.read(self.reading, size - len(got))):
                got += piece
            return got

        with anyio.fail_after(10):
            return await anyio.to_thread.run_sync(read)

    def close_reading(self) -> None:
        os.close(self.reading)
        self.reading = -1


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    reading, writing = os.pipe()
    ends = Pipe(reading, writing)
    yield ends
    if ends.reading >= 0:
        os.close(ends.reading)
    os.close(writing)


async def test_small_and_large_messages_arrive_in_the_order_they_were_sent(pipe: Pipe) -> None:
    writer = PipeWriter(pipe.writing)
    messages = [b"small 1\n", b"x" * 300_000 + b"\n", b"small 2\n", b"y" * 5000 + b"\n", b"small 3\n"]

    for message in messages:
        writer.send(message)
        await anyio.lowlevel.checkpoint()
    got = await pipe.read(sum(map(len, messages)))
    await writer.flush()
    writer.close()

    assert got == b"".join(messages)


@pytest.mark.requirement("W2")
async def test_a_full_pipe_holds_up_its_writer_and_not_the_loop(pipe: Pipe) -> None:
    writer = PipeWriter(pipe.writing)
    big = b"x" * (pipe_writer.HIGH_WATER * 2)

    writer.send(big)
    writer.send(b"after\n")
    await anyio.wait_all_tasks_blocked()
    congested = writer.congested
    got = await pipe.read(len(big) + len(b"after\n"))
    with anyio.fail_after(5):
        await writer.drain()
        await writer.flush()
    writer.close()

    assert congested
    assert not writer.congested
    assert got == big + b"after\n"


@pytest.mark.parametrize("size", [10, 100_000])
async def test_a_reader_that_closes_its_end_is_noticed_once_and_nobody_waits_for_it(
    size: int, pipe: Pipe
) -> None:
    gone: list[bool] = []
    writer = PipeWriter(pipe.writing, lambda: gone.append(True))
    pipe.close_reading()

    with anyio.fail_after(5):
        writer.send(b"x" * size)
        await writer.flush()
        writer.send(b"more")
        await writer.flush()
        await writer.drain()
    writer.close()

    assert (writer.gone, gone) == (True, [True])


async def test_everything_sent_before_a_close_is_still_written(pipe: Pipe) -> None:
    writer = PipeWriter(pipe.writing)

    writer.send(b"x" * 50_000)
    await anyio.lowlevel.checkpoint()
    writer.close()

    assert await pipe.read(50_000) == b"x" * 50_000
