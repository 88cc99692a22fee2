"""Attestation under every order of events: asked, answered, too late, cancelled, disconnected."""

import random

import anyio
import pytest
from support.memory import MemoryClient

from app_server.rpc.attestation import ClientAttestation

from .test_attestation import LONG, METHOD, Attesting, attesting

ROUNDS = 250
SEEDS = 4
DEADLINE = 45.0
AT_ONCE = 0.002
DEEDS = ("answer", "refuse", "garble", "late", "cancel")
OUTCOMES = {
    "answer": "ok",
    "refuse": "failed",
    "garble": "malformed",
    "late": "timeout",
    "cancel": "abandoned",
}
HEADERS: dict[str, list[bytes | None]] = {
    "ok": [b'{"v":1,"s":0,"t":"x"}'],
    "timeout": [b'{"v":1,"s":1}'],
    "failed": [b'{"v":1,"s":2}'],
    "malformed": [b'{"v":1,"s":4}'],
    "abandoned": [],
}


class Request:
    """One request upstream, and what is going to happen to its attestation."""

    def __init__(self, world: Attesting, deed: str) -> None:
        self.deed = deed
        self.headers: list[bytes | None] = []
        self.scope = anyio.CancelScope()
        self.done = anyio.Event()
        budget = AT_ONCE if deed in ("late", "disconnect") else LONG
        self.provider = ClientAttestation(world.server.rpc.audience, budget)

    async def run(self) -> None:
        with self.scope:
            self.headers.append(await self.provider.header_value("t"))
        self.done.set()

    async def settle(self, client: MemoryClient, number: int) -> None:
        """Do the deed; the question is the one with this position among all that the client got."""
        question = (await client.asked(METHOD, number))["id"]
        match self.deed:
            case "answer":
                client.send({"id": question, "result": {"token": "x"}})
            case "refuse":
                client.send({"id": question, "error": {"code": -1, "message": "no"}})
            case "garble":
                client.send({"id": question, "result": {}})
            case "late":
                await self.done.wait()
                client.send({"id": question, "result": {"token": "late"}})
            case _:
                self.scope.cancel()
                client.send({"id": question, "result": {"token": "nobody waits"}})

    def check(self) -> None:
        outcome = OUTCOMES.get(self.deed, "timeout")
        assert self.provider.outcomes == {outcome: 1}
        assert self.headers == HEADERS[outcome]


@pytest.mark.requirement("C3")
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_in_any_order_of_events_a_request_has_one_header_or_none(seed: int) -> None:
    chance = random.Random(seed)
    async with attesting() as world:
        client, asked = await world.client("t"), 0
        with anyio.fail_after(DEADLINE):
            for _ in range(ROUNDS):
                leaves = chance.random() < 0.1
                deeds = [
                    "disconnect" if leaves else chance.choice(DEEDS) for _ in range(chance.randint(1, 4))
                ]
                requests = [Request(world, deed) for deed in deeds]
                async with anyio.create_task_group() as tasks:
                    for request in requests:
                        tasks.start_soon(request.run)
                    if leaves:
                        await client.asked(METHOD, asked)
                        await client.close()
                    else:
                        order = list(enumerate(requests, asked))
                        chance.shuffle(order)
                        for number, request in order:
                            tasks.start_soon(request.settle, client, number)
                for request in requests:
                    request.check()
                asked += len(requests)
                if leaves:
                    client, asked = await world.client("t"), 0
            # Nothing waits any longer, and the connection still answers.
            assert world.server.rpc.audience.server_requests.open_count == 0
            last = await world.header((client, {"result": {"token": "x"}}), asked=client)
            assert last == HEADERS["ok"][0]


@pytest.mark.requirement("A5")
async def test_requests_that_ask_at_once_do_not_wait_for_each_other() -> None:
    async with attesting() as world:
        client = await world.client("t")
        before: list[bool] = []
        warm_up, compaction, turn = (Request(world, "answer") for _ in range(3))
        async with anyio.create_task_group() as tasks:
            for request in (warm_up, compaction, turn):
                tasks.start_soon(request.run)
            questions = [await client.asked(METHOD, number) for number in range(3)]
            client.send({"id": questions[2]["id"], "result": {"token": "turn"}})
            await turn.done.wait()
            before += [warm_up.done.is_set(), compaction.done.is_set()]
            client.send({"id": questions[1]["id"], "result": {"token": "compaction"}})
            await compaction.done.wait()
            client.send({"id": questions[0]["id"], "result": {"token": "warm-up"}})

    assert before == [False, False]
    assert [one.headers[0] for one in (warm_up, compaction, turn)] == [
        b'{"v":1,"s":0,"t":"warm-up"}', b'{"v":1,"s":0,"t":"compaction"}', b'{"v":1,"s":0,"t":"turn"}',
    ]  # fmt: skip


async def test_each_outcome_is_counted(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "app_server.rpc")
    async with attesting() as world:
        await world.provider.header_value("t")
        client = await world.client("t")
        await world.header((client, {"result": {"token": "secret"}}), asked=client)
        await world.header((client, {"result": {"token": "a\x7fb"}}), asked=client)

        assert world.provider.outcomes == {"nobody": 1, "ok": 1, "unfit": 1}

    told = [record.getMessage() for record in caplog.records if "attestation" in record.getMessage()]
    assert told == [f"attestation for thread t: {outcome}" for outcome in ("nobody", "ok", "unfit")]
    assert "secret" not in caplog.text
