"""Threads without a process or a socket: a scripted model, and sinks that remember what they were told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import anyio

from app_server.agent.active_turn import ActiveTurn, TurnInput
from app_server.agent.debug_prompt import PromptPreview
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import AgentThread, TurnRequest
from app_server.agent.thread_request import ThreadRequest
from app_server.agent.threads import Threads
from app_server.http.client import HttpClient
from app_server.http.message import HttpError, HttpRequest, HttpResponse
from app_server.model.auth import AuthStore
from protocol.input import TextUserInput
from protocol.methods import notification_of
from protocol.turn import TurnCompletedNotification
from protocol.wire import WireModel
from support import sse
from support.machine import Machine
from support.transcripts import Transcript

DEADLINE = 10.0
CONFIG = """
model_provider = "scripted"
[model_providers.scripted]
name = "Scripted"
base_url = "http://model.invalid/v1"
request_max_retries = 0
stream_max_retries = 1
requires_openai_auth = true
"""


class Pause:
    """A place in an answer: the test knows when it was reached, and says when to go on."""

    def __init__(self) -> None:
        self.reached = anyio.Event()
        self.over = anyio.Event()


Part = sse.Event | Pause | Exception | bytes


class ScriptedResponse:
    """An answer of the model, part by part."""

    status = 200
    headers: Mapping[str, str] = {}

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self._parts = list(parts)

    async def read(self) -> bytes:
        if not self._parts:
            return b""
        part = self._parts.pop(0)
        if isinstance(part, Exception):
            raise part
        if isinstance(part, Pause):
            part.reached.set()
            await part.over.wait()
            return await self.read()
        return part if isinstance(part, bytes) else sse.encode(part)

    async def close(self) -> None:
        self._parts.clear()


class ScriptedModel(HttpClient):
    """Gives the next answer of its script to each request; "ok" when there is none left.

    Lists no models, and has none of what else belongs to an account.
    """

    def __init__(self) -> None:
        super().__init__({})
        self.asked: list[HttpRequest] = []
        self.refuses: Callable[[HttpRequest], bool] = lambda _: False
        """Which requests are broken off; they take no answer of the script."""
        self._answers: list[tuple[Part, ...]] = []

    def script(self, *answers: tuple[Part, ...]) -> None:
        self._answers.extend(answers)

    async def prepare(self, url: str) -> None:
        """There is nothing to load."""

    async def send(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" or "/wham/" in request.url:
            return ScriptedResponse((b'{"models": []}',))
        self.asked.append(request)
        if self.refuses(request):
            return ScriptedResponse((HttpError("refused", answered=True),))
        parts = self._answers.pop(0) if self._answers else (*sse.message(), sse.completed())
        return ScriptedResponse(parts)


@dataclass
class Sink:
    """Remembers a thread's events, and lets a test wait for one."""

    events: list[WireModel] = field(default_factory=list[WireModel])
    transcript: Transcript = field(default_factory=Transcript)
    _changed: anyio.Event = field(default_factory=anyio.Event)

    def emit(self, event: WireModel) -> None:
        self.events.append(event)
        self.transcript.came({"method": notification_of(event).name, "params": event.to_wire()})
        changed, self._changed = self._changed, anyio.Event()
        changed.set()

    async def drain(self) -> None:
        """Nobody reads slowly here."""

    @property
    def names(self) -> list[str]:
        """The events by their types, `Notification` left out, repeated ones as one."""
        found: list[str] = []
        for event in self.events:
            name = type(event).__name__.removesuffix("Notification")
            if not found or found[-1] != name:
                found.append(name)
        return found

    async def until(self, name: str, count: int = 1) -> WireModel:
        """Wait for the event of this type, or for so many of them."""
        with anyio.fail_after(DEADLINE):
            while True:
                found = [one for one in self.events if type(one).__name__ == f"{name}Notification"]
                if len(found) >= count:
                    return found[count - 1]
                await self._changed.wait()


@dataclass
class Attester:
    """Says which thread it was asked for."""

    asked: list[str] = field(default_factory=list[str])

    async def header_value(self, thread_id: str) -> bytes | None:
        self.asked.append(thread_id)
        return b'{"v":1,"s":0,"t":"token"}'


class Identity:
    originator = "test_client"
    user_agent = "test_client/0.169.0 (Linux; x86_64) xterm (test_client; 1)"


class NoOffline:
    async def base_url(self, script: str | None) -> str:
        raise AssertionError(f"nobody asked for the offline provider, script {script}")


@dataclass
class Stage:
    """Everything that threads need, and what came of them."""

    machine: Machine
    model: ScriptedModel
    attester: Attester
    threads: Threads
    preview: PromptPreview
    auth: AuthStore
    sinks: dict[str, Sink]
    watched: set[str]
    closed: list[str]

    @property
    def loaded(self) -> LoadedThreads:
        return self.threads.loaded


def say(text: str) -> TurnInput:
    return TurnInput([TextUserInput(text=text)])


async def start(stage: Stage) -> tuple[AgentThread, Sink]:
    thread = await stage.threads.start(ThreadRequest())
    return thread, stage.sinks[thread.id]


def begin(thread: AgentThread, text: str = "hello") -> ActiveTurn:
    turn = thread.prepare_turn(TurnRequest(say(text), thread.session.settings))
    thread.run(turn)
    return turn


async def ended(sink: Sink, count: int = 1) -> TurnCompletedNotification:
    event = await sink.until("TurnCompleted", count)
    assert isinstance(event, TurnCompletedNotification)
    return event
