import threading

import anyio

from app_server.transport.inbox import Inbox
from app_server.transport.line_source import LineSource


def test_what_is_put_is_taken_in_order_and_then_the_end() -> None:
    inbox = Inbox()
    inbox.put([b"a", b"b"])
    inbox.put([b"c"])
    inbox.end()

    assert inbox.first() == b"a"
    inbox.drop_first()
    assert not inbox.ended
    assert inbox.take() == [b"b", b"c"]
    assert inbox.ended


def test_a_full_inbox_holds_its_writer_back_until_there_is_room() -> None:
    inbox = Inbox(bound=200)
    inbox.put([b"x" * 150])
    second = threading.Thread(target=inbox.put, args=([b"y" * 150],))

    second.start()
    second.join(0.02)
    held = second.is_alive()
    first = inbox.take()
    second.join(5)

    assert held
    assert (first, inbox.take()) == ([b"x" * 150], [b"y" * 150])


def test_one_line_over_the_bound_is_let_in_alone() -> None:
    inbox = Inbox(bound=10)

    inbox.put([b"x" * 1000])

    assert inbox.take() == [b"x" * 1000]


def test_waiting_ends_with_a_line_with_the_end_or_with_the_time() -> None:
    inbox = Inbox()

    assert not inbox.wait(0)
    inbox.end()
    assert inbox.wait(0)


async def test_the_loop_gets_lines_that_another_thread_puts() -> None:
    inbox = Inbox()
    source = LineSource(inbox)
    got: list[list[bytes]] = []

    def write() -> None:
        inbox.put([b"a"])
        inbox.put([b"b"])
        inbox.end()

    with anyio.fail_after(5):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(anyio.to_thread.run_sync, write)
            while batch := await source.receive():
                got.append(batch)

    assert [line for batch in got for line in batch] == [b"a", b"b"]
    assert await source.receive() == []


async def test_after_a_stop_what_has_arrived_is_the_last() -> None:
    inbox = Inbox()
    source = LineSource(inbox)
    inbox.put([b"a"])

    source.stop()
    first = await source.receive()
    inbox.put([b"b"])

    assert (first, await source.receive()) == ([b"a"], [])
