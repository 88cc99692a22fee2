"""What a fork is told, and what its own forks are (prompt-input.md §9)."""

from support.connect import Connect
from support.conversation import id_of, run_turn, start_thread
from support.upstream import Upstream


def test_a_fork_hands_its_own_instructions_on(connect: Connect, upstream: Upstream) -> None:
    client = connect()
    first = start_thread(client)
    run_turn(client, first, "one")
    second = id_of(client.call("thread/fork", {"threadId": first, "baseInstructions": "Mine."})["thread"])
    run_turn(client, second, "two")
    third = id_of(client.call("thread/fork", {"threadId": second})["thread"])
    run_turn(client, third, "three")

    said = [asked.json["instructions"] for asked in upstream.asked]
    assert said[0] != "Mine."
    assert said[1:] == ["Mine.", "Mine."]
