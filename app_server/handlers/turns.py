"""`turn/start` (threads-and-turns.md §4)."""

from collections.abc import Sequence
from typing import Final

from app_server.agent.active_turn import TurnInput
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import TurnRequest
from app_server.handlers.base import Call, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.overrides import places_asked_for, turn_settings
from app_server.handlers.thread_ids import thread_id_of
from protocol.input import TextUserInput, UserInput
from protocol.jsonrpc import invalid_params
from protocol.turn_start import TurnStartParams, TurnStartResponse

MAX_INPUT_CHARACTERS: Final = 1_048_576


class TurnHandlers:
    """Turns of the threads that are loaded."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def start(self, _call: Call, params: TurnStartParams) -> Reply[TurnStartResponse]:
        """The new turn, before it begins; or the running one, which takes the input as steering."""
        check_size(params.input)
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        places = places_asked_for(params.environments)
        settings = turn_settings(thread.session.settings, thread.session.config, params)
        turn = thread.prepare_turn(
            TurnRequest(
                input=TurnInput(params.input, params.client_user_message_id),
                settings=settings,
                output_schema=params.output_schema,
                client_metadata=params.responsesapi_client_metadata,
                places=places,
            )
        )
        return Reply(TurnStartResponse(turn=turn.announced()), lambda: thread.run(turn))


def check_size(inputs: Sequence[UserInput]) -> None:
    """Raises RpcError when the texts together are longer than a turn takes."""
    characters = sum(len(entry.text) for entry in inputs if isinstance(entry, TextUserInput))
    if characters > MAX_INPUT_CHARACTERS:
        raise invalid_params(
            f"Input exceeds the maximum length of {MAX_INPUT_CHARACTERS} characters.",
            {
                "input_error_code": "input_too_large",
                "max_chars": MAX_INPUT_CHARACTERS,
                "actual_chars": characters,
            },
        )
