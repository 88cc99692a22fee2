"""The work that the voice gives to the agent: a turn for each, and its answer back to the voice."""

from collections import deque
from collections.abc import Callable
from typing import Final

import anyio

from app_server.agent.active_turn import TurnInput
from app_server.agent.thread import AgentThread, TurnRequest
from app_server.model.realtime.heard import Delegated
from app_server.model.realtime.settings import delegation, reported, tool_output
from protocol.input import TextUserInput
from protocol.wire import JsonObject, JsonValue

_FINISHED: Final = "The agent has finished. Its result is in the [BACKEND] texts before this."
_WITHOUT_RESULT: Final = "The agent has ended its work without a result."


class Delegations:
    """Takes them one after the other; an agent that is at work already is told of the next as steering."""

    def __init__(
        self, thread: AgentThread, send: Callable[[JsonObject], None], speak: Callable[[], None]
    ) -> None:
        """`send` takes a frame for the provider; `speak` has the voice say something about those before."""
        self._thread = thread
        self._send = send
        self._speak = speak
        self._said: list[tuple[str, str]] = []
        self._taken: deque[tuple[Delegated, str]] = deque()
        self._more = anyio.Event()

    def note(self, role: str, text: str) -> None:
        """Something was said; the agent will be told with the next task."""
        self._said.append((role, text))

    def take(self, work: Delegated) -> JsonObject:
        """Have it done; what clients are shown of it."""
        said, self._said = [*self._said, ("user", work.prompt)], []
        self._taken.append((work, delegation(work.prompt, said)))
        self._more.set()
        transcript: list[JsonValue] = [{"role": role, "text": text} for role, text in said]
        return {
            "type": "handoff_request",
            "handoff_id": work.call_id,
            "item_id": work.item_id,
            "input_transcript": work.prompt,
            "active_transcript": transcript,
        }

    async def run(self) -> None:
        """As long as the conversation lasts. Its end stops no turn."""
        async with anyio.create_task_group() as tasks:
            while True:
                while self._taken:
                    work, text = self._taken.popleft()
                    tasks.start_soon(self._work, work, text, name=f"delegated {work.call_id}")
                self._more = anyio.Event()
                await self._more.wait()

    async def _work(self, work: Delegated, text: str) -> None:
        thread = self._thread
        if thread.is_closing:
            return
        request = TurnRequest(TurnInput([TextUserInput(text=text)]), thread.session.settings)
        turn = thread.prepare_turn(request)
        thread.run(turn)
        await turn.done.wait()
        answer = turn.last_agent_message
        if answer:
            self._send(reported(answer))
        self._send(tool_output(work.call_id, _FINISHED if answer else _WITHOUT_RESULT))
        self._speak()
