"""Requests, cancellations, timeouts, disconnects and late answers in any order, through the whole server.

Turns over HTTP and over websockets, compactions of both kinds, a provider that fails now and then, and a
client that answers as it likes: every request upstream has the attestation that was made for it, or none
where none was made, no turn is stuck, and nothing is left behind (promise C3).
"""

import asyncio
import random
from collections.abc import Callable
from typing import Final

import anyio
import pytest
from support import sse
from support.home import write_chatgpt_login
from support.house import House, house_with
from support.machine import Machine
from support.memory import MemoryClient
from support.upstream import Asked, Cut, Reply, Status, Upstream, stream, text_reply
from support.upstream.asked import FRAME

from app_server.agent import retry
from app_server.agent.ports import AttestationProvider
from app_server.http.client import HttpClient
from app_server.model import thread_requests
from protocol.wire import JsonObject, JsonValue

SEEDS = 4
ROUNDS = 84
THREADS = 3
"""With so many deeds at once in each round, a thousand in all."""
BUDGET: Final = 0.005
DEADLINE = 50.0
METHOD = "attestation/generate"
HEADER = "x-oai-attestation"
PLACE = "/v1/responses"
WAYS: dict[str, str] = {
    "http": 'name = "Loopback"',
    "websocket": 'name = "OpenAI"\nsupports_websockets = true',
    "endpoint": 'name = "OpenAI"',
}
"""Providers: one that compacts by prompt, and two with an endpoint for that."""


class Watched:
    """Remembers for each thread which values were made, in their order."""

    def __init__(self, provider: AttestationProvider) -> None:
        self._provider = provider
        self.made: dict[str, list[bytes | None]] = {}

    async def header_value(self, thread_id: str) -> bytes | None:
        value = await self._provider.header_value(thread_id)
        self.made.setdefault(thread_id, []).append(value)
        return value


class Answering:
    """A client's half of the attestations: whatever comes to its mind."""

    def __init__(self, client: MemoryClient, chance: random.Random) -> None:
        self._client = client
        self._chance = chance
        self._late: list[JsonValue] = []
        self._count = 0

    async def run(self) -> None:
        seen = 0
        while True:
            messages = self._client.messages
            for message in messages[seen:]:
                if message.get("method") == METHOD:
                    self._answer(message["id"])
            seen = len(messages)
            await self._client.outlet.changed()

    def _answer(self, question: JsonValue) -> None:
        self._count += 1
        deed = self._chance.choice(("token", "token", "token", "refuse", "garble", "never", "late"))
        match deed:
            case "token":
                self._client.send({"id": question, "result": {"token": f"{id(self)}-{self._count}"}})
            case "refuse":
                self._client.send({"id": question, "error": {"code": -1, "message": "no"}})
            case "garble":
                self._client.send({"id": question, "result": {"token": self._count}})
            case "late":
                self._late.append(question)
            case _:
                pass
        if self._late and deed != "late":
            self._client.send({"id": self._late.pop(), "result": {"token": "late"}})


def configure(machine: Machine, upstream: Upstream) -> None:
    tables = [
        f"""[model_providers.{name}]
{table}
base_url = "{upstream.base_url}"
request_max_retries = 1
stream_max_retries = 2
requires_openai_auth = true"""
        for name, table in WAYS.items()
    ]
    machine.write("\n".join(('model = "gpt-5.5"', 'model_provider = "http"', *tables)))
    write_chatgpt_login(machine.home)


def moody(chance: random.Random, usual: Callable[[], Reply]) -> Callable[[Asked], Reply]:
    """A provider that fails now and then."""

    def answer(asked: Asked) -> Reply:
        mood = chance.random()
        if mood < 0.05:
            return Status(500, "x")
        if mood < 0.1 and asked.method != FRAME:
            return Status(401, {"error": {"message": "no"}})
        if mood < 0.15:
            return stream(sse.created(), Cut())
        return usual()

    return answer


def at_once(_: int) -> float:
    return 0.0


def member(value: JsonValue, *path: str) -> str:
    for key in path:
        assert isinstance(value, dict)
        value = value[key]
    assert isinstance(value, str)
    return value


class Race:
    """One server's round of deeds."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self._house = house
        self._chance = chance
        self._scope = anyio.CancelScope()
        self.threads: list[str] = []

    async def connect(self, tasks: anyio.abc.TaskGroup) -> None:
        """A client that has all the threads; the one before it leaves."""
        self.client = await self._house.connect(requestAttestation=True)
        for thread_id in self.threads:
            await self.client.request("thread/resume", {"threadId": thread_id})
        self._scope = anyio.CancelScope()

        async def answer() -> None:
            with self._scope:
                await Answering(self.client, self._chance).run()

        tasks.start_soon(answer)

    async def begin(self, way: str) -> None:
        params: JsonObject = {"modelProvider": way}
        started = await self.client.request("thread/start", params)
        self.threads.append(member(started, "result", "thread", "id"))

    async def leave(self) -> None:
        await self.client.close()
        self._scope.cancel()

    async def do(self, thread_id: str) -> None:
        """A turn or a compaction, perhaps stopped while it runs; over when the thread rests again."""
        method, params = self._deed(thread_id)
        thread = self._house.loaded.require(thread_id)
        last = thread.last_turn
        self.client.send(self.client.call(f"{method}-{self._chance.random()}", method, params))
        stop = self._chance.random() < 0.2
        pauses = self._chance.randint(0, 30)
        while thread.active_turn is None and thread.last_turn is last:
            await anyio.lowlevel.checkpoint()
        for _ in range(pauses if stop else 0):
            await anyio.lowlevel.checkpoint()
        turn = thread.active_turn
        if turn is not None and stop and (waiter := thread.interrupt(turn.id)) is not None:
            waiter.answered.set()
        while (turn := thread.active_turn) is not None:
            await turn.done.wait()
            await anyio.lowlevel.checkpoint()

    def _deed(self, thread_id: str) -> tuple[str, JsonObject]:
        if self._chance.random() < 0.25:
            return "thread/compact/start", {"threadId": thread_id}
        said: list[JsonValue] = [{"type": "text", "text": "hi"}]
        return "turn/start", {"threadId": thread_id, "input": said}


def check(upstream: Upstream, watched: Watched) -> None:
    """Each request has a value that was made for its thread.

    Which came first is nothing to go by: a request whose turn was stopped may arrive behind the next one.
    """
    sent: dict[str, set[bytes | None]] = {}
    for asked in upstream.everything:
        if asked.method == FRAME or asked.place.endswith("/models"):
            continue
        thread_id = asked.headers["thread-id"].decode()
        sent.setdefault(thread_id, set()).add(asked.headers.get(HEADER))
    assert sent
    for thread_id, values in sent.items():
        assert values <= set(watched.made[thread_id])


@pytest.mark.requirement("C3")
@pytest.mark.parametrize("seed", range(SEEDS))
async def test_in_any_order_of_events_every_request_has_its_attestation_and_nothing_is_left(
    seed: int, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (retry, thread_requests):
        monkeypatch.setattr(module, "backoff", at_once)
    chance = random.Random(seed)
    before = asyncio.all_tasks()
    http = HttpClient({})
    made: list[Watched] = []

    def watch(provider: AttestationProvider) -> AttestationProvider:
        made.append(Watched(provider))
        return made[-1]

    with Upstream() as upstream:
        upstream.responses.speak_websocket()
        upstream.responses.requests.usual = moody(chance, text_reply)
        upstream.compact.usual = moody(chance, lambda: Status(200, {"output": [MARK]}))
        configure(machine, upstream)
        with anyio.fail_after(DEADLINE):
            async with (
                house_with(machine, http, attestation_seconds=BUDGET, watched=watch) as house,
                anyio.create_task_group() as tasks,
            ):
                race = Race(house, chance)
                await race.connect(tasks)
                for way in WAYS:
                    await race.begin(way)
                for _ in range(ROUNDS):
                    async with anyio.create_task_group() as deeds:
                        for thread_id in race.threads:
                            deeds.start_soon(race.do, thread_id)
                        if chance.random() < 0.1:
                            await race.leave()
                            await race.connect(tasks)
                await race.leave()
                assert house.server.rpc.audience.server_requests.open_count == 0
                assert {"ok", "timeout", "failed", "malformed"} <= house.attestation.outcomes.keys()
                tasks.cancel_scope.cancel()
        await http.close()
        check(upstream, made[0])
        kinds = {(one.method, one.place) for one in upstream.everything}
        assert kinds >= {("GET", PLACE), ("FRAME", PLACE), ("POST", PLACE), ("POST", f"{PLACE}/compact")}
    assert asyncio.all_tasks() - before == set()


MARK: JsonValue = {"type": "compaction", "encrypted_content": "short"}
