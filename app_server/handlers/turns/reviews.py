"""`review/start` (threads-and-turns.md §5)."""

from app_server.agent.active_turn import TurnInput
from app_server.agent.errors import AgentError
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.review import Review
from app_server.agent.review_target import hint_of, prompt_of, trimmed
from app_server.agent.thread import AgentThread
from app_server.agent.thread_request import ThreadRequest
from app_server.agent.threads import Threads
from app_server.handlers.base import Audience, Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.threads.ids import thread_id_of
from app_server.handlers.threads.view import loaded_thread
from protocol.errors import ErrorNotification, TurnError
from protocol.input import TextUserInput
from protocol.item import UserMessageThreadItem
from protocol.review import ReviewStartParams, ReviewStartResponse
from protocol.thread_events import ThreadStartedNotification
from protocol.turn import Turn


class ReviewHandlers:
    """Reviews in the thread itself, or in a fork of it."""

    def __init__(self, threads: Threads, loaded: LoadedThreads, audience: Audience) -> None:
        self._threads = threads
        self._loaded = loaded
        self._audience = audience

    async def start(self, call: Call, params: ReviewStartParams) -> Reply[ReviewStartResponse]:
        """The turn, before it begins; of a detached review the new thread is announced first."""
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            target = trimmed(params.target)
            if params.delivery == "detached":
                thread = await self._detached(call, thread)
        hint = hint_of(target)
        try:
            prompt = await prompt_of(target, thread.session.settings.cwd)
        except AgentError as error:
            return self._failing(thread, hint, str(error))
        turn = thread.prepare_review(TurnInput([TextUserInput(text=prompt)]), Review(target.to_wire(), hint))
        return Reply(_answer(thread, turn.announced(), hint), lambda: thread.run(turn))

    async def _detached(self, call: Call, thread: AgentThread) -> AgentThread:
        fork = (await self._threads.fork(thread.id, ThreadRequest())).thread
        self._audience.subscribe(call.client, fork.id)
        self._audience.emit(ThreadStartedNotification(thread=loaded_thread(fork)))
        return fork

    def _failing(self, thread: AgentThread, hint: str, why: str) -> Reply[ReviewStartResponse]:
        """A review that cannot begin: an error of the thread, and no turn."""
        turn = thread.announced_only()

        def fail() -> None:
            thread.session.status.failed()
            event = ErrorNotification(
                thread_id=thread.id,
                turn_id=turn.id,
                error=TurnError(message=why, codex_error_info="other"),
                will_retry=False,
            )
            self._audience.emit(event, thread.id)

        return Reply(_answer(thread, turn, hint), fail)


def _answer(thread: AgentThread, turn: Turn, hint: str) -> ReviewStartResponse:
    """The turn as if the user had said what is reviewed."""
    said = UserMessageThreadItem(id=turn.id, content=[TextUserInput(text=hint)])
    return ReviewStartResponse(turn=turn.model_copy(update={"items": [said]}), review_thread_id=thread.id)
