"""What clients hear of a command while it runs (tools.md §3.3)."""

import random
from itertools import pairwise

import pytest
from support.tools import Host

from app_server.tools.approvals.proposal import CommandProposal
from app_server.tools.commands.run import CommandRun
from protocol.item import CommandExecutionThreadItem
from protocol.item_progress import CommandExecutionOutputDeltaNotification

pytestmark = pytest.mark.anyio


async def heard(*pieces: bytes) -> tuple[list[str], str | None]:
    """The deltas of a command that says this, and what its item holds in the end."""
    host = Host()
    run = CommandRun(host, CommandProposal("exec_command", "c1", ("talk",), "talk", "/", ()))
    run.begin()
    for piece in pieces:
        await run.hear(piece)
    run.finish(0)
    deltas = [event for event in host.events if isinstance(event, CommandExecutionOutputDeltaNotification)]
    _, item = host.items[-1]
    assert isinstance(item, CommandExecutionThreadItem)
    return [event.delta for event in deltas], item.aggregated_output


async def test_where_output_is_cut_makes_no_difference_and_no_character_is_broken() -> None:
    text = "plain, gré, 日本語, 🎈\n" * 3_000
    data = text.encode()
    chance = random.Random(7)
    for size in (1, 2, 5, 8_191, 8_192, 8_193, 65_536, 300_000):
        places = [0, *range(chance.randint(1, size), len(data), size), len(data)]

        deltas, aggregated = await heard(*(data[begin:end] for begin, end in pairwise(places)))

        told = "".join(deltas)
        assert text.startswith(told)
        assert told == text or len(deltas) == 10_000
        assert max(len(delta.encode()) for delta in deltas) <= 8_192
        assert aggregated == text


async def test_what_is_no_text_is_told_all_the_same() -> None:
    deltas, aggregated = await heard(b"a\xff", b"b\xe6\x97", b"c", b"\xf0\x9f")

    assert "".join(deltas) == aggregated == "a\ufffdb\ufffdc\ufffd"


async def test_after_ten_thousand_pieces_clients_are_told_no_more_but_the_item_is() -> None:
    deltas, aggregated = await heard(b"x" * 8_192 * 10_001, b"the end")

    assert (len(deltas), {len(delta) for delta in deltas}) == (10_000, {8_192})
    assert aggregated is not None
    assert (len(aggregated), aggregated[-7:]) == (2**20, "the end")
