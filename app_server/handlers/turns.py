"""`turn/start`, `turn/steer`, `turn/interrupt` (threads-and-turns.md §4)."""

from collections.abc import Sequence
from typing import Final

from app_server.agent.active_turn import InterruptWaiter, TurnInput
from app_server.agent.loaded_threads import LoadedThreads
from app_server.agent.thread import TurnRequest
from app_server.handlers.base import Call, Later, Reply
from app_server.handlers.errors import refusals
from app_server.handlers.overrides import turn_settings
from app_server.handlers.thread_ids import thread_id_of
from protocol.input import TextUserInput, UserInput
from protocol.jsonrpc import invalid_params, invalid_request
from protocol.turn_start import (
    TurnInterruptParams,
    TurnInterruptResponse,
    TurnSettingsUpdateParams,
    TurnSettingsUpdateResponse,
    TurnStartParams,
    TurnStartResponse,
    TurnSteerParams,
    TurnSteerResponse,
)

MAX_INPUT_CHARACTERS: Final = 1_048_576
_SWITCHING: Final = "step_model_switching"
"""A feature of later versions, off unless config says otherwise."""


class TurnHandlers:
    """Turns of the threads that are loaded."""

    def __init__(self, loaded: LoadedThreads) -> None:
        self._loaded = loaded

    async def start(self, _call: Call, params: TurnStartParams) -> Reply[TurnStartResponse]:
        """The new turn, before it begins; or the running one, which takes the input as steering."""
        check_size(params.input)
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
        settings = turn_settings(thread.session.settings, thread.session.config, params)
        turn = thread.prepare_turn(
            TurnRequest(
                input=TurnInput(params.input, params.client_user_message_id),
                settings=settings,
                output_schema=params.output_schema,
                client_metadata=params.responsesapi_client_metadata,
            )
        )
        return Reply(TurnStartResponse(turn=turn.announced()), lambda: thread.run(turn))

    async def update_settings(
        self, _call: Call, params: TurnSettingsUpdateParams
    ) -> TurnSettingsUpdateResponse:
        """For the rest of the turn that runs, from its next request on."""
        from app_server.agent.turn_changes import TurnChanges, other_model  # few clients do

        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            if thread.session.config.table("features").get(_SWITCHING) is not True:
                raise invalid_request(f"turn settings updates require the {_SWITCHING} feature")
            if params.environments is not None or params.approvals_reviewer is not None:
                raise invalid_request("only models, efforts, summaries and tiers of turns can be updated")
            turn = thread.active_turn
            if turn is None or turn.id != params.turn_id or not turn.accepts_input:
                return TurnSettingsUpdateResponse(status="targetUnavailable")
            tier = "priority" if params.service_tier == "fast" else params.service_tier
            turn.changes = TurnChanges(
                None if params.model is None else other_model(thread.session, params.model),
                params.effort,
                params.summary,
                (tier,) if "service_tier" in params.model_fields_set else None,
            ).over(turn.changes)
        return TurnSettingsUpdateResponse(status="applied")

    async def steer(self, _call: Call, params: TurnSteerParams) -> TurnSteerResponse:
        with refusals():
            thread = self._loaded.require(thread_id_of(params.thread_id))
            if not params.expected_turn_id:
                raise invalid_request("expectedTurnId must not be empty")
            check_size(params.input)
            turn_id = thread.steer(
                params.expected_turn_id, TurnInput(params.input, params.client_user_message_id)
            )
        return TurnSteerResponse(turn_id=turn_id)

    async def interrupt(
        self, _call: Call, params: TurnInterruptParams
    ) -> TurnInterruptResponse | Later[TurnInterruptResponse]:
        """Answered when the turn has stopped, and before anybody is told so."""
        with refusals():
            waiter = self._loaded.require(thread_id_of(params.thread_id)).interrupt(params.turn_id)
        return TurnInterruptResponse() if waiter is None else Later(_when_stopped(waiter))


async def _when_stopped(waiter: InterruptWaiter) -> Reply[TurnInterruptResponse]:
    await waiter.stopped.wait()
    return Reply(TurnInterruptResponse(), waiter.answered.set)


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
